"""Two slots swapped along a Kempe chain: nobody is ever double-booked.

Only people at the ends of a chain change their day (Thompson and Dowsland, *Variants of simulated
annealing for the examination timetabling problem*, Annals of OR 63, 1996).
"""

from __future__ import annotations

from solver.kernel.compiling import inlined
from solver.kernel.times.arrays import NONE, STAMP, WRONG, Times
from solver.kernel.times.days import look_at, note, toggle
from solver.kernel.times.orders import PENALTY, count_wrong


@inlined
def swap(t: Times, meeting: int, there: int, most: float) -> None:
    """Take the meeting to another slot, with all that hangs together with it, if that is no more
    than so much dearer.
    """
    here = t.slots[meeting]
    length, closed = _connect(t, meeting, here, there)
    if length == 0 or not _has_room(t, length, here, there):
        return
    wrong = _disorder(t, length, here, there)
    seen, is_taken = _look_at_ends(t, closed, here, there, most - PENALTY * wrong)
    if is_taken:
        t.tally[WRONG] += wrong
        _take(t, length, closed, here, there)
        return
    for position in range(seen):
        toggle(t, t.ends[position], here)
        toggle(t, t.ends[position], there)


@inlined
def _connect(t: Times, first: int, here: int, there: int) -> tuple[int, int]:
    """Leave in ``chain`` the chain of a meeting between two slots and in ``ends`` the people at
    its ends; return the lengths of both. 0, 0 where a meeting may not be in the other slot.
    """
    t.tally[STAMP] += 1
    stamp = t.tally[STAMP]
    t.chain[0] = first
    t.mark[first] = stamp
    length, closed, seen = 1, 0, 0
    while seen < length:
        meeting = t.chain[seen]
        seen += 1
        slot = t.slots[meeting]
        for side in range(2):
            person = t.people[meeting, side]
            rival = t.held[person, here + there - slot]
            if rival == NONE:
                t.ends[closed] = person
                closed += 1
            elif t.mark[rival] != stamp:
                if t.allowed[rival, slot] == 0:
                    return 0, 0
                t.mark[rival] = stamp
                t.chain[length] = rival
                length += 1
    return length, closed


@inlined
def _has_room(t: Times, length: int, here: int, there: int) -> bool:
    """Do the pools hold what the swap brings? Leaves in ``change`` what each gains in there."""
    for pool in range(len(t.change)):
        t.change[pool] = 0
    for position in range(length):
        meeting = t.chain[position]
        if t.pool[meeting] != NONE:
            t.change[t.pool[meeting]] += 1 if t.slots[meeting] == here else -1
    for pool in range(len(t.change)):
        gain = t.change[pool]
        if gain > 0 and t.used[pool, there] + gain > t.capacity[pool, there]:
            return False
        if gain < 0 and t.used[pool, here] - gain > t.capacity[pool, here]:
            return False
    return True


@inlined
def _look_at_ends(t: Times, closed: int, here: int, there: int, most: float) -> tuple[int, bool]:
    """Change the days of these people, until it is clear that all is dearer than ``most``.

    Returns how many were changed, and whether all may be. Nobody can win more than they cost.
    """
    left = most
    for position in range(closed):
        left += t.costs[t.ends[position]]
    for position in range(closed):
        if left < 0.0:
            return position, False
        person = t.ends[position]
        toggle(t, person, here)
        toggle(t, person, there)
        t.new_counts[position], t.new_costs[position] = look_at(t, person)
        left -= t.new_costs[position]
    return closed, left >= 0.0


@inlined
def _disorder(t: Times, length: int, here: int, there: int) -> int:
    """How many pairs more the swap would bring into the wrong order."""
    if t.before.shape[1] == 1:
        return 0
    before = count_wrong(t, length, t.tally[STAMP])
    _turn(t, length, here, there)
    after = count_wrong(t, length, t.tally[STAMP])
    _turn(t, length, here, there)
    return after - before


@inlined
def _turn(t: Times, length: int, here: int, there: int) -> None:
    for position in range(length):
        t.slots[t.chain[position]] = here + there - t.slots[t.chain[position]]


@inlined
def _take(t: Times, length: int, closed: int, here: int, there: int) -> None:
    """Do what was looked at; people inside the chain are busy in both slots as before."""
    for position in range(closed):
        person = t.ends[position]
        t.held[person, here] = t.held[person, there] = NONE
        note(t, person, t.new_counts[position], t.new_costs[position])
    _turn(t, length, here, there)
    for position in range(length):
        meeting = t.chain[position]
        for side in range(2):
            t.held[t.people[meeting, side], t.slots[meeting]] = meeting
    for pool in range(len(t.change)):
        t.used[pool, here] -= t.change[pool]
        t.used[pool, there] += t.change[pool]
