"""Pairs of meetings in the wrong order, each counted once."""

from __future__ import annotations

from solver.kernel.compiling import inlined
from solver.kernel.times.arrays import NONE, Times

PENALTY = 1.0  # for each


@inlined
def count_wrong(t: Times, length: int, stamp: int) -> int:
    """Of the first so many meetings of the chain, all marked with the stamp."""
    wrong = 0
    for position in range(length):
        meeting = t.chain[position]
        if t.slots[meeting] == NONE:
            continue
        for i in range(t.before.shape[1]):
            earlier = t.before[meeting, i]
            if earlier == NONE:
                break
            wrong += t.slots[earlier] >= t.slots[meeting]
        for i in range(t.after.shape[1]):
            later = t.after[meeting, i]
            if later == NONE:
                break
            follows = t.slots[later] == NONE or t.slots[later] > t.slots[meeting]
            wrong += t.mark[later] != stamp and not follows
    return wrong
