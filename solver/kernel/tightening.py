"""Annealing of when meetings take place: Kempe chains that take breaks out of people's days.

A swap keeps what takes place, so that everything but breaks and moves stays as it was.
"""

from __future__ import annotations

from solver.kernel.arrays import (
    JOURNAL,
    LENGTH,
    MEETING,
    MOVABLE,
    NONE,
    OF_JOURNAL,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_SCRATCH,
    PEOPLE,
    QUEUE,
    SEATS,
    START,
    Block,
    Ints,
)
from solver.kernel.chains import are_days_allowed, collect_chain, relocate, swap_chain
from solver.kernel.chance import draw
from solver.kernel.compiling import inner
from solver.kernel.days import count_breaks
from solver.kernel.filling import draw_start, is_taken
from solver.kernel.memory import get, put, rows, total, width
from solver.kernel.moves import commit, undo_to

LONGEST = 40  # meetings in a chain


@inner
def tighten(b: Block, seen: Ints, rounds: int, temperature: float) -> int:
    """So many attempts to swap two slots; return how many breaks fewer there are.

    ``seen`` [R + 1]: stamps of people, the last stamp at the end.
    """
    gained = 0
    for _ in range(rounds):
        meeting = draw(b, rows(b, OF_MEETINGS))
        here = get(b, OF_PLACED, meeting, START)
        if here == NONE or get(b, OF_MEETINGS, meeting, MOVABLE) == 0:
            continue
        there = draw_start(b, meeting)
        if there in (here, NONE):
            continue
        commit(b)
        gain = _try(b, seen, meeting, there)
        if total(b, JOURNAL) > 0 and is_taken(b, gain, temperature) and are_days_allowed(b, 0):
            gained += gain
        else:
            undo_to(b, 0)
    commit(b)
    return gained


@inner
def _try(b: Block, seen: Ints, meeting: int, there: int) -> int:
    """Move the meeting; return how many breaks fewer there are. Nothing is done if it fails."""
    count = 1
    put(b, OF_SCRATCH, 0, QUEUE, meeting)
    if get(b, OF_MEETINGS, meeting, LENGTH) == 1:
        count = collect_chain(b, meeting, there, LONGEST)
    before = 0
    seen[-1] += 1
    for i in range(count):
        before += _breaks_of(b, seen, get(b, OF_SCRATCH, i, QUEUE))
    if get(b, OF_MEETINGS, meeting, LENGTH) > 1:
        relocate(b, meeting, there)
    elif count > 0:
        swap_chain(b, meeting, there, LONGEST)
    after = 0
    seen[-1] += 1
    for i in range(total(b, JOURNAL)):
        after += _breaks_of(b, seen, get(b, OF_JOURNAL, i, MEETING))
    return before - after


@inner
def _breaks_of(b: Block, seen: Ints, meeting: int) -> int:
    """Breaks of the participants of a meeting who were not seen yet."""
    found = 0
    for column in range(PEOPLE, width(b, OF_PLACED) - 1):
        person = get(b, OF_PLACED, meeting, column)
        if person != NONE and get(b, OF_PEOPLE, person, SEATS) == 1 and seen[person] != seen[-1]:
            seen[person] = seen[-1]
            found += count_breaks(b, person)
    return found
