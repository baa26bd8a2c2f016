"""Where annealing begins: everybody's day as the slots of meetings make it."""

from __future__ import annotations

from solver.kernel.compiling import inlined
from solver.kernel.times.arrays import MISSING, NONE, Times
from solver.kernel.times.days import look_at, note, toggle


@inlined
def begin(t: Times) -> None:
    """Fill in all that follows from ``slots``; the arrays are as new."""
    for meeting in range(len(t.slots)):
        slot = t.slots[meeting]
        if slot == NONE:
            t.missing[t.tally[MISSING]] = meeting
            t.tally[MISSING] += 1
            continue
        for side in range(2):
            t.held[t.people[meeting, side], slot] = meeting
            toggle(t, t.people[meeting, side], slot)
        if t.pool[meeting] != NONE:
            t.used[t.pool[meeting], slot] += 1
    for person in range(len(t.counts)):
        count, cost = look_at(t, person)
        note(t, person, count, cost)
