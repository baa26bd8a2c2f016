"""From Python's collections to the kernel's arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from solver.kernel.arrays import Ints


class Lists:
    """Lists of numbers, one behind another; each is known by where it begins."""

    def __init__(self) -> None:
        self.values: list[int] = [0]  # the empty list

    def take(self, numbers: Sequence[int]) -> int:
        """Put a list behind the others and say where."""
        if not numbers:
            return 0
        begin = len(self.values)
        self.values.append(len(numbers))
        self.values.extend(numbers)
        return begin

    def array(self) -> Ints:
        return np.array(self.values, dtype=np.int64).reshape(-1, 1)


def columns(wide: int, *values: Iterable[int]) -> Ints:
    """A table of so many columns from its columns."""
    return table(wide, list(zip(*values, strict=True)))


def table(wide: int, rows: Sequence[Sequence[int]]) -> Ints:
    """A table of so many columns, also where it has no rows."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), wide)


def words(sets: Sequence[Iterable[int]], slots: int) -> Ints:
    """One row of words of 64 bits for each set of slots."""
    wide = max(1, (slots + 63) // 64)
    rows: dict[Any, tuple[int, ...]] = {}
    found = np.zeros((len(sets), wide), dtype=np.int64)
    for number, each in enumerate(sets):
        row = rows.get(each)
        if row is None:
            whole = 0
            for slot in each:
                whole |= 1 << slot
            row = tuple(_signed(whole >> (64 * word)) for word in range(wide))
            rows[each] = row
        found[number] = row
    return found


def _signed(word: int) -> int:
    """The lowest 64 bits as a signed number."""
    return ((word + (1 << 63)) & ((1 << 64) - 1)) - (1 << 63)
