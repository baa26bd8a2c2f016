"""All documents of an event laid out beside one another, so that thousands are narrowed, counted
and sorted at once.

A set of documents is a mask: whether each belongs to it. A code is a number, and every code that
a document has is a line: the document's place, and the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matchmaker.catalogue.known import Codebook, Known

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

FIRST_ARABIC, LAST_ARABIC = "\u0600", "\u06ff"


class Inventory:
    """``known`` stand in the order of their names; so do those that another order leaves equal."""

    def __init__(self, known: Iterable[Known], codebook: Codebook) -> None:
        self.known = sorted(known, key=lambda one: (one.name_key, one.number))
        self.codebook = codebook

    @cached_property
    def numbers(self) -> Places:
        return np.array([one.number for one in self.known], dtype=np.int64)

    @cached_property
    def entries(self) -> Mask:
        return np.array([one.entry_id is not None for one in self.known], dtype=np.bool_)

    def at(self, places: Any) -> Mask:
        mask = np.zeros(len(self.known), dtype=np.bool_)
        mask[places] = True
        return mask

    def of_people(self, ids: Collection[str]) -> Mask:
        """The documents of these people themselves."""
        return self.at([self._person_at[id_] for id_ in ids if id_ in self._person_at])

    def of_organisation(self, id_: str) -> Mask:
        return np.array([one.organisation_id == id_ for one in self.known], dtype=np.bool_)

    def with_any(self, facet: str, codes: Iterable[str]) -> Mask:
        """What has one of these codes at least."""
        numbers = [self.codebook.number(facet, code) for code in codes]
        is_one = np.isin(self._lines[1], [number for number in numbers if number is not None])
        return self.at(self._lines[0][is_one])

    def counts(self, mask: Mask) -> dict[str, Counter[str]]:
        """By facet, how many of these have each code."""
        places, numbers = self._lines
        counted = np.bincount(numbers[mask[places]], minlength=1)
        found: dict[str, Counter[str]] = {}
        for number in np.flatnonzero(counted).tolist():
            facet, code = self.codebook.named(number)
            found.setdefault(facet, Counter())[code] = int(counted[number])
        return found

    def places_of(self, numbers: Sequence[int]) -> Places:
        """Where the documents with these numbers stand; -1 for one of another event."""
        sought = np.array(numbers, dtype=np.int64)
        if not self.known:
            return np.full(len(sought), -1, dtype=np.int64)
        own, places = self._rising
        nearest = np.minimum(np.searchsorted(own, sought), len(own) - 1)
        found: Places = np.where(own[nearest] == sought, places[nearest], -1)
        return found

    def by_name(self, *, arabic_first: bool) -> Places:
        """An Arabic page begins with Arabic names, others end with them."""
        later = self._is_arabic("name_key") ^ arabic_first
        return np.argsort(later, kind="stable")

    def by_organisation(self, *, arabic_first: bool) -> Places:
        """Who has none comes last."""
        later = self._is_arabic("organisation_key") ^ arabic_first
        return np.array(
            sorted(range(len(self.known)), key=lambda place: self._house(place, later)),
            dtype=np.int64,
        )

    @cached_property
    def newest_first(self) -> Places:
        moments = np.array([one.created_at.timestamp() for one in self.known], dtype=np.float64)
        return np.argsort(-moments, kind="stable")

    def _house(self, place: int, later: Mask) -> tuple[bool, bool, str]:
        key = self.known[place].organisation_key
        return key == "", bool(later[place]), key

    def _is_arabic(self, key: str) -> Mask:
        return np.array(
            [FIRST_ARABIC <= getattr(one, key) <= LAST_ARABIC for one in self.known],
            dtype=np.bool_,
        )

    @cached_property
    def _person_at(self) -> dict[str, int]:
        return {
            one.participant_id: place
            for place, one in enumerate(self.known)
            if one.entry_id is None
        }

    @cached_property
    def _lines(self) -> tuple[Places, npt.NDArray[np.int32]]:
        """The place of the document, and the number of the code."""
        each = [one.marks for one in self.known]
        if not each:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        places = np.repeat(np.arange(len(each)), [len(marks) for marks in each])
        return places, np.concatenate(each)

    @cached_property
    def _rising(self) -> tuple[Places, Places]:
        """The numbers of all documents, rising, and where each stands."""
        places = np.argsort(self.numbers)
        return self.numbers[places], places
