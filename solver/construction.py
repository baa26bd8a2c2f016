"""The first schedule: what has begun, what is locked, the musts, then the best wishes.

It respects every rule at every step, so it can stop at any time. The work is done in compiled
code (``solver.kernel``): meetings go in, in the order of the linear programme's solution, into
the slots that it gives them, else anywhere; two slots are swapped along a Kempe chain where
people have no common free one (edge colouring: meetings are edges, slots are colours). What
still does not fit may push out meetings that weigh less together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from solver.bounds import Matching, Slotwise
from solver.kernel.arrays import (
    OF_STARTS,
    OF_TALLY,
    OF_WANTED,
    PLACED_MUSTS,
    PLACED_WEIGHT,
    WORK,
    Ints,
    view,
)
from solver.kernel.board import Board
from solver.kernel.entries import eject_all, insert_all
from solver.kernel.packing import words
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.published import as_placed
from solver.roster import Roster
from solver.schedule import PlacedMeeting

Stop = Callable[[], bool]
CHAINS = 60  # tried for one meeting
BITE = 20_000  # changes between two looks at the clock
CHANGES = 300  # for repairs, per meeting and slot in which it may start
FEW_CHANGES = 30  # where search does better: breaks are limited, or sessions can be planned
MOST_CHANGES = 10_000_000
NEVER = 1 << 60


def construct_board(
    possibilities: Possibilities,
    matching: Matching,
    stop: Stop,
    seed: int = 1,
    *,
    brief: bool = False,
) -> Board:
    """A board with a schedule that breaks no rule, as good as one pass gets; the matching guides
    the order, and the starts where the slot-wise programme is known.

    ``stop`` ends the repairs, not the first pass: that is always done. ``brief``: few repairs.
    """
    board = Board(possibilities, held_by_goals(possibilities), seed)
    if possibilities.published.locked or possibilities.published.loose:
        roster = Roster(possibilities)
        place_published(Openings(roster))
        board.load(roster.placed.values())
    order = in_order(possibilities, board, matching.chosen)
    if matching.slotwise is not None:
        _write_wanted(board, matching.slotwise)
        insert_all(board.block, order, OF_WANTED, CHAINS)
    insert_all(board.block, order, OF_STARTS, CHAINS)
    Ejections(board, matching.bound, stop, brief=brief).run()
    return board


def construct(
    possibilities: Possibilities, matching: Matching, stop: Stop, seed: int = 1
) -> dict[str, PlacedMeeting]:
    """The schedule alone."""
    return construct_board(possibilities, matching, stop, seed).schedule()


def _write_wanted(board: Board, slotwise: Slotwise) -> None:
    """The starts in which the programme takes each meeting."""
    known = slotwise.by_start(board.possibilities)
    wanted = [tuple(known.get(each.id, ())) for each in board.possibilities.meetings]
    table = view(board.block, OF_WANTED)
    table[:] = words(wanted, len(board.problem.slots)) & view(board.block, OF_STARTS)


def held_by_goals(possibilities: Possibilities) -> frozenset[str]:
    """Published meetings that would cost more than wishes if they changed."""
    problem = possibilities.problem
    goals = [goal.goal for goal in problem.goals]
    first = goals[: goals.index("wishes")] if "wishes" in goals else goals
    if "stability" in first or problem.rules.max_changes is not None:
        return frozenset(possibilities.published.loose)
    return frozenset()


class Ejections:
    """Ends when nothing can be gained, or after so much work that search does better.

    Work is counted in changes of the board, so that the end does not depend on the machine.
    """

    def __init__(self, board: Board, bound: int, stop: Stop, *, brief: bool) -> None:
        self.board = board
        self.bound = bound
        self.stop = stop
        self.tally = view(board.block, OF_TALLY)[:, 0]
        possibilities = board.possibilities
        self.musts = sum(1 for each in possibilities.meetings if each.must)
        options = sum(map(len, possibilities.starts.values()))
        tight = possibilities.problem.rules.breaks_per_participant is not None
        work = FEW_CHANGES if tight or brief else CHANGES
        self.most = int(self.tally[WORK]) + min(MOST_CHANGES, work * options)

    def run(self) -> None:
        """Repair bite by bite; the first is always taken, it is short and brings most."""
        order = np.zeros(len(self.board.placed), dtype=np.int64)
        while self.tally[WORK] < self.most:
            complete = self.tally[PLACED_MUSTS] == self.musts
            until = self.bound if complete else NEVER
            if self.tally[PLACED_WEIGHT] >= until:
                return
            bite = min(max(BITE, len(order)), self.most - int(self.tally[WORK]))
            if eject_all(self.board.block, order, bite, until) == 0 or self.stop():
                return


def in_order(possibilities: Possibilities, board: Board, chosen: Mapping[str, float]) -> Ints:
    """Numbers of meetings: musts first, then what the matching chose; heavy before light, tight
    before loose.
    """
    published, degree = possibilities.published, possibilities.degree

    def key(meeting: Meeting) -> tuple[object, ...]:
        taken = chosen.get(meeting.id, 0.0) > 0.5
        spoken = not any(cast.interpreters for cast in possibilities.casts[meeting.id])  # scarce
        room = len(possibilities.starts[meeting.id])
        crowd = sum(sum(map(degree.__getitem__, side)) for side in meeting.sides)
        loose = meeting.id in published.loose
        return (not meeting.must, not loose, not taken, spoken, -meeting.weight, room, -crowd)

    ordered = sorted(possibilities.meetings, key=lambda meeting: (key(meeting), meeting.id))
    return np.array([board.meetings[meeting.id] for meeting in ordered], dtype=np.int64)


def place_published(openings: Openings) -> None:
    """Locked meetings as they are, and published ones where nothing has come in their way."""
    published = openings.possibilities.published
    for entry in (*published.locked.values(), *published.loose.values()):
        meeting = openings.problem.meeting_by_id.get(entry.meeting)
        if meeting is not None and openings.allows(meeting, as_placed(entry)):
            openings.roster.add(as_placed(entry))
