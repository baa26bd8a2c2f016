"""A random way to hold a meeting: whom it sends and where, those who are free first."""

from __future__ import annotations

from solver.kernel.arrays import (
    CASTS_OF,
    HELPERS_OF,
    LENGTH,
    NONE,
    OF_ATTENDANCE,
    OF_CASTS,
    OF_MEETINGS,
    OF_PLACED,
    PEOPLE,
    PLACE,
    PLACES_OF,
    PRESENT,
    ROOM,
    ROOMS_OF,
    SIDES_OF,
    Block,
)
from solver.kernel.chance import draw
from solver.kernel.checks import is_way_too_long, may_interpret, person_obstacle, pool_obstacle
from solver.kernel.codes import FREE
from solver.kernel.compiling import inner
from solver.kernel.memory import get, holds, item, put, size, width


@inner
def choose_way(b: Block, meeting: int, start: int) -> bool:
    """Write down people, pools and interpreter for the meeting; False where there are none."""
    head = get(b, OF_MEETINGS, meeting, CASTS_OF)
    if head == 0:
        return False
    cast = item(b, head, draw(b, size(b, head)))
    for column in range(PLACE, width(b, OF_PLACED)):
        put(b, OF_PLACED, meeting, column, NONE)
    head = get(b, OF_CASTS, cast, SIDES_OF)
    for side in range(size(b, head)):
        person = _choose_person(b, meeting, start, side, item(b, head, side))
        if person == NONE:
            return False
        put(b, OF_PLACED, meeting, PEOPLE + side, person)
    _choose_pool(b, meeting, start, ROOM, get(b, OF_CASTS, cast, ROOMS_OF))
    _choose_pool(b, meeting, start, PLACE, get(b, OF_CASTS, cast, PLACES_OF))
    _choose_helper(b, meeting, start, get(b, OF_CASTS, cast, HELPERS_OF))
    return True


@inner
def _choose_person(b: Block, meeting: int, start: int, side: int, people: int) -> int:
    count = size(b, people)
    offset, second = draw(b, count) if count > 1 else 0, NONE
    for i in range(count):
        person = item(b, people, (i + offset) % count)
        if _is_there(b, meeting, side, person):
            continue
        if not holds(b, OF_ATTENDANCE, 2 * person + PRESENT, start):
            continue
        if person_obstacle(b, person, start, get(b, OF_MEETINGS, meeting, LENGTH)) == FREE:
            return person
        if second == NONE:
            second = person
    return second


@inner
def _is_there(b: Block, meeting: int, side: int, person: int) -> bool:
    found = False
    for earlier in range(side):
        found = found or get(b, OF_PLACED, meeting, PEOPLE + earlier) == person
    return found


@inner
def _choose_pool(b: Block, meeting: int, start: int, column: int, wanted: int) -> None:
    count = size(b, wanted)
    if count == 0:
        return
    offset = draw(b, count) if count > 1 else 0
    second = item(b, wanted, offset)
    for i in range(count):
        pool = item(b, wanted, (i + offset) % count)
        if pool_obstacle(b, pool, start, get(b, OF_MEETINGS, meeting, LENGTH)) == FREE:
            put(b, OF_PLACED, meeting, column, pool)
            if column == ROOM or not is_way_too_long(b, meeting, start):
                return
            second = pool
    put(b, OF_PLACED, meeting, column, second)


@inner
def _choose_helper(b: Block, meeting: int, start: int, wanted: int) -> None:
    count = size(b, wanted)
    if count == 0:
        return
    last = width(b, OF_PLACED) - 1
    offset = draw(b, count)
    put(b, OF_PLACED, meeting, last, item(b, wanted, offset))
    for i in range(count):
        helper = item(b, wanted, (i + offset) % count)
        if may_interpret(b, meeting, helper, start):
            put(b, OF_PLACED, meeting, last, helper)
            return
