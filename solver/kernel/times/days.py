"""A person's day as bits: which slots are busy, what the breaks between them cost."""

from __future__ import annotations

import numpy as np

from solver.kernel.compiling import inlined
from solver.kernel.times.arrays import BEYOND, BROKEN, NONE, TOTAL, WORD, Times

PENALTY = 1.0  # for a break too many, beside what it costs
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)  # each run of six bits in it is another one
TOP = np.uint64(58)
_POSITIONS = np.zeros(64, dtype=np.int64)
for _each in range(64):
    _POSITIONS[(int(DE_BRUIJN) << _each & 0xFFFFFFFFFFFFFFFF) >> 58] = _each


@inlined
def trailing(word: int) -> int:
    """The position of the lowest bit that is set; one has to be. (Leiserson, Prokop and Randall,
    *Using de Bruijn sequences to index a 1 in a computer word*, 1998)
    """
    return _POSITIONS[np.uint64(word & -word) * DE_BRUIJN >> TOP]


@inlined
def toggle(t: Times, person: int, slot: int) -> None:
    """Busy becomes idle, idle becomes busy."""
    t.busy[person, t.word_of[person, slot]] ^= t.bit_of[person, slot]


@inlined
def look_at(t: Times, person: int) -> tuple[int, float]:
    """The breaks of a person, and what they cost."""
    count, cost, idle, begun = 0, 0.0, 0, False
    for each in range(t.busy.shape[1]):
        if t.goes_on[person, each] == 0:
            idle, begun = 0, False
        word, left = t.busy[person, each], WORD
        while word != 0:
            gap = trailing(word)
            idle += gap
            if begun and idle > 0:
                count += 1
                cost += t.prices[idle]
            run = trailing(~(word >> gap))
            word >>= gap + run
            idle, begun, left = 0, True, left - gap - run
        idle += left
    return count, cost + PENALTY * max(0, count - t.most)


@inlined
def note(t: Times, person: int, count: int, cost: float) -> None:
    """This is now the person's day."""
    before = t.counts[person]
    t.tally[TOTAL] += count - before
    t.tally[BEYOND] += max(0, count - t.most) - max(0, before - t.most)
    t.counts[person] = count
    t.costs[person] = cost
    if before == 0 and count > 0:
        t.listed[person] = t.tally[BROKEN]
        t.broken[t.tally[BROKEN]] = person
        t.tally[BROKEN] += 1
    elif before > 0 and count == 0:
        t.tally[BROKEN] -= 1
        last, place = t.broken[t.tally[BROKEN]], t.listed[person]
        t.broken[place] = last
        t.listed[last] = place
        t.listed[person] = NONE
