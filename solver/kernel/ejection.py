"""Pushing meetings out: place one, take away what is in its way, and seat that elsewhere.

A step is kept where what stays out weighs no more than the newcomer: steps sideways lead to
places from which the next step goes up (ejection chains).
"""

from __future__ import annotations

from solver.kernel.arrays import (
    CAPACITY,
    CASTS_OF,
    FOLLOWING,
    HELPERS_OF,
    LENGTH,
    MOST,
    MOVABLE,
    MUST,
    NONE,
    OF_CASTS,
    OF_COUNTS,
    OF_DAYS,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_POOLS,
    OF_POOLS_USED,
    OF_SCRATCH,
    OF_SLOTS,
    OF_STARTS,
    OF_TALLY,
    OUT,
    PLACE,
    PLACES_OF,
    ROOM,
    ROOMS_OF,
    SEATS,
    SIDES_OF,
    START,
    WEIGHT,
    WORK,
    Block,
    Ints,
)
from solver.kernel.chains import are_days_allowed
from solver.kernel.chance import draw
from solver.kernel.codes import FREE
from solver.kernel.compiling import inner
from solver.kernel.insertion import place_in
from solver.kernel.memory import bump, get, holds, item, put, rows, size, width
from solver.kernel.moves import commit, remove, undo_to
from solver.kernel.openings import insert

STARTS = 4  # tried for one meeting in one turn
FEW_CHAINS = 6  # tried for a meeting that was pushed out
MOST_OUT = 8
RANK_OF_MUST = 1 << 42  # above any sum of weights that are pushed out together


@inner
def rank(b: Block, meeting: int) -> int:
    """What placing the meeting is worth: musts before weight."""
    return get(b, OF_MEETINGS, meeting, MUST) * RANK_OF_MUST + get(b, OF_MEETINGS, meeting, WEIGHT)


@inner
def push_in(b: Block, meeting: int, start: int) -> bool:
    """Place the meeting here at the cost of others, if they find other places or weigh less.

    The journal has to be empty; it is empty afterwards.
    """
    bump(b, OF_TALLY, WORK, 0, 1)
    out = _make_room(b, meeting, start)
    fits = out >= 0 and place_in(b, meeting, start) == FREE
    if fits and _seat_again(b, out, rank(b, meeting)) and are_days_allowed(b, 0):
        commit(b)
        return True
    undo_to(b, 0)
    return False


@inner
def _make_room(b: Block, meeting: int, start: int) -> int:
    """Take out what is in the way of people drawn from the sides; how many, or NONE."""
    casts = get(b, OF_MEETINGS, meeting, CASTS_OF)
    if size(b, casts) == 0:
        return NONE
    cast, out, slot = item(b, casts, draw(b, size(b, casts))), 0, start
    for _ in range(get(b, OF_MEETINGS, meeting, LENGTH)):
        sides = get(b, OF_CASTS, cast, SIDES_OF)
        for side in range(size(b, sides)):
            people = item(b, sides, side)
            person = item(b, people, draw(b, size(b, people)))
            out = _free_person(b, person, slot, out)
        out = _free_helper(b, get(b, OF_CASTS, cast, HELPERS_OF), slot, out)
        out = _free_place(b, get(b, OF_CASTS, cast, PLACES_OF), slot, out)
        out = _free_place(b, get(b, OF_CASTS, cast, ROOMS_OF), slot, out)
        slot = get(b, OF_SLOTS, slot, FOLLOWING)
    return out


@inner
def _take_out(b: Block, meeting: int, out: int) -> int:
    """One more is out; NONE where it may not be moved, or too many are out already."""
    if out in (NONE, MOST_OUT) or get(b, OF_MEETINGS, meeting, MOVABLE) == 0:
        return NONE
    remove(b, meeting)
    put(b, OF_SCRATCH, out, OUT, meeting)
    return out + 1


@inner
def _free_person(b: Block, person: int, slot: int, out: int) -> int:
    """Nothing in this slot, and one meeting less where no more is allowed."""
    if get(b, OF_PEOPLE, person, SEATS) > 1:
        return out
    if get(b, OF_DAYS, person, slot) > 0:
        return _take_out(b, get(b, OF_DAYS, person, slot) - 1, out)
    if get(b, OF_COUNTS, person, 0) < get(b, OF_PEOPLE, person, MOST):
        return out
    offset = draw(b, rows(b, OF_SLOTS))
    for i in range(rows(b, OF_SLOTS)):
        other = get(b, OF_DAYS, person, (i + offset) % rows(b, OF_SLOTS)) - 1
        if other >= 0:
            return _take_out(b, other, out)
    return out


@inner
def _free_helper(b: Block, helpers: int, slot: int, out: int) -> int:
    """One interpreter drawn, where all are busy."""
    if helpers == 0:
        return out
    for i in range(size(b, helpers)):
        if get(b, OF_DAYS, item(b, helpers, i), slot) == 0:
            return out
    helper = item(b, helpers, draw(b, size(b, helpers)))
    return _take_out(b, get(b, OF_DAYS, helper, slot) - 1, out)


@inner
def _free_place(b: Block, pools: int, slot: int, out: int) -> int:
    """A meeting drawn from those in the slot, where all pools are full."""
    if pools == 0:
        return out
    for i in range(size(b, pools)):
        if get(b, OF_POOLS_USED, item(b, pools, i), slot) < capacity(b, item(b, pools, i), slot):
            return out
    offset = draw(b, rows(b, OF_PEOPLE))
    for i in range(rows(b, OF_PEOPLE)):
        person = (i + offset) % rows(b, OF_PEOPLE)
        other = get(b, OF_DAYS, person, slot) - 1
        if get(b, OF_PEOPLE, person, SEATS) == 1 and other >= 0 and _is_in(b, other, pools):
            return _take_out(b, other, out)
    return NONE


@inner
def capacity(b: Block, pool: int, slot: int) -> int:
    return get(b, OF_POOLS, pool, CAPACITY + slot)


@inner
def _is_in(b: Block, meeting: int, pools: int) -> bool:
    """Has the meeting a place or room of these pools?"""
    for i in range(size(b, pools)):
        pool = item(b, pools, i)
        if get(b, OF_PLACED, meeting, PLACE) == pool or get(b, OF_PLACED, meeting, ROOM) == pool:
            return True
    return False


@inner
def _seat_again(b: Block, out: int, gain: int) -> bool:
    """Place what was pushed out, the heaviest first. Does what stays out weigh no more?"""
    loss = 0
    for i in range(out):
        heaviest = i
        for j in range(i + 1, out):
            if rank(b, get(b, OF_SCRATCH, j, OUT)) > rank(b, get(b, OF_SCRATCH, heaviest, OUT)):
                heaviest = j
        meeting = get(b, OF_SCRATCH, heaviest, OUT)
        put(b, OF_SCRATCH, heaviest, OUT, get(b, OF_SCRATCH, i, OUT))
        if not insert(b, meeting, OF_STARTS, FEW_CHAINS):
            loss += rank(b, meeting)
            if loss > gain:
                return False
    return True


@inner
def take_turn(b: Block, meeting: int) -> None:
    """Try a few starts, drawn at random, for a meeting that is not placed."""
    if get(b, OF_PLACED, meeting, START) != NONE:
        return
    slots = rows(b, OF_SLOTS)
    for _ in range(STARTS):
        offset = draw(b, slots)
        for i in range(slots):
            start = (i + offset) % slots
            if holds(b, OF_STARTS, meeting, start):
                if push_in(b, meeting, start):
                    return
                break


@inner
def list_unplaced(b: Block, order: Ints) -> int:
    """Write the meetings that could be placed and are not, shuffled; how many there are."""
    found = 0
    for meeting in range(rows(b, OF_MEETINGS)):
        if get(b, OF_PLACED, meeting, START) == NONE and _may_be_placed(b, meeting):
            order[found] = meeting
            found += 1
    for i in range(found - 1, 0, -1):
        j = draw(b, i + 1)
        order[i], order[j] = order[j], order[i]
    return found


@inner
def _may_be_placed(b: Block, meeting: int) -> bool:
    """Is there a start for it, looking at nothing else?"""
    if get(b, OF_MEETINGS, meeting, MOVABLE) == 0:
        return False
    found = False
    for word in range(width(b, OF_STARTS)):
        found = found or get(b, OF_STARTS, meeting, word) != 0
    return found
