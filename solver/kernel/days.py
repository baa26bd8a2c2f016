"""One resource's day: runs of busy slots, breaks, and the way between two meetings."""

from __future__ import annotations

from solver.kernel.arrays import (
    DAY_ORDER,
    DAY_SCOPE,
    FOLLOWING,
    LONGEST_RUN,
    MOST_BREAKS,
    NONE,
    OF_ATTENDANCE,
    OF_DAYS,
    OF_PEOPLE,
    OF_PLACED,
    OF_POOLS,
    OF_ROADS,
    OF_SHUT,
    OF_SLOTS,
    PLACE,
    PRECEDING,
    REACH,
    ROAD,
    SHUT_ROW,
    SKIPPED,
    ZONE,
    Block,
)
from solver.kernel.compiling import inner
from solver.kernel.memory import get, holds, rows


@inner
def count_breaks(b: Block, resource: int) -> int:
    """Maximal runs of idle slots between two meetings, within each scope of breaks.

    Slots of absence are left out, where the problem does not call them idle.
    """
    found, scope, idle, begun = 0, NONE, 0, False
    for i in range(rows(b, OF_SLOTS)):
        slot = get(b, OF_SLOTS, i, DAY_ORDER)
        if get(b, OF_SLOTS, i, DAY_SCOPE) != scope:
            scope, idle, begun = get(b, OF_SLOTS, i, DAY_SCOPE), 0, False
        if get(b, OF_DAYS, resource, slot) > 0:
            if begun and idle > 0:
                found += 1
            begun, idle = True, 0
        elif not holds(b, OF_ATTENDANCE, 2 * resource + SKIPPED, slot):
            idle += 1
    return found


@inner
def has_few_breaks(b: Block, resource: int) -> bool:
    most = get(b, OF_PEOPLE, resource, MOST_BREAKS)
    return most == NONE or count_breaks(b, resource) <= most


@inner
def is_too_long_a_run(b: Block, resource: int, start: int, length: int) -> bool:
    """With one more meeting from this slot on, are more slots in a row busy than allowed?"""
    most = get(b, OF_PEOPLE, resource, LONGEST_RUN)
    if most > rows(b, OF_SLOTS):
        return False
    run, slot = length, get(b, OF_SLOTS, start, PRECEDING)
    while run <= most and slot != NONE and get(b, OF_DAYS, resource, slot) > 0:
        run, slot = run + 1, get(b, OF_SLOTS, slot, PRECEDING)
    slot = start
    for _ in range(length):
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    while run <= most and slot != NONE and get(b, OF_DAYS, resource, slot) > 0:
        run, slot = run + 1, get(b, OF_SLOTS, slot, FOLLOWING)
    return run > most


@inner
def is_too_far(b: Block, resource: int, zone: int, start: int, length: int) -> bool:
    """Is there not enough time on the way to or from another meeting of the resource?"""
    row = get(b, OF_PEOPLE, resource, SHUT_ROW)
    before, after = get(b, OF_SLOTS, start, PRECEDING), start
    for _ in range(length):
        if row != NONE and get(b, OF_SHUT, row + zone, after):
            return True
        after = get(b, OF_SLOTS, after, FOLLOWING)
    for between in range(get(b, OF_ROADS, zone, REACH)):
        if before != NONE:
            if is_nearer(b, resource, before, zone, between):
                return True
            before = get(b, OF_SLOTS, before, PRECEDING)
        if after != NONE:
            if is_nearer(b, resource, after, zone, between):
                return True
            after = get(b, OF_SLOTS, after, FOLLOWING)
    return False


@inner
def is_nearer(b: Block, resource: int, slot: int, zone: int, between: int) -> bool:
    """Is the meeting in this slot, so many slots away, in a zone that takes longer to reach?"""
    other = get(b, OF_DAYS, resource, slot) - 1
    if other < 0:
        return False
    pool = get(b, OF_PLACED, other, PLACE)
    if pool == NONE or get(b, OF_POOLS, pool, ZONE) == NONE:
        return False
    return between < get(b, OF_ROADS, zone, ROAD + get(b, OF_POOLS, pool, ZONE))
