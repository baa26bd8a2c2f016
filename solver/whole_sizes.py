"""Whole sizes that may do, the fewest first: branch and bound on the programme of ``sizes``
(Land and Doig, 1960).

Sizes that turn out to be too small, whatever the programme says, rule out all that have no more of
anything: what is left has more of one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

import numpy as np

from solver.relaxation import Real
from solver.sizes import Growing, Sized

WHOLE = 1e-6  # as near to a whole number is one
Vector = tuple[int, ...]
Solve = Callable[[Growing], Sized | None]


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """The sizes from ``growing.least`` to ``growing.most``: those that do are ``fewest`` at least.

    Of as many the newest node comes first. ``found`` None: not solved yet.
    """

    fewest: int
    age: int
    growing: Growing = field(compare=False)
    found: Sized | None = field(default=None, compare=False)

    def whole(self) -> Vector | None:
        """What the programme says, where that is whole."""
        if self.found is None or self._parts(self.found).max() > WHOLE:
            return None
        return tuple(np.rint(self.found.sizes).astype(np.int64).tolist())

    def halves(self, found: Sized) -> Iterator[Growing]:
        kind = int(self._parts(found).argmax())
        yield from self.growing.halves(kind, float(found.sizes[kind]))

    def _parts(self, found: Sized) -> Real:
        """How far from whole numbers."""
        return np.abs(found.sizes - np.rint(found.sizes))


class Branching:
    """All whole sizes of ``growing`` that may reach ``target``, in boxes.

    ``solve``: ``sizes.least_sizes`` for the target, None where there is no time for it.
    """

    def __init__(self, growing: Growing, target: int, solve: Solve) -> None:
        self.growing = growing
        self.target = target
        self.solve = solve
        self.open: list[Node] = []
        self.small: list[Vector] = []
        self.doubted: dict[Vector, int] = {}  # and how many sizes like them are at least
        self._age = 0
        self._put(growing, 0)

    def is_begun(self) -> bool:
        """Was any programme solved?"""
        return self._age < -1 or not self.open

    def fewest(self) -> int | None:
        """So many are needed at least, in all; None where no sizes do."""
        first = (node.fewest for node in self.open[:1])
        return min([*self.doubted.values(), *first], default=None)

    def first(self) -> Vector | None:
        """The fewest sizes that nothing speaks against, as far as is known by now."""
        sizes = self.open[0].whole() if self.open else None
        return None if sizes is None or self._above(sizes) is not None else sizes

    def candidate(self) -> Vector | None:
        """The first ones, found where they are not known yet; None where there is no time for it,
        or nothing is left.
        """
        while self.open and self.first() is None:
            node = self.open[0]
            if node.found is not None:
                self._divide(heappop(self.open), node.found)
            elif not self._solve(node):
                return None
        return self.first()

    def _divide(self, node: Node, found: Sized) -> None:
        sizes = node.whole()
        limits = None if sizes is None else self._above(sizes)
        boxes = node.halves(found) if limits is None else _larger(node.growing, limits)
        for box in boxes:
            self._put(box, node.fewest)

    def rule_out(self, sizes: Vector) -> None:
        """These are known to be too small."""
        self.small.append(sizes)

    def doubt(self) -> None:
        """The candidate may do, but others are to be looked at first."""
        sizes = self.first()
        if sizes is not None:
            self.doubted[sizes] = self.open[0].fewest

    def reconsider(self) -> None:
        """What was doubted comes back."""
        doubted, self.doubted = self.doubted, {}
        for sizes, fewest in doubted.items():
            self._put(replace(self.growing, most=sizes), fewest)

    def _above(self, sizes: Vector) -> Vector | None:
        """Something too small, or in doubt, that has all of these."""
        known = (*self.small, *self.doubted)
        return next((each for each in known if has_all(each, sizes)), None)

    def _solve(self, node: Node) -> bool:
        """Put the first node back with what its programme says, if sizes of it do at all."""
        found = self.solve(node.growing)
        if found is None:
            return False
        heappop(self.open)
        growing = node.growing
        needs = growing.needs(found.prices, self.target)
        fewest = needs.fewest(growing.least, growing.most)
        if fewest is not None:
            self._put(growing, max(node.fewest, fewest), found)
        return True

    def _put(self, growing: Growing, fewest: int, found: Sized | None = None) -> None:
        self._age -= 1
        heappush(self.open, Node(fewest, self._age, growing, found))


def has_all(sizes: Vector, others: Vector) -> bool:
    return all(mine >= theirs for mine, theirs in zip(sizes, others, strict=True))


def _larger(growing: Growing, limits: Vector) -> Iterator[Growing]:
    """More than ``limits`` of one kind, and of those before it no more."""
    most = list(growing.most)
    for kind, limit in enumerate(limits):
        if limit < most[kind]:
            least = list(growing.least)
            least[kind] = max(least[kind], limit + 1)
            yield replace(growing, least=tuple(least), most=tuple(most))
        most[kind] = min(most[kind], limit)
        if most[kind] < growing.least[kind]:
            return
