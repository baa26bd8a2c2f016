"""Casts and lists turned round: from people, pools and exclusive lists to their meetings."""

from __future__ import annotations

import numpy as np

from solver.kernel.arrays import (
    CASTS_OF,
    EXCLUSIVE_OF,
    OF_CASTS,
    OF_COUNTS,
    OF_LISTS,
    OF_MEETINGS,
    OF_POOLS,
    PLACES_OF,
    ROOMS_OF,
    SIDES_OF,
    Block,
    Ints,
    view,
)


def directory(block: Block) -> Ints:
    """Lists of meetings, each with its size before it, headed by where each begins.

    First those of resources and exclusive lists, as in OF_COUNTS, then those of pools.
    """
    counts = len(view(block, OF_COUNTS))
    found: list[dict[int, None]] = [{} for _ in range(counts + len(view(block, OF_POOLS)))]
    casts, entries = view(block, OF_CASTS).tolist(), _Entries(block)
    for meeting, row in enumerate(view(block, OF_MEETINGS).tolist()):
        for group in entries.of(row[EXCLUSIVE_OF]):
            found[group][meeting] = None
        for cast in entries.of(row[CASTS_OF]):
            for side in entries.of(casts[cast][SIDES_OF]):
                for person in entries.of(side):
                    found[person][meeting] = None
            for wanted in (PLACES_OF, ROOMS_OF):
                for pool in entries.of(casts[cast][wanted]):
                    found[counts + pool][meeting] = None
    return _packed(found)


class _Entries:
    def __init__(self, block: Block) -> None:
        self.lists: list[int] = view(block, OF_LISTS).reshape(-1).tolist()

    def of(self, head: int) -> list[int]:
        return self.lists[head + 1 : head + 1 + self.lists[head]]


def _packed(lists: list[dict[int, None]]) -> Ints:
    values: list[int] = []
    heads: list[int] = []
    for each in lists:
        heads.append(len(lists) + len(values))
        values += [len(each), *each]
    return np.array([*heads, *values], dtype=np.int64)
