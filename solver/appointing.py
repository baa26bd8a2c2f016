"""Any times for meetings that all have to take place, where only times are left to decide.

A moment of annealing first; CaDiCaL where that is not enough, which can also say that there are
none.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from solver.appointments import Encoding
from solver.climb import Climb
from solver.clock import Clock
from solver.possibilities import Possibilities
from solver.schedule import PlacedMeeting
from solver.search import Outcome
from solver.settings import Settings
from solver.workshop import CLIMB, Workshop

if TYPE_CHECKING:
    from solver.timetable import Timetable

SHARE = 0.7  # of the time that is left, at most; the rest is for the model of all rules
SLICE = 2_000  # conflicts, where they are counted
CONFLICTS_PER_SECOND = 3e3
LOOK = 0.1  # seconds between two looks at the clock
MOVES = 200_000  # of annealing
MOST_AT_FULL_LENGTH = 5_000  # meetings; fewer moves of more, each of which takes longer
MOVES_PER_SECOND = 4e6  # of steps' time
ANY = 1 << 30  # breaks are no matter yet
MOST_AT_ONCE = 2  # the encoding with blocks, and without: which is quicker cannot be told before
Placed = dict[str, PlacedMeeting]
Answer = tuple[Outcome, list[int] | None]


def appoint(
    possibilities: Possibilities, placed: Placed, clock: Clock, settings: Settings
) -> tuple[Outcome, Placed]:
    """Place all meetings; NOTHING where more than times is open or the time was too short.

    ``placed``: a schedule whose places are taken up again.
    """
    from solver.timetable import timetable_of  # NumPy: only where it is needed

    timetable = timetable_of(possibilities)
    if timetable is None:
        return Outcome.NOTHING, placed
    if clock.steps is not None:
        outcome, slots = _ask_counted(timetable, clock)
    else:
        outcome, slots = _ask(timetable, clock, min(MOST_AT_ONCE, settings.workers))
    if slots is not None:
        placed = {each.meeting: each for each in timetable.schedule(slots, placed)}
    return outcome, placed


def fill_in(possibilities: Possibilities, placed: Placed, clock: Clock, seed: int) -> Placed:
    """The same with all meetings placed, where a moment of annealing finds how."""
    import numpy as np

    from solver.tightening import TARGET, anneal
    from solver.timetable import timetable_of

    timetable = timetable_of(possibilities)
    if timetable is None:
        return placed
    moves = MOVES * MOST_AT_FULL_LENGTH // max(MOST_AT_FULL_LENGTH, len(timetable.people))
    if clock.steps is not None and moves / MOVES_PER_SECOND > clock.remaining():
        return placed
    slots = timetable.slots_of(placed)
    signals = np.zeros(2, dtype=np.int64)
    signals[TARGET] = ANY
    clock.spent += moves / MOVES_PER_SECOND
    if anneal(timetable, slots, moves, seed, signals) is None:
        return placed
    return {each.meeting: each for each in timetable.schedule(slots, placed)}


def _ask(timetable: Timetable, clock: Clock, workers: int) -> Answer:
    changed = threading.Event()
    until = (1 - SHARE) * clock.remaining()
    workshop = Workshop(timetable.appointments(), changed)
    try:
        asked = [
            workshop.begin(CLIMB, blocks=number > 0, most=None, bound=0)
            for number in range(workers)
        ]
        ended = False
        while clock.remaining() > until and not ended:
            ended = all(each.ended for each in asked)  # before the last look at what they say
            for each in asked:
                if (news := each.take()) is not None:
                    outcome = Outcome.IMPOSSIBLE if news["impossible"] else Outcome.FOUND
                    return outcome, news["slots"]
            changed.wait(LOOK)
            changed.clear()
    finally:
        workshop.close()
    return Outcome.NOTHING, None


def _ask_counted(timetable: Timetable, clock: Clock) -> Answer:
    until = (1 - SHARE) * clock.remaining()
    with Climb(Encoding(timetable.appointments()), most=None) as climb:
        while not climb.done and clock.remaining() > until:
            before = climb.conflicts
            climb.work(SLICE)
            clock.spent += max(1, climb.conflicts - before) / CONFLICTS_PER_SECOND
    if climb.impossible:
        return Outcome.IMPOSSIBLE, None
    return (Outcome.NOTHING if climb.slots is None else Outcome.FOUND), climb.slots
