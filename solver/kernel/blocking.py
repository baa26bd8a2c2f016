"""What stands in the way of a meeting: one placed meeting that would have to go.

This mirrors ``checks`` rule by rule; breaks are left out there, too.
"""

from __future__ import annotations

from solver.kernel.arrays import (
    CAPACITY,
    EARLIER_OF,
    EXCLUSIVE_OF,
    FOLLOWING,
    LATER_OF,
    LENGTH,
    LIMIT_SLOTS,
    LIMITS_OF,
    MOST,
    NONE,
    OF_ATTENDANCE,
    OF_COUNTS,
    OF_DAYS,
    OF_FULL,
    OF_LIMITS,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_POOLS,
    OF_POOLS_USED,
    OF_ROADS,
    OF_SHUT,
    OF_SLOTS,
    OF_STARTS,
    PEOPLE,
    PLACE,
    PRECEDING,
    PRESENT,
    REACH,
    SEATS,
    SHUT_ROW,
    START,
    WALKS,
    Block,
    Ints,
)
from solver.kernel.chance import draw
from solver.kernel.checks import last_slot, zone_of
from solver.kernel.compiling import inner
from solver.kernel.days import is_nearer, is_too_long_a_run
from solver.kernel.limits import is_limit_reached
from solver.kernel.memory import get, holds, item, rows, size, width

NOTHING = -2  # the way is free
IMPASSABLE = -1  # no meeting's leaving would help


@inner
def blocker(b: Block, d: Ints, meeting: int, start: int) -> int:
    """A placed meeting in the way of this one, with its row as written; or why there is none."""
    found = _other_meeting(b, d, meeting, start)
    if found != NOTHING:
        return found
    length = get(b, OF_MEETINGS, meeting, LENGTH)
    for column in range(PEOPLE, width(b, OF_PLACED)):
        person = get(b, OF_PLACED, meeting, column)
        if person != NONE:
            found = _person_blocker(b, d, person, start, length)
            if found != NOTHING:
                return found
    for column in range(PLACE, PEOPLE):
        if get(b, OF_PLACED, meeting, column) != NONE:
            found = _pool_blocker(b, d, meeting, column, start)
            if found != NOTHING:
                return found
    return _way_blocker(b, meeting, start)


@inner
def _other_meeting(b: Block, d: Ints, meeting: int, start: int) -> int:
    if not holds(b, OF_STARTS, meeting, start):
        return IMPASSABLE
    head = get(b, OF_MEETINGS, meeting, EXCLUSIVE_OF)
    for i in range(size(b, head)):
        if get(b, OF_COUNTS, item(b, head, i), 0) > 0:
            return _placed_of(b, d, item(b, head, i))
    head = get(b, OF_MEETINGS, meeting, EARLIER_OF)
    for i in range(size(b, head)):
        other = get(b, OF_PLACED, item(b, head, i), START)
        if other != NONE and last_slot(b, item(b, head, i), other) >= start:
            return item(b, head, i)
    head = get(b, OF_MEETINGS, meeting, LATER_OF)
    for i in range(size(b, head)):
        other = get(b, OF_PLACED, item(b, head, i), START)
        if other != NONE and other <= last_slot(b, meeting, start):
            return item(b, head, i)
    return NOTHING


@inner
def _placed_of(b: Block, d: Ints, group: int) -> int:
    head = d[group]
    for i in range(head + 1, head + 1 + d[head]):
        if get(b, OF_PLACED, d[i], START) != NONE:
            return d[i]
    return IMPASSABLE


@inner
def _person_blocker(b: Block, d: Ints, person: int, start: int, length: int) -> int:
    slot = start
    for _ in range(length):
        if not holds(b, OF_ATTENDANCE, 2 * person + PRESENT, slot):
            return IMPASSABLE
        if holds(b, OF_FULL, person, slot):
            return _holder(b, d, person, slot)
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    if get(b, OF_COUNTS, person, 0) >= get(b, OF_PEOPLE, person, MOST):
        return _held(b, d, person, 0, rows(b, OF_SLOTS) - 1)
    if is_too_long_a_run(b, person, start, length):
        return _neighbour(b, person, start, length)
    if get(b, OF_PEOPLE, person, LIMITS_OF) and is_limit_reached(b, person, start, length):
        return _limited(b, d, person)
    return NOTHING


@inner
def _holder(b: Block, d: Ints, person: int, slot: int) -> int:
    if get(b, OF_PEOPLE, person, SEATS) == 1:
        return get(b, OF_DAYS, person, slot) - 1
    return _held(b, d, person, slot, slot)


@inner
def _held(b: Block, d: Ints, person: int, first: int, last: int) -> int:
    """A random meeting of this person between two slots."""
    head = d[person]
    count = d[head]
    offset = draw(b, count) if count > 0 else 0
    for i in range(count):
        meeting = d[head + 1 + (i + offset) % count]
        here = get(b, OF_PLACED, meeting, START)
        if here == NONE or here > last or last_slot(b, meeting, here) < first:
            continue
        if is_sent(b, meeting, person):
            return meeting
    return IMPASSABLE


@inner
def is_sent(b: Block, meeting: int, person: int) -> bool:
    for column in range(PEOPLE, width(b, OF_PLACED)):
        if get(b, OF_PLACED, meeting, column) == person:
            return True
    return False


@inner
def _neighbour(b: Block, person: int, start: int, length: int) -> int:
    """The meeting just before or just after, whichever is there."""
    before, after = get(b, OF_SLOTS, start, PRECEDING), start
    for _ in range(length):
        after = get(b, OF_SLOTS, after, FOLLOWING)
    early = get(b, OF_DAYS, person, before) - 1 if before != NONE else NONE
    late = get(b, OF_DAYS, person, after) - 1 if after != NONE else NONE
    if early == NONE or (late != NONE and draw(b, 2) == 0):
        return late
    return early


@inner
def _limited(b: Block, d: Ints, person: int) -> int:
    """A random meeting of this person that one of their limits counts."""
    head = d[person]
    count = d[head]
    offset = draw(b, count) if count > 0 else 0
    for i in range(count):
        meeting = d[head + 1 + (i + offset) % count]
        here = get(b, OF_PLACED, meeting, START)
        if here == NONE or not is_sent(b, meeting, person):
            continue
        if _is_limited(b, person, here) or _is_limited(b, person, last_slot(b, meeting, here)):
            return meeting
    return IMPASSABLE


@inner
def _is_limited(b: Block, person: int, slot: int) -> bool:
    head = get(b, OF_PEOPLE, person, LIMITS_OF)
    for i in range(size(b, head)):
        if get(b, OF_LIMITS, item(b, head, i), LIMIT_SLOTS + slot):
            return True
    return False


@inner
def _pool_blocker(b: Block, d: Ints, meeting: int, column: int, start: int) -> int:
    pool, slot = get(b, OF_PLACED, meeting, column), start
    for _ in range(get(b, OF_MEETINGS, meeting, LENGTH)):
        capacity = get(b, OF_POOLS, pool, CAPACITY + slot)
        if capacity == 0:
            return IMPASSABLE
        if get(b, OF_POOLS_USED, pool, slot) >= capacity:
            return _user_of(b, d, pool, column, slot)
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    return NOTHING


@inner
def _user_of(b: Block, d: Ints, pool: int, column: int, slot: int) -> int:
    """A random meeting that is in this pool in this slot."""
    head = d[rows(b, OF_COUNTS) + pool]
    count = d[head]
    offset = draw(b, count) if count > 0 else 0
    for i in range(count):
        meeting = d[head + 1 + (i + offset) % count]
        here = get(b, OF_PLACED, meeting, START)
        if here == NONE or here > slot or get(b, OF_PLACED, meeting, column) != pool:
            continue
        if last_slot(b, meeting, here) >= slot:
            return meeting
    return IMPASSABLE


@inner
def _way_blocker(b: Block, meeting: int, start: int) -> int:
    """The meeting from or to which somebody has not enough time on the way."""
    zone = zone_of(b, meeting)
    if zone == NONE or get(b, OF_ROADS, zone, REACH) == 0:
        return NOTHING
    for column in range(PEOPLE, width(b, OF_PLACED)):
        one = get(b, OF_PLACED, meeting, column)
        if one != NONE and get(b, OF_PEOPLE, one, WALKS):
            found = _too_near(b, one, zone, start, get(b, OF_MEETINGS, meeting, LENGTH))
            if found != NOTHING:
                return found
    return NOTHING


@inner
def _too_near(b: Block, one: int, zone: int, start: int, length: int) -> int:
    row = get(b, OF_PEOPLE, one, SHUT_ROW)
    before, after = get(b, OF_SLOTS, start, PRECEDING), start
    for _ in range(length):
        if row != NONE and get(b, OF_SHUT, row + zone, after):
            return IMPASSABLE
        after = get(b, OF_SLOTS, after, FOLLOWING)
    for between in range(get(b, OF_ROADS, zone, REACH)):
        if before != NONE:
            if is_nearer(b, one, before, zone, between):
                return get(b, OF_DAYS, one, before) - 1
            before = get(b, OF_SLOTS, before, PRECEDING)
        if after != NONE:
            if is_nearer(b, one, after, zone, between):
                return get(b, OF_DAYS, one, after) - 1
            after = get(b, OF_SLOTS, after, FOLLOWING)
    return NOTHING
