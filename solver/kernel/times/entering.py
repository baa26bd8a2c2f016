"""Meetings that have no slot yet: one comes in, what is in its way goes out.

Partial schedules in which nothing collides (Blöchliger and Zufferey, *A graph coloring heuristic
using partial solutions and a reactive tabu scheme*, Computers & OR 35, 2008), with chance in
place of tabus.
"""

from __future__ import annotations

from solver.kernel.compiling import inlined
from solver.kernel.times.arrays import MISSING, NONE, STAMP, WRONG, Times
from solver.kernel.times.chance import draw
from solver.kernel.times.days import look_at, note, toggle
from solver.kernel.times.orders import PENALTY, count_wrong

PRICE = 3.0  # of a meeting that is missing, in breaks


@inlined
def enter(t: Times, most: float) -> None:
    """Let one of those that are missing in, anywhere, if that is no more than so much dearer."""
    chosen = draw(t, t.tally[MISSING])
    meeting = t.missing[chosen]
    slot = t.options[meeting, draw(t, t.starts[meeting])]
    length = _crowd(t, meeting, slot)
    if length == 0:
        return
    touched = _look_at_people(t, length, slot)
    dearer = PRICE * (length - 2)  # the first of the list comes in, the others go out
    for position in range(touched):
        dearer += t.new_costs[position] - t.costs[t.ends[position]]
    wrong = _disorder(t, length, slot)
    if dearer + PENALTY * wrong <= most:
        t.tally[WRONG] += wrong
        _take(t, length, touched, slot, chosen)
    else:
        _toggle_all(t, length, slot)


@inlined
def _crowd(t: Times, meeting: int, slot: int) -> int:
    """Leave in ``chain`` the meeting and what has to go for it; 0 where it has no place at all."""
    t.tally[STAMP] += 1
    length = _append(t, 0, meeting)
    for side in range(2):
        rival = t.held[t.people[meeting, side], slot]
        if rival != NONE and t.mark[rival] != t.tally[STAMP]:
            length = _append(t, length, rival)
    pool = t.pool[meeting]
    if pool == NONE:
        return length
    seats = t.used[pool, slot] + 1
    for position in range(1, length):
        seats -= t.pool[t.chain[position]] == pool
    if seats <= t.capacity[pool, slot]:
        return length
    another = _draw_from(t, pool, slot)
    return 0 if another == NONE else _append(t, length, another)


@inlined
def _append(t: Times, length: int, meeting: int) -> int:
    t.chain[length] = meeting
    t.mark[meeting] = t.tally[STAMP]
    return length + 1


@inlined
def _draw_from(t: Times, pool: int, slot: int) -> int:
    """Any meeting in this slot that takes a place of the pool and is not on the list yet."""
    found, seen = NONE, 0
    for each in range(len(t.slots)):
        if t.slots[each] == slot and t.pool[each] == pool and t.mark[each] != t.tally[STAMP]:
            seen += 1
            if draw(t, seen) == 0:
                found = each
    return found


@inlined
def _toggle_all(t: Times, length: int, slot: int) -> None:
    for position in range(length):
        for side in range(2):
            toggle(t, t.people[t.chain[position], side], slot)


@inlined
def _look_at_people(t: Times, length: int, slot: int) -> int:
    """Change all days; leave in ``ends`` whose they are, each once, and return how many."""
    _toggle_all(t, length, slot)
    touched = 0
    for position in range(length):
        for side in range(2):
            person = t.people[t.chain[position], side]
            seen = 0
            while seen < touched and t.ends[seen] != person:
                seen += 1
            if seen == touched:
                t.ends[touched] = person
                t.new_counts[touched], t.new_costs[touched] = look_at(t, person)
                touched += 1
    return touched


@inlined
def _disorder(t: Times, length: int, slot: int) -> int:
    """How many pairs more would be in the wrong order."""
    if t.before.shape[1] == 1:
        return 0
    before = count_wrong(t, length, t.tally[STAMP])
    _turn(t, length, slot)
    after = count_wrong(t, length, t.tally[STAMP])
    _turn(t, length, slot)
    return after - before


@inlined
def _turn(t: Times, length: int, slot: int) -> None:
    """What is in the slot goes out, what is out comes in."""
    for position in range(length):
        meeting = t.chain[position]
        t.slots[meeting] = slot if t.slots[meeting] == NONE else NONE


@inlined
def _take(t: Times, length: int, touched: int, slot: int, chosen: int) -> None:
    """Do what was looked at. ``chosen``: where on the list of missing ones the meeting was."""
    _turn(t, length, slot)
    for position in range(touched):
        note(t, t.ends[position], t.new_counts[position], t.new_costs[position])
    t.tally[MISSING] -= 1
    t.missing[chosen] = t.missing[t.tally[MISSING]]
    for position in range(length - 1, -1, -1):  # the first comes in last
        meeting = t.chain[position]
        for side in range(2):
            t.held[t.people[meeting, side], slot] = meeting if position == 0 else NONE
        if t.pool[meeting] != NONE:
            t.used[t.pool[meeting], slot] += 1 if position == 0 else -1
        if position > 0:
            t.missing[t.tally[MISSING]] = meeting
            t.tally[MISSING] += 1
