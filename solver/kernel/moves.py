"""Adding and removing meetings, written down so that they can be taken back."""

from __future__ import annotations

from solver.kernel.arrays import (
    ADDED,
    BEGUN,
    EXCLUSIVE_OF,
    FOLLOWING,
    JOURNAL,
    LENGTH,
    LIMIT_SLOTS,
    LIMITS_OF,
    LOAD,
    MEETING,
    MUST,
    NONE,
    OF_COUNTS,
    OF_DAYS,
    OF_FULL,
    OF_JOURNAL,
    OF_LIMITS,
    OF_LIMITS_USED,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_POOLS_USED,
    OF_SLOTS,
    OF_TALLY,
    PEOPLE,
    PLACE,
    PLACED,
    PLACED_MUSTS,
    PLACED_WEIGHT,
    ROW,
    SEATS,
    START,
    WEIGHT,
    WORK,
    Block,
)
from solver.kernel.compiling import inner
from solver.kernel.memory import (
    bump,
    exclude,
    get,
    include,
    item,
    put,
    rows,
    set_total,
    size,
    total,
    width,
)


@inner
def add(b: Block, meeting: int, start: int) -> None:
    """Place a meeting with the people, interpreter and pools that its row names. Judges nothing."""
    put(b, OF_PLACED, meeting, START, start)
    _count(b, meeting, 1)
    _note(b, meeting, 1)


@inner
def remove(b: Block, meeting: int) -> None:
    """Take a placed meeting out; its people and pools stay written down."""
    _note(b, meeting, 0)
    _count(b, meeting, -1)
    put(b, OF_PLACED, meeting, START, NONE)


@inner
def commit(b: Block) -> None:
    """What was done stays done."""
    set_total(b, JOURNAL, 0)


@inner
def is_nearly_full(b: Block, more: int) -> bool:
    """Would the journal have no room for so many more changes?"""
    return total(b, JOURNAL) + more >= rows(b, OF_JOURNAL)


@inner
def undo_to(b: Block, mark: int) -> None:
    """Take back what was done since the journal (``tally[JOURNAL]``) was so long."""
    while total(b, JOURNAL) > mark:
        bump(b, OF_TALLY, JOURNAL, 0, -1)
        entry = total(b, JOURNAL)
        meeting = get(b, OF_JOURNAL, entry, MEETING)
        if get(b, OF_JOURNAL, entry, ADDED):
            _count(b, meeting, -1)
            put(b, OF_PLACED, meeting, START, NONE)
        else:
            for column in range(width(b, OF_PLACED)):
                put(b, OF_PLACED, meeting, column, get(b, OF_JOURNAL, entry, ROW + column))
            _count(b, meeting, 1)


@inner
def _note(b: Block, meeting: int, added: int) -> None:
    """Write the change down. A journal that is full forgets: ask ``is_nearly_full`` before."""
    bump(b, OF_TALLY, WORK, 0, 1)
    if total(b, JOURNAL) >= rows(b, OF_JOURNAL):
        set_total(b, JOURNAL, 0)
    entry = total(b, JOURNAL)
    put(b, OF_JOURNAL, entry, ADDED, added)
    put(b, OF_JOURNAL, entry, MEETING, meeting)
    for column in range(width(b, OF_PLACED)):
        put(b, OF_JOURNAL, entry, ROW + column, get(b, OF_PLACED, meeting, column))
    bump(b, OF_TALLY, JOURNAL, 0, 1)


@inner
def _count(b: Block, meeting: int, by: int) -> None:
    """Keep all counts up with a meeting that comes (by 1) or goes (by -1)."""
    bump(b, OF_TALLY, PLACED_WEIGHT, 0, by * get(b, OF_MEETINGS, meeting, WEIGHT))
    bump(b, OF_TALLY, PLACED_MUSTS, 0, by * get(b, OF_MEETINGS, meeting, MUST))
    bump(b, OF_TALLY, PLACED, 0, by)
    head = get(b, OF_MEETINGS, meeting, EXCLUSIVE_OF)
    for i in range(size(b, head)):
        bump(b, OF_COUNTS, item(b, head, i), 0, by)
    for column in range(PEOPLE, width(b, OF_PLACED)):
        resource = get(b, OF_PLACED, meeting, column)
        if resource != NONE:
            bump(b, OF_COUNTS, resource, 0, by)
            if get(b, OF_PEOPLE, resource, LIMITS_OF):
                _count_limits(b, meeting, column, by)
    slot = get(b, OF_PLACED, meeting, START)
    for _ in range(get(b, OF_MEETINGS, meeting, LENGTH)):
        _count_slot(b, meeting, slot, by)
        slot = get(b, OF_SLOTS, slot, FOLLOWING)


@inner
def _count_slot(b: Block, meeting: int, slot: int, by: int) -> None:
    for column in range(PEOPLE, width(b, OF_PLACED)):
        resource = get(b, OF_PLACED, meeting, column)
        if resource == NONE:
            continue
        seats = get(b, OF_PEOPLE, resource, SEATS)
        if seats == 1:
            put(b, OF_DAYS, resource, slot, meeting + 1 if by > 0 else 0)
        else:
            bump(b, OF_DAYS, resource, slot, by)
        if get(b, OF_DAYS, resource, slot) >= seats:
            include(b, OF_FULL, resource, slot)
        else:
            exclude(b, OF_FULL, resource, slot)
    for column in range(PLACE, PEOPLE):
        pool = get(b, OF_PLACED, meeting, column)
        if pool != NONE:
            bump(b, OF_POOLS_USED, pool, slot, by)


@inner
def _count_limits(b: Block, meeting: int, column: int, by: int) -> None:
    """A limit on several people together counts a meeting once, whoever of them is sent."""
    head = get(b, OF_PEOPLE, get(b, OF_PLACED, meeting, column), LIMITS_OF)
    for i in range(size(b, head)):
        limit = item(b, head, i)
        if _is_counted(b, meeting, column, limit):
            continue
        slot = get(b, OF_PLACED, meeting, START)
        bump(b, OF_LIMITS_USED, limit, BEGUN, by * get(b, OF_LIMITS, limit, LIMIT_SLOTS + slot))
        for _ in range(get(b, OF_MEETINGS, meeting, LENGTH)):
            bump(b, OF_LIMITS_USED, limit, LOAD + slot, by)
            slot = get(b, OF_SLOTS, slot, FOLLOWING)


@inner
def _is_counted(b: Block, meeting: int, column: int, limit: int) -> bool:
    """Does the limit concern somebody in an earlier column, too?"""
    for earlier in range(PEOPLE, column):
        person = get(b, OF_PLACED, meeting, earlier)
        if person != NONE:
            head = get(b, OF_PEOPLE, person, LIMITS_OF)
            for i in range(size(b, head)):
                if item(b, head, i) == limit:
                    return True
    return False
