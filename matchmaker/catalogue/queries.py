"""What is asked of the catalogue, and what it finds: in order, counted, by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.catalogue.asking import asked_words
from matchmaker.catalogue.fulltext import ranks_of
from matchmaker.catalogue.inventory import Inventory, Mask, Places
from matchmaker.catalogue.known import Known
from matchmaker.catalogue.models import Bookmark
from matchmaker.catalogue.remembering import inventory_of
from matchmaker.participants.models import Participant
from matchmaker.wishes.queries import grades_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Words, codes by facet, and in which order; all of it from an address, so anything."""

    q: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = ""
    language: str = "en"  # whose alphabet comes first


@dataclass(frozen=True)
class Search:
    """Documents of one kind that fit what is asked: ``base`` are all of them. The database looks
    for words, the inventory for everything else.
    """

    session: Session
    event_id: str
    inventory: Inventory
    base: Mask
    asked: Asked
    unasked_order: str  # without words, or when told so

    def count(self) -> int:
        return int(self._found.sum())

    def rows(self, offset: int, limit: int) -> list[Known]:
        """Some of the documents found, in the order asked for."""
        order = self._best_first() if self._is_by_relevance else self._in_order()
        cut = order[offset : offset + limit]
        return [self.inventory.known[place] for place in cut.tolist()]

    def counts(self, facets: Iterable[str]) -> dict[str, Counter[str]]:
        """How many there would be with each code: those of a facet count what the others leave."""
        together = self.inventory.counts(self._found)
        return {
            facet: self.inventory.counts(self._mask(without=facet)).get(facet, Counter())
            if facet in self._with_code
            else together.get(facet, Counter())
            for facet in facets
        }

    @cached_property
    def words(self) -> Sequence[Sequence[str]]:
        return asked_words(self.asked.q)

    @property
    def _is_by_relevance(self) -> bool:
        return bool(self.words) and self.asked.order in ("", "relevance")

    def _best_first(self) -> Places:
        places, *ranks = self._ranked
        is_found = self._found[places]
        order = np.lexsort((self.inventory.numbers[places], *reversed(ranks)))
        best: Places = places[order[is_found[order]]]
        return best

    def _in_order(self) -> Places:
        order = self.asked.order if self.asked.order in ORDERS else self.unasked_order
        arabic_first = self.asked.language == "ar"
        if order == "newest":
            places = self.inventory.newest_first
        elif order == "organisation":
            places = self.inventory.by_organisation(arabic_first=arabic_first)
        else:
            places = self.inventory.by_name(arabic_first=arabic_first)
        return places[self._found[places]]

    @cached_property
    def _found(self) -> Mask:
        return self._mask()

    def _mask(self, without: str = "") -> Mask:
        mask = self._all
        for facet, of_facet in self._with_code.items():
            if facet != without:
                mask = mask & of_facet
        return mask

    @cached_property
    def _all(self) -> Mask:
        """Whatever is chosen."""
        return self.base & self.inventory.at(self._ranked[0]) if self.words else self.base

    @cached_property
    def _ranked(self) -> tuple[Places, Places, Floats]:
        """The documents with the words: where they stand, and how much each says of them."""
        own_numbers = self.inventory.numbers[self.base].tolist()
        numbers, depths, ranks = ranks_of(self.session, self.words, own_numbers)
        places = self.inventory.places_of(numbers)
        own = places >= 0
        return places[own], np.array(depths, dtype=np.int64)[own], np.array(ranks)[own]

    @cached_property
    def _with_code(self) -> Mapping[str, Mask]:
        """By facet, what has one of the codes chosen of it."""
        return {
            facet: self.inventory.with_any(facet, codes)
            for facet, codes in self.asked.chosen.items()
            if codes
        }


ORDERS = ("relevance", "name", "organisation", "newest")
AMONG = ("bookmarked", "new")


def search_people(
    session: Session, me: Participant, asked: Asked, *, organisation: str = "", group: str = ""
) -> Search:
    """The others who can be found: all of them, those of an organisation, ``bookmarked`` ones,
    or those of whom I have said nothing yet (``new``).
    """
    inventory = inventory_of(session, me.event_id)
    base = ~inventory.entries & ~inventory.of_people([me.id])
    if organisation:
        base &= inventory.of_organisation(organisation)
    if group == "bookmarked":
        base &= inventory.of_people(bookmarks_of(session, me))
    if group == "new":
        base &= ~inventory.of_people(grades_of(session, me))
    return Search(session, me.event_id, inventory, base, asked, "name")


def search_entries(session: Session, event_id: str, asked: Asked) -> Search:
    inventory = inventory_of(session, event_id)
    return Search(session, event_id, inventory, inventory.entries, asked, "newest")


def bookmarks_of(session: Session, me: Participant) -> set[str]:
    marked = Bookmark.event_id == me.event_id, Bookmark.from_id == me.id
    return set(session.scalars(select(Bookmark.to_id).where(*marked)))
