"""Placing one meeting: whom its sides send, which pools and which interpreter it gets."""

from __future__ import annotations

from solver.kernel.arrays import (
    CASTS_OF,
    HELPERS_OF,
    JOURNAL,
    LENGTH,
    NONE,
    OF_CASTS,
    OF_MEETINGS,
    OF_PLACED,
    PEOPLE,
    PLACE,
    PLACES_OF,
    ROOM,
    ROOMS_OF,
    SIDES_OF,
    START,
    Block,
)
from solver.kernel.checks import (
    is_day_allowed,
    is_way_too_long,
    may_interpret,
    meeting_obstacle,
    person_obstacle,
    pool_obstacle,
)
from solver.kernel.codes import BREAKS, FREE, INTERPRETER, ONCE, SIDE, TRAVEL
from solver.kernel.compiling import inner
from solver.kernel.memory import get, item, put, size, total, width
from solver.kernel.moves import add, undo_to


@inner
def place_in(b: Block, meeting: int, start: int) -> int:
    """Place a meeting from this slot on in the first way that no rule forbids; else the rule."""
    if get(b, OF_PLACED, meeting, START) != NONE:
        return ONCE
    rule = meeting_obstacle(b, meeting, start)
    if rule != FREE:
        return rule
    first = SIDE
    head = get(b, OF_MEETINGS, meeting, CASTS_OF)
    for i in range(size(b, head)):
        rule = _send(b, meeting, start, item(b, head, i))
        if rule == FREE:
            return FREE
        first = rule if first == SIDE else first
    return first


@inner
def _send(b: Block, meeting: int, start: int, cast: int) -> int:
    """Try everybody whom the sides of this cast may send, the last side's people fastest."""
    for column in range(PEOPLE, width(b, OF_PLACED)):
        put(b, OF_PLACED, meeting, column, NONE)
    head = get(b, OF_CASTS, cast, SIDES_OF)
    sides, side, first, at = size(b, head), 0, SIDE, 0
    while side >= 0:
        people = item(b, head, side)
        if at >= size(b, people):
            side -= 1
            if side >= 0:
                at = _after(b, item(b, head, side), get(b, OF_PLACED, meeting, PEOPLE + side))
            continue
        rule = _may_send(b, meeting, start, side, item(b, people, at))
        put(b, OF_PLACED, meeting, PEOPLE + side, item(b, people, at))
        if rule == FREE and side + 1 < sides:
            side, at = side + 1, 0
            continue
        if rule == FREE:
            rule = _furnish(b, meeting, start, cast)
            if rule == FREE:
                return FREE
        first = rule if first == SIDE else first
        at += 1
    return first


@inner
def _after(b: Block, people: int, person: int) -> int:
    """The place in a list behind that of a person."""
    at = 0
    while item(b, people, at) != person:
        at += 1
    return at + 1


@inner
def _may_send(b: Block, meeting: int, start: int, side: int, person: int) -> int:
    for earlier in range(side):
        if get(b, OF_PLACED, meeting, PEOPLE + earlier) == person:
            return SIDE
    return person_obstacle(b, person, start, get(b, OF_MEETINGS, meeting, LENGTH))


@inner
def _furnish(b: Block, meeting: int, start: int, cast: int) -> int:
    """A room, a place and an interpreter for the people chosen, and then place the meeting."""
    length = get(b, OF_MEETINGS, meeting, LENGTH)
    rule = FREE
    head = get(b, OF_CASTS, cast, ROOMS_OF)
    put(b, OF_PLACED, meeting, ROOM, NONE)
    for i in range(size(b, head)):
        rule = pool_obstacle(b, item(b, head, i), start, length)
        if rule == FREE:
            put(b, OF_PLACED, meeting, ROOM, item(b, head, i))
            break
    if rule != FREE:
        return rule
    head = get(b, OF_CASTS, cast, PLACES_OF)
    put(b, OF_PLACED, meeting, PLACE, NONE)
    if head == 0:
        return _serve(b, meeting, start, cast)
    first = FREE
    for i in range(size(b, head)):
        put(b, OF_PLACED, meeting, PLACE, item(b, head, i))
        rule = pool_obstacle(b, item(b, head, i), start, length)
        if rule == FREE:
            rule = _serve(b, meeting, start, cast)
            if rule == FREE:
                return FREE
        first = rule if first == FREE else first
    return first


@inner
def _serve(b: Block, meeting: int, start: int, cast: int) -> int:
    """Find the interpreter, if one is needed, and place the meeting where its day allows it."""
    if is_way_too_long(b, meeting, start):
        return TRAVEL
    last, head = width(b, OF_PLACED) - 1, get(b, OF_CASTS, cast, HELPERS_OF)
    put(b, OF_PLACED, meeting, last, NONE)
    for i in range(size(b, head)):
        if may_interpret(b, meeting, item(b, head, i), start):
            put(b, OF_PLACED, meeting, last, item(b, head, i))
            break
    if head != 0 and get(b, OF_PLACED, meeting, last) == NONE:
        return INTERPRETER
    add(b, meeting, start)
    if is_day_allowed(b, meeting):
        return FREE
    undo_to(b, total(b, JOURNAL) - 1)
    return BREAKS
