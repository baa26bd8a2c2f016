"""Putting a meeting in where others are: they leave, and are seated elsewhere where that goes."""

from __future__ import annotations

from solver.kernel.arrays import (
    ADDED,
    JOURNAL,
    MEETING,
    MOVABLE,
    MUST,
    NONE,
    OF_JOURNAL,
    OF_MEETINGS,
    OF_PLACED,
    OF_SLOTS,
    OF_STARTS,
    PEOPLE,
    ROW,
    START,
    Block,
    Ints,
)
from solver.kernel.blocking import IMPASSABLE, NOTHING, blocker
from solver.kernel.chance import draw
from solver.kernel.choosing import choose_way
from solver.kernel.codes import FREE
from solver.kernel.compiling import inner
from solver.kernel.days import has_few_breaks
from solver.kernel.insertion import place_in
from solver.kernel.memory import get, holds, rows, total, width
from solver.kernel.moves import add, remove

MOST_LEAVING = 4


@inner
def push_in(b: Block, d: Ints, meeting: int, start: int) -> bool:
    """Place the meeting here; what stands in its way leaves, at most four meetings.

    The journal has all changes. False: it does not go, and the caller takes the changes back.
    """
    if not choose_way(b, meeting, start):
        return False
    for _ in range(MOST_LEAVING + 1):
        found = blocker(b, d, meeting, start)
        if found == NOTHING:
            add(b, meeting, start)
            return True
        if found == IMPASSABLE or get(b, OF_MEETINGS, found, MOVABLE) == 0:
            return False
        if get(b, OF_MEETINGS, found, MUST) > get(b, OF_MEETINGS, meeting, MUST):
            return False
        remove(b, found)
    return False


@inner
def seat_again(b: Block, mark: int) -> bool:
    """Seat elsewhere what left since this mark of the journal, as far as it goes.

    False where somebody has too many breaks then.
    """
    slots = rows(b, OF_SLOTS)
    for i in range(mark, total(b, JOURNAL)):
        meeting = get(b, OF_JOURNAL, i, MEETING)
        if get(b, OF_JOURNAL, i, ADDED) or get(b, OF_PLACED, meeting, START) != NONE:
            continue
        offset = draw(b, slots)
        for k in range(slots):
            start = (k + offset) % slots
            if holds(b, OF_STARTS, meeting, start) and place_in(b, meeting, start) == FREE:
                break
    return _are_days_allowed(b, mark)


@inner
def _are_days_allowed(b: Block, mark: int) -> bool:
    """Have all who were in a meeting that came or went since this mark few enough breaks?"""
    for i in range(mark, total(b, JOURNAL)):
        for column in range(ROW + PEOPLE, width(b, OF_JOURNAL)):
            person = get(b, OF_JOURNAL, i, column)
            if person != NONE and not has_few_breaks(b, person):
                return False
    return True
