"""Limits on the meetings of one participant, or of several together, in some slots."""

from __future__ import annotations

from solver.kernel.arrays import (
    BEGUN,
    FOLLOWING,
    LIMIT_BUSY,
    LIMIT_SLOTS,
    LIMIT_STARTS,
    LIMITS_OF,
    LOAD,
    OF_LIMITS,
    OF_LIMITS_USED,
    OF_PEOPLE,
    OF_SLOTS,
    Block,
)
from solver.kernel.compiling import inner
from solver.kernel.memory import get, item, rows, size


@inner
def is_limit_reached(b: Block, person: int, start: int, length: int) -> bool:
    """Would one more meeting of this person be too much for one of their limits?"""
    head = get(b, OF_PEOPLE, person, LIMITS_OF)
    for i in range(size(b, head)):
        limit = item(b, head, i)
        starts_here = get(b, OF_LIMITS, limit, LIMIT_SLOTS + start)
        if starts_here and get(b, OF_LIMITS_USED, limit, BEGUN) >= get(
            b, OF_LIMITS, limit, LIMIT_STARTS
        ):
            return True
        if get(b, OF_LIMITS, limit, LIMIT_BUSY) < rows(b, OF_SLOTS):
            more = _newly_busy(b, limit, start, length)
            if more > 0 and _busy(b, limit) + more > get(b, OF_LIMITS, limit, LIMIT_BUSY):
                return True
    return False


@inner
def _newly_busy(b: Block, limit: int, start: int, length: int) -> int:
    found, slot = 0, start
    for _ in range(length):
        if (
            get(b, OF_LIMITS, limit, LIMIT_SLOTS + slot)
            and get(b, OF_LIMITS_USED, limit, LOAD + slot) == 0
        ):
            found += 1
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    return found


@inner
def _busy(b: Block, limit: int) -> int:
    found = 0
    for slot in range(rows(b, OF_SLOTS)):
        if (
            get(b, OF_LIMITS, limit, LIMIT_SLOTS + slot)
            and get(b, OF_LIMITS_USED, limit, LOAD + slot) > 0
        ):
            found += 1
    return found
