"""The rules as sums over classes of slots: rows of a linear programme, and the bound they give.

A variable is a meeting that starts so that it takes certain classes of slots. Rows say what
people, sets of places and interpreters can take in each class, and how many meetings somebody or
an exclusive list may have at all; each meeting is taken once at most. Every valid schedule fits.

The bound is counted from the rows' prices in whole numbers: any prices that are not negative
give a true bound (weak duality), so the floating point of a solver can make it weaker, never
false.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import NDArray

from solver.problem import Meeting
from solver.slot_classes import SlotClasses, Span

SCALE = 1 << 20  # prices are rounded to fractions of it
HALF = 32  # bits in which long sums are split, so that none runs over

Whole = NDArray[np.int64]
Index = NDArray[np.int32]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """``sum of factor x variable <= limit``, entry by entry (limits: R rows)."""

    limit: Whole
    row: Index
    variable: Index
    factor: Index

    @cached_property
    def count(self) -> int:
        return len(self.limit)

    def reachable(self) -> NDArray[np.bool_]:
        """Of each row, whether all of its variables together would break it."""
        return np.asarray(self.most > self.limit)

    @cached_property
    def most(self) -> Real:
        """What all variables of each row come to."""
        most = np.bincount(self.row, weights=self.factor, minlength=self.count)
        return most.astype(np.float64)

    def chosen(self, kept: NDArray[np.bool_]) -> Rows:
        """Without the other rows."""
        number = np.cumsum(kept) - 1
        stays = kept[self.row]
        row = number[self.row[stays]].astype(np.int32)
        return Rows(self.limit[kept], row, self.variable[stays], self.factor[stays])


@dataclass(frozen=True)
class Relaxation:
    """``meeting[v]`` and ``span[v]`` (numbers in ``meetings`` and ``spans``) of each variable.

    Variables of one meeting stand together, in the order of ``meetings`` (sorted by id). One whose
    sides can send few people stands there once for each way to send them.
    ``fixed``: the weight of what has begun and stays.
    """

    classes: SlotClasses
    meetings: tuple[Meeting, ...]
    spans: tuple[Span, ...]
    meeting: Index
    span: Index
    rows: Rows
    fixed: int

    @cached_property
    def weight(self) -> Whole:
        """Of each meeting."""
        return np.array([meeting.weight for meeting in self.meetings], dtype=np.int64)

    @property
    def size(self) -> int:
        return len(self.meeting)

    def bound(self, prices: Real) -> int:
        """What no schedule can beat: what the rows cost plus what meetings earn above."""
        if not self.meetings:
            return self.fixed
        total = self.worth(self.scaled(prices)) // SCALE
        step = gcd(*self.weight.tolist()) or 1
        return self.fixed + total // step * step

    def scaled(self, prices: Real) -> Whole:
        """Prices in whole numbers, ``SCALE`` to one."""
        highest = int(self.weight.max()) + 1  # above it, a row takes no meeting anyway
        return np.rint(np.clip(prices, 0.0, highest) * SCALE).astype(np.int64)

    def worth(self, scaled: Whole) -> int:
        """What rows cost at these prices and meetings earn above them, times ``SCALE``: all that
        is not ``fixed`` weighs no more.
        """
        best = np.zeros(len(self.meetings), dtype=np.int64)
        np.maximum.at(best, self.meeting, self._margins(scaled))
        return sum(limit * price for limit, price in self._priced(scaled)) + _sum(best)

    def margins(self, prices: Real) -> Real:
        """What each variable earns above what its rows cost."""
        return self._margins(np.rint(prices * SCALE).astype(np.int64)) / SCALE

    def _margins(self, scaled: Whole) -> Whole:
        margins = self.weight[self.meeting] * SCALE
        rows = self.rows
        np.subtract.at(margins, rows.variable, rows.factor * scaled[rows.row])
        return margins

    def _priced(self, scaled: Whole) -> list[tuple[int, int]]:
        used = np.flatnonzero(scaled)
        return list(zip(self.rows.limit[used].tolist(), scaled[used].tolist(), strict=True))


def _sum(numbers: Whole) -> int:
    """The sum of numbers >= 0, of any size."""
    high = int((numbers >> HALF).sum())
    low = int((numbers & ((1 << HALF) - 1)).sum())
    return (high << HALF) + low
