"""May this meeting start here, with the people and pools in its row? If not, the rule's number.

Everything but breaks only gets worse by adding, so that a schedule may be put together meeting
by meeting, in any order. Breaks are judged when a move is complete (``is_day_allowed``).
"""

from __future__ import annotations

from solver.kernel.arrays import (
    CAPACITY,
    EARLIER_OF,
    EXCLUSIVE_OF,
    FOLLOWING,
    LATER_OF,
    LENGTH,
    LIMITS_OF,
    MOST,
    NONE,
    OF_ATTENDANCE,
    OF_COUNTS,
    OF_FULL,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_POOLS,
    OF_POOLS_USED,
    OF_SLOTS,
    OF_STARTS,
    PEOPLE,
    PLACE,
    PRESENT,
    START,
    WALKS,
    ZONE,
    Block,
)
from solver.kernel.codes import (
    ABSENT,
    AFTER,
    BUSY,
    EXCLUSIVE,
    FREE,
    INTERPRETER,
    LIMITS,
    MAX_IN_A_ROW,
    MAX_MEETINGS,
    PLACE_CLOSED,
    PLACE_TAKEN,
    START_SLOT,
    TRAVEL,
)
from solver.kernel.compiling import inner
from solver.kernel.days import has_few_breaks, is_too_far, is_too_long_a_run
from solver.kernel.limits import is_limit_reached
from solver.kernel.memory import get, holds, item, size, width


@inner
def obstacle(b: Block, meeting: int, start: int) -> int:
    """The first rule against an unplaced meeting from this slot on, breaks left out."""
    rule = meeting_obstacle(b, meeting, start)
    if rule == FREE:
        rule = _people_obstacle(b, meeting, start)
    if rule == FREE:
        rule = _places_obstacle(b, meeting, start)
    if rule == FREE and is_way_too_long(b, meeting, start):
        rule = TRAVEL
    if rule == FREE:
        helper = get(b, OF_PLACED, meeting, width(b, OF_PLACED) - 1)
        if helper != NONE and not may_interpret(b, meeting, helper, start):
            rule = INTERPRETER
    return rule


@inner
def _people_obstacle(b: Block, meeting: int, start: int) -> int:
    for column in range(PEOPLE, width(b, OF_PLACED) - 1):
        person = get(b, OF_PLACED, meeting, column)
        if person != NONE:
            rule = person_obstacle(b, person, start, get(b, OF_MEETINGS, meeting, LENGTH))
            if rule != FREE:
                return rule
    return FREE


@inner
def _places_obstacle(b: Block, meeting: int, start: int) -> int:
    for column in range(PLACE, PEOPLE):
        pool = get(b, OF_PLACED, meeting, column)
        if pool != NONE:
            rule = pool_obstacle(b, pool, start, get(b, OF_MEETINGS, meeting, LENGTH))
            if rule != FREE:
                return rule
    return FREE


@inner
def meeting_obstacle(b: Block, meeting: int, start: int) -> int:
    """Rules about the meeting alone: when it may start, with or after which others."""
    if not holds(b, OF_STARTS, meeting, start):
        return START_SLOT
    head = get(b, OF_MEETINGS, meeting, EXCLUSIVE_OF)
    for i in range(size(b, head)):
        if get(b, OF_COUNTS, item(b, head, i), 0) > 0:
            return EXCLUSIVE
    head = get(b, OF_MEETINGS, meeting, EARLIER_OF)
    for i in range(size(b, head)):
        other = get(b, OF_PLACED, item(b, head, i), START)
        if other != NONE and last_slot(b, item(b, head, i), other) >= start:
            return AFTER
    head = get(b, OF_MEETINGS, meeting, LATER_OF)
    for i in range(size(b, head)):
        other = get(b, OF_PLACED, item(b, head, i), START)
        if other != NONE and other <= last_slot(b, meeting, start):
            return AFTER
    return FREE


@inner
def last_slot(b: Block, meeting: int, start: int) -> int:
    slot = start
    for _ in range(get(b, OF_MEETINGS, meeting, LENGTH) - 1):
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    return slot


@inner
def person_obstacle(b: Block, person: int, start: int, length: int) -> int:
    """Rules about one participant, or interpreter, and one more meeting."""
    slot = start
    for _ in range(length):
        if not holds(b, OF_ATTENDANCE, 2 * person + PRESENT, slot):
            return ABSENT
        if holds(b, OF_FULL, person, slot):
            return BUSY
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    if get(b, OF_COUNTS, person, 0) >= get(b, OF_PEOPLE, person, MOST):
        return MAX_MEETINGS
    if is_too_long_a_run(b, person, start, length):
        return MAX_IN_A_ROW
    if get(b, OF_PEOPLE, person, LIMITS_OF) and is_limit_reached(b, person, start, length):
        return LIMITS
    return FREE


@inner
def pool_obstacle(b: Block, pool: int, start: int, length: int) -> int:
    slot = start
    for _ in range(length):
        capacity = get(b, OF_POOLS, pool, CAPACITY + slot)
        if capacity == 0:
            return PLACE_CLOSED
        if get(b, OF_POOLS_USED, pool, slot) >= capacity:
            return PLACE_TAKEN
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    return FREE


@inner
def is_way_too_long(b: Block, meeting: int, start: int) -> bool:
    """Travel of the participants (the interpreter's way is the interpreter's rule)."""
    zone = zone_of(b, meeting)
    if zone == NONE:
        return False
    for column in range(PEOPLE, width(b, OF_PLACED) - 1):
        person = get(b, OF_PLACED, meeting, column)
        walks = person != NONE and get(b, OF_PEOPLE, person, WALKS) == 1
        if walks and is_too_far(b, person, zone, start, get(b, OF_MEETINGS, meeting, LENGTH)):
            return True
    return False


@inner
def zone_of(b: Block, meeting: int) -> int:
    pool = get(b, OF_PLACED, meeting, PLACE)
    return NONE if pool == NONE else get(b, OF_POOLS, pool, ZONE)


@inner
def may_interpret(b: Block, meeting: int, helper: int, start: int) -> bool:
    length = get(b, OF_MEETINGS, meeting, LENGTH)
    if person_obstacle(b, helper, start, length) != FREE:
        return False
    zone = zone_of(b, meeting)
    return zone == NONE or not is_too_far(b, helper, zone, start, length)


@inner
def is_day_allowed(b: Block, meeting: int) -> bool:
    """Have the people of a meeting that came, moved or went few enough breaks?"""
    for column in range(PEOPLE, width(b, OF_PLACED)):
        resource = get(b, OF_PLACED, meeting, column)
        if resource != NONE and not has_few_breaks(b, resource):
            return False
    return True
