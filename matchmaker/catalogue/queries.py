"""What is asked of the catalogue, and what it finds: in order, counted, by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from matchmaker.catalogue.asking import asked_words
from matchmaker.catalogue.fulltext import Rank, among, numbers_of, ranks_of
from matchmaker.catalogue.models import Bookmark, Document, DocumentCode
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish

NUMBER = Document.__table__.c.number  # past the mapper: thousands are read
FIRST_ARABIC, LAST_ARABIC = "\u0600", "\u06ff"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Words, codes by facet, and in which order; all of it from an address, so anything."""

    q: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = ""
    language: str = "en"  # whose alphabet comes first


@dataclass(frozen=True)
class Search:
    """Documents of one kind that fit what is asked. The database counts, sorts and cuts."""

    session: Session
    base: Sequence[ColumnElement[bool]]
    event_id: str
    asked: Asked
    unasked_order: str  # without words, or when told so

    @cached_property
    def words(self) -> Sequence[Sequence[str]]:
        return asked_words(self.asked.q)

    def count(self) -> int:
        return len(self.found)

    @cached_property
    def found(self) -> set[int]:
        """The numbers of all that fit."""
        return self._numbers()

    def rows(self, column: Any, offset: int, limit: int) -> list[Any]:
        """One column of the documents found, in the order asked for."""
        if self._is_by_relevance:
            cut = self._best_first()[offset : offset + limit]
            there: dict[int, Any] = dict(
                self.session.execute(
                    select(Document.number, column).where(Document.number.in_(cut))
                ).all()
            )
            return [there[number] for number in cut]
        query = select(column).where(among(self.session, NUMBER, self.found))
        query = query.order_by(*self._order(), Document.number)
        return list(self.session.scalars(query.offset(offset).limit(limit)))

    def counts(self, facets: Iterable[str]) -> dict[str, Counter[str]]:
        """How many there would be with each code: those of a facet count what the others leave."""
        facets = list(facets)
        counted: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
        chosen = [facet for facet in facets if self.asked.chosen.get(facet)]
        self._count(counted, [facet for facet in facets if facet not in chosen], self.found)
        for facet in chosen:
            self._count(counted, [facet], self._numbers(without=facet))
        return counted

    def _count(
        self, counted: dict[str, Counter[str]], facets: Sequence[str], numbers: Iterable[int]
    ) -> None:
        rows = self.session.execute(
            select(DocumentCode.facet, DocumentCode.code, func.count())
            .where(DocumentCode.event_id == self.event_id, DocumentCode.facet.in_(facets))
            .where(among(self.session, DocumentCode.number, numbers))
            .group_by(DocumentCode.facet, DocumentCode.code)
        )
        for facet, code, number in rows:
            counted[facet][code] = number

    @property
    def _is_by_relevance(self) -> bool:
        return bool(self.words) and self.asked.order in ("", "relevance")

    def _best_first(self) -> list[int]:
        ranks = self._with_words
        return sorted(self.found, key=lambda number: (ranks[number], number))

    @cached_property
    def _with_words(self) -> Mapping[int, Rank]:
        """Looked up once, however often it is asked."""
        return ranks_of(self.session, self.words)

    def _numbers(self, without: str = "") -> set[int]:
        narrowed = [self._with_code[facet] for facet in self._with_code if facet != without]
        return self._all.intersection(*narrowed)

    @cached_property
    def _all(self) -> set[int]:
        """Whatever is chosen."""
        found = numbers_of(self.session, select(Document.number).where(*self.base))
        return found.intersection(self._with_words) if self.words else found

    @cached_property
    def _with_code(self) -> Mapping[str, set[int]]:
        """By facet, what has one of the codes chosen of it."""
        return {
            facet: numbers_of(
                self.session,
                select(DocumentCode.number).where(
                    DocumentCode.event_id == self.event_id,
                    DocumentCode.facet == facet,
                    DocumentCode.code.in_(codes),
                ),
            )
            for facet, codes in self.asked.chosen.items()
            if codes
        }

    def _order(self) -> list[Any]:
        order = self.asked.order if self.asked.order in ORDERS else self.unasked_order
        if order == "newest":
            return [Document.created_at.desc(), Document.name_key]
        if order == "organisation":
            house = Document.organisation_key
            return [house == "", self._script(house), house, Document.name_key]
        return [self._script(Document.name_key), Document.name_key]

    def _script(self, key: Any) -> ColumnElement[int]:
        """An Arabic page begins with Arabic names, others end with them."""
        is_arabic = key.between(FIRST_ARABIC, LAST_ARABIC)
        arabic_first = self.asked.language == "ar"
        return case((is_arabic, int(not arabic_first)), else_=int(arabic_first))


ORDERS = ("relevance", "name", "organisation", "newest")
AMONG = ("bookmarked", "new")


def search_people(
    session: Session, me: Participant, asked: Asked, *, organisation: str = "", group: str = ""
) -> Search:
    """The others who can be found: all of them, those of an organisation, ``bookmarked`` ones,
    or those of whom I have said nothing yet (``new``).
    """
    base = [
        Document.event_id == me.event_id,
        Document.entry_id.is_(None),
        Document.participant_id != me.id,
    ]
    if organisation:
        base.append(Document.organisation_id == organisation)
    if group == "bookmarked":
        base.append(Document.participant_id.in_(_marked(me)))
    if group == "new":
        base.append(Document.participant_id.not_in(_graded(me)))
    return Search(session, base, me.event_id, asked, "name")


def search_entries(session: Session, event_id: str, asked: Asked) -> Search:
    base = [Document.event_id == event_id, Document.entry_id.is_not(None)]
    return Search(session, base, event_id, asked, "newest")


def bookmarks_of(session: Session, me: Participant) -> set[str]:
    return set(session.scalars(_marked(me)))


def _marked(me: Participant) -> Select[str]:
    return select(Bookmark.to_id).where(
        and_(Bookmark.event_id == me.event_id, Bookmark.from_id == me.id)
    )


def _graded(me: Participant) -> Select[Any]:
    return select(Wish.to_id).where(
        Wish.event_id == me.event_id, Wish.from_id == me.id, Wish.to_id.is_not(None)
    )
