"""One thing that there can be more or less of, in several kinds: tables by zone, slots by session.

A total can be spread over the kinds in many ways (mixes). A *box* is a set of mixes, given by the
least and the most of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from solver.capacity.variants import Variant

Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    low: Vector
    high: Vector

    def within_total(self, total: int) -> Box | None:
        """Without what no mix of this total can have; None where there is no such mix."""
        spare, lack = total - sum(self.low), sum(self.high) - total
        if spare < 0 or lack < 0:
            return None
        both = list(zip(self.low, self.high, strict=True))
        return Box(
            tuple(max(low, high - lack) for low, high in both),
            tuple(min(high, low + spare) for low, high in both),
        )

    def halves(self) -> Iterator[Box]:
        """Two boxes, cut across the longest side."""
        sides = [high - low for low, high in zip(self.low, self.high, strict=True)]
        at = sides.index(max(sides))
        middle = (self.low[at] + self.high[at]) // 2
        yield Box(self.low, (*self.high[:at], middle, *self.high[at + 1 :]))
        yield Box((*self.low[:at], middle + 1, *self.low[at + 1 :]), self.high)


@dataclass(frozen=True, slots=True)
class Dimension:
    """``name``: the field of :class:`Variant`; ``whole``: the box of all sizes to be compared."""

    name: str
    now: Variant
    whole: Box

    @property
    def top(self) -> Variant:
        return self.variant(self.whole.high)

    def variant(self, vector: Vector) -> Variant:
        sizes = {
            "tables": self.now.tables,
            "slots": self.now.slots,
            "interpreters": self.now.interpreters,
        }
        return Variant(**sizes | {self.name: vector})

    def vector(self, variant: Variant) -> Vector:
        found: Vector = getattr(variant, self.name)
        return found

    def of_now(self, variant: Variant) -> Variant:
        """As large as this one in this dimension, and as now in all others."""
        return self.variant(self.vector(variant))

    def even(self, total: int) -> Variant:
        """The same change for every kind, as far as that goes."""
        vector = base = self.vector(self.now)
        while (missing := total - sum(vector)) != 0:
            step = 1 if missing > 0 else -1
            limit = self.whole.high if step > 0 else self.whole.low
            free = [n for n, size in enumerate(vector) if size != limit[n]]
            at = min(free, key=lambda n: (abs(vector[n] - base[n]), n * step))
            vector = (*vector[:at], vector[at] + step, *vector[at + 1 :])
        return self.variant(vector)

    def reduced(self, variant: Variant, total: int) -> Variant:
        """So many less than this one has, each taken from the kind of which there are most."""
        vector = self.vector(variant)
        for _ in range(sum(vector) - total):
            free = [n for n, size in enumerate(vector) if size > self.whole.low[n]]
            at = max(free, key=lambda n: (vector[n], -n))
            vector = (*vector[:at], vector[at] - 1, *vector[at + 1 :])
        return self.variant(vector)

    def enlarged(self, variant: Variant, total: int) -> Variant:
        """So many more than this one has, each given to the kind that may grow most."""
        vector = self.vector(variant)
        for _ in range(total - sum(vector)):
            room = [most - size for most, size in zip(self.whole.high, vector, strict=True)]
            at = room.index(max(room))
            vector = (*vector[:at], vector[at] + 1, *vector[at + 1 :])
        return self.variant(vector)
