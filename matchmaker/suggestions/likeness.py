"""How alike bags of codes or words are: the cosine between them, rare ones weighing more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, log1p, sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

Bag = tuple[str, ...] | frozenset[str]  # words, or codes
REMEMBERED = 16_384  # bags that are compared again and again


class Index:
    """Bags, each at a place from 0 on, found by what is in them."""

    def __init__(self, bags: Sequence[Iterable[str]]) -> None:
        self.size = len(bags)
        self._direction = lru_cache(REMEMBERED)(self._weigh)
        self._number: dict[str, int] = {}
        place, number = self._pairs(bags)
        pairs, times = np.unique(place * max(1, len(self._number)) + number, return_counts=True)
        place, number = np.divmod(pairs, max(1, len(self._number)))
        known_by = np.bincount(number, minlength=len(self._number))
        self._rarity = np.log1p(self.size / np.maximum(1, known_by)).astype(np.float32)
        weight = (1 + np.log(times)).astype(np.float32) * self._rarity[number]
        length = np.sqrt(np.bincount(place, weight**2, minlength=self.size))
        weight /= np.maximum(length, 1e-9).astype(np.float32)[place]
        order = np.argsort(number, kind="stable")
        self._place, self._weight = place[order], weight[order]
        self._start = np.concatenate([[0], np.cumsum(known_by)])

    def like(self, bag: Iterable[str]) -> Floats:
        """Of each place from 0, nothing in common, to 1, the same."""
        found = np.zeros(self.size, dtype=np.float32)
        counted = Counter(bag)
        known = [(self._number[item], n) for item, n in counted.items() if item in self._number]
        if not known:
            return found
        numbers = np.array([number for number, _n in known])
        weights = (1 + np.log([n for _number, n in known])) * self._rarity[numbers]
        strange = np.log1p(self.size) ** 2 * (len(counted) - len(known))
        weights /= np.sqrt((weights**2).sum() + strange)
        for number, weight in zip(numbers, weights, strict=True):
            part = slice(self._start[number], self._start[number + 1])
            found[self._place[part]] += self._weight[part] * np.float32(weight)
        return found

    def between(self, one: Bag, other: Bag) -> float:
        """The same of two bags that need not have a place here."""
        weights, others = self._direction(one), self._direction(other)
        return sum(weight * others[item] for item, weight in weights.items() if item in others)

    def rarity(self, item: str) -> float:
        """How much it says that two have it in common; most of what nobody here has."""
        number = self._number.get(item)
        return float(self._rarity[number]) if number is not None else log1p(self.size)

    def _weigh(self, bag: Bag) -> Mapping[str, float]:
        """What is in the bag, so that all of it together has the length 1."""
        weights = {item: (1 + log(n)) * self.rarity(item) for item, n in Counter(bag).items()}
        length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {item: weight / length for item, weight in weights.items()}

    def _pairs(self, bags: Sequence[Iterable[str]]) -> tuple[Places, Places]:
        number = self._number
        items = [[number.setdefault(item, len(number)) for item in bag] for bag in bags]
        sizes = [len(bag) for bag in items]
        flat = np.fromiter((item for bag in items for item in bag), np.int64, sum(sizes))
        return np.repeat(np.arange(len(bags)), sizes), flat
