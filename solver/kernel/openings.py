"""Placing a meeting somewhere: in a free slot, else after two slots are swapped along a chain.

For forums with two kinds of people and no absences a chain always makes room (König's theorem
on edge colouring); elsewhere mostly.
"""

from __future__ import annotations

from solver.kernel.arrays import (
    FIRST,
    JOURNAL,
    LENGTH,
    NONE,
    OF_ATTENDANCE,
    OF_DAYS,
    OF_FULL,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_SLOTS,
    OF_TALLY,
    PRESENT,
    SEATS,
    SECOND,
    START,
    WORK,
    Block,
)
from solver.kernel.chains import are_days_allowed, swap_chain
from solver.kernel.chance import draw
from solver.kernel.codes import FREE
from solver.kernel.compiling import inner
from solver.kernel.insertion import place_in
from solver.kernel.memory import bump, get, holds, rows, total, width
from solver.kernel.moves import undo_to

LONGEST_CHAIN = 200


@inner
def insert(b: Block, meeting: int, table: int, most: int) -> bool:
    """Place the meeting in one of the slots that ``table`` lists for it; the journal knows.

    ``most``: chains to try where no slot is free for all.
    """
    return _take_free(b, meeting, table) or (most > 0 and _swap_in(b, meeting, table, most))


@inner
def _take_free(b: Block, meeting: int, table: int) -> bool:
    first = get(b, OF_MEETINGS, meeting, FIRST)
    second = get(b, OF_MEETINGS, meeting, SECOND)
    for word in range(width(b, OF_FULL)):
        free = get(b, table, meeting, word)
        if first != NONE:
            free &= ~(get(b, OF_FULL, first, word) | get(b, OF_FULL, second, word))
        if free == 0:
            continue
        for slot in range(64 * word, min(64 * word + 64, rows(b, OF_SLOTS))):
            if (free >> (slot & 63)) & 1 and place_in(b, meeting, slot) == FREE:
                return True
    return False


@inner
def _swap_in(b: Block, meeting: int, table: int, most: int) -> bool:
    """Free one of the two people in a slot in which the other is free."""
    first = get(b, OF_MEETINGS, meeting, FIRST)
    second = get(b, OF_MEETINGS, meeting, SECOND)
    if first == NONE or get(b, OF_MEETINGS, meeting, LENGTH) > 1:
        return False
    return _swap_for(b, meeting, table, first, second, most) or _swap_for(
        b, meeting, table, second, first, most
    )


@inner
def _swap_for(b: Block, meeting: int, table: int, free: int, busy: int, most: int) -> bool:
    """The slots ``here``, in which only one is free, with those ``there`` of the other."""
    if get(b, OF_PEOPLE, busy, SEATS) > 1:
        return False
    slots, left = rows(b, OF_SLOTS), most
    offset = draw(b, slots)
    for i in range(slots):
        here = (i + offset) % slots
        if holds(b, table, meeting, here) and not holds(b, OF_FULL, free, here):
            left = _swap_from(b, meeting, free, busy, here, left)
            if left <= 0:
                return left < 0
    return False


@inner
def _swap_from(b: Block, meeting: int, free: int, busy: int, here: int, left: int) -> int:
    """Swap this slot with others; -1 where the meeting came in, else how many tries are left."""
    if get(b, OF_DAYS, busy, here) == 0:
        return left
    slots = rows(b, OF_SLOTS)
    for i in range(1, slots):
        there = (here + i) % slots
        if left > 0 and _is_exchange(b, free, busy, there):
            left -= 1
            if _swap_and_place(b, meeting, get(b, OF_DAYS, busy, here) - 1, there):
                return -1
    return left


@inner
def _is_exchange(b: Block, free: int, busy: int, there: int) -> bool:
    """Is the one who is to be freed free in this slot, and there? The other is not."""
    if holds(b, OF_FULL, busy, there) or not holds(b, OF_FULL, free, there):
        return False
    return holds(b, OF_ATTENDANCE, 2 * busy + PRESENT, there)


@inner
def _swap_and_place(b: Block, meeting: int, other: int, there: int) -> bool:
    mark, here = total(b, JOURNAL), get(b, OF_PLACED, other, START)
    bump(b, OF_TALLY, WORK, 0, 1)
    if swap_chain(b, other, there, LONGEST_CHAIN) == 0:
        return False
    if place_in(b, meeting, here) == FREE and are_days_allowed(b, mark):
        return True
    undo_to(b, mark)
    return False
