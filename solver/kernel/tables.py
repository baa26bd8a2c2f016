"""Actual tables for meetings whose pool is known, near where people come from."""

from __future__ import annotations

from solver.kernel.arrays import (
    FOLLOWING,
    LENGTH,
    NONE,
    OF_MEETINGS,
    OF_PLACED,
    OF_SLOTS,
    PEOPLE,
    PLACE,
    SESSION,
    START,
    Block,
    Ints,
)
from solver.kernel.compiling import entry, inner
from solver.kernel.memory import get, width


@entry
def seat_all(b: Block, order: Ints, lists: Ints, places: Ints, last: Ints, given: Ints) -> None:
    """Fill ``given`` [M, 2] (place and room) for the meetings in ``order``, which is that of time.

    ``lists``: for each pool where its list of places begins, then these lists. ``places``
    [places + pools, 2 T]: capacity in each slot, 0 while closed, then what ``given`` already takes
    of it; of each pool, so many at the front of its list are full in the slot (at first 0).
    ``last`` [R, 2]: NONE. Where no place is needed or free, NONE stays.
    """
    for meeting in order:
        start, length = get(b, OF_PLACED, meeting, START), get(b, OF_MEETINGS, meeting, LENGTH)
        for column in range(2):
            pool = get(b, OF_PLACED, meeting, PLACE + column)
            if pool != NONE and given[meeting, column] == NONE:
                place = _choose(b, meeting, lists, pool, places, last)
                given[meeting, column] = place
                if place != NONE:
                    _occupy(b, places, place, start, length)
        _note_last(b, meeting, last, given[meeting, 0])


@inner
def _note_last(b: Block, meeting: int, last: Ints, place: int) -> None:
    """Where each of its people was last, and in which session."""
    for column in range(PEOPLE, width(b, OF_PLACED)):
        person = get(b, OF_PLACED, meeting, column)
        if person != NONE and place != NONE:
            last[person, 0] = place
            last[person, 1] = get(b, OF_SLOTS, get(b, OF_PLACED, meeting, START), SESSION)


@inner
def _choose(b: Block, meeting: int, lists: Ints, pool: int, places: Ints, last: Ints) -> int:
    head = lists[pool]
    start, length = get(b, OF_PLACED, meeting, START), get(b, OF_MEETINGS, meeting, LENGTH)
    session = get(b, OF_SLOTS, start, SESSION)
    for column in range(PEOPLE, width(b, OF_PLACED)):
        person = get(b, OF_PLACED, meeting, column)
        if person != NONE and last[person, 0] != NONE and last[person, 1] == session:
            place = last[person, 0]
            if _is_listed(lists, head, place) and _has_room(b, places, place, start, length):
                return place
    for i in range(head + 1 + _full(b, lists, pool, places, start), head + 1 + lists[head]):
        if _has_room(b, places, lists[i], start, length):
            return lists[i]
    return NONE


@inner
def _full(b: Block, lists: Ints, pool: int, places: Ints, slot: int) -> int:
    """How many at the front of the pool's list are full in the slot; nobody leaves meanwhile."""
    head, row = lists[pool], len(places) - lists[0] + pool
    full = places[row, slot]
    while full < lists[head] and not _has_room(b, places, lists[head + 1 + full], slot, 1):
        full += 1
    places[row, slot] = full
    return int(full)


@inner
def _is_listed(lists: Ints, head: int, place: int) -> bool:
    """Is the place in this list, which is in order?"""
    first, end = head + 1, head + 1 + lists[head]
    while first < end:
        middle = (first + end) // 2
        if lists[middle] == place:
            return True
        if lists[middle] < place:
            first = middle + 1
        else:
            end = middle
    return False


@inner
def _has_room(b: Block, places: Ints, place: int, start: int, length: int) -> bool:
    slot, slots = start, places.shape[1] // 2
    for _ in range(length):
        if places[place, slots + slot] >= places[place, slot]:
            return False
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    return True


@inner
def _occupy(b: Block, places: Ints, place: int, start: int, length: int) -> None:
    slot, slots = start, places.shape[1] // 2
    for _ in range(length):
        places[place, slots + slot] += 1
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
