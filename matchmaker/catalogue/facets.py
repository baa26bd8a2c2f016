"""Facets as a page shows them: every code with its name and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from matchmaker.catalogue.queries import Search
from matchmaker.events.models import MeetingSession
from matchmaker.folding import fold
from matchmaker.languages import language_name, pick
from matchmaker.marketplace.forms import KIND_NAMES
from matchmaker.organisations.countries import country_name
from matchmaker.participation.queries import type_names
from matchmaker.vocabularies.queries import Labels

NAMES = {
    "kind": _("In the marketplace"),
    "sector": _("Sector"),
    "technology": _("Technology field"),
    "industry": _("Emerging industry"),
    "type": _("Type of organisation"),
    "country": _("Country"),
    "spoken": _("Language"),
    "aim": _("Interested in"),
    "network": _("Cluster or network"),
    "participation": _("Participation type"),
    "session": _("Takes part in"),
    "language": _("Written in"),
}
IN_THEIR_ORDER = {"kind", "type", "participation", "session"}  # others: the most frequent first
AT_ONCE = 7


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """``first`` stand there at once, ``more`` when asked for; what is chosen is among the first."""

    name: str
    label: Any
    first: Sequence[Option]
    more: Sequence[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.first if option.is_chosen]


def facets_of(search: Search, names: Sequence[str], labels: Labels) -> list[Facet]:
    """Those of which there is something to choose."""
    words = _Words(search, labels)
    counts = search.counts(names)
    made = [_facet(name, counts[name], search.asked.chosen.get(name, ()), words) for name in names]
    return [facet for facet in made if facet.first]


def _facet(name: str, counts: Counter[str], chosen: Sequence[str], words: _Words) -> Facet:
    codes = set(counts) | {code for code in chosen if words.knows(name, code)}
    options = [
        Option(code, words.label(name, code), counts[code], code in chosen) for code in codes
    ]
    if name in IN_THEIR_ORDER:
        order = words.order(name)
        options.sort(key=lambda option: (order(option.code), option.label))
    else:
        options.sort(key=lambda option: (-option.number, fold(option.label)))
    first = [
        option
        for place, option in enumerate(options)
        if option.is_chosen or place < AT_ONCE or len(options) <= AT_ONCE + 1
    ]
    more = [option for option in options if option not in first]
    return Facet(name, NAMES[name], first, more)


class _Words:
    """What codes are called in the language of the page."""

    def __init__(self, search: Search, labels: Labels) -> None:
        self.language = search.asked.language
        self.lists: dict[str, Mapping[str, Any]] = dict(labels)
        rows = search.session.execute(
            select(MeetingSession.id, MeetingSession.names)
            .where(MeetingSession.event_id == search.event_id)
            .order_by(MeetingSession.day, MeetingSession.starts)
        )
        self.lists["session"] = dict(rows.all())
        self.lists["participation"] = type_names(search.session, search.event_id)
        self.lists["kind"] = KIND_NAMES

    def knows(self, name: str, code: str) -> bool:
        """Whether it may be one; of countries and languages, whether it has a name."""
        if name in self.lists:
            return code in self.lists[name]
        return self.label(name, code) != code

    def label(self, name: str, code: str) -> str:
        if name in ("country", "aim"):
            return country_name(code, self.language)
        if name in ("spoken", "language"):
            return language_name(code, self.language)
        named = self.lists.get(name, {}).get(code)
        return (pick(named, self.language) if isinstance(named, dict) else str(named)) or code

    def order(self, name: str) -> Callable[[str], int]:
        places = {code: place for place, code in enumerate(self.lists.get(name, ()))}
        return lambda code: places.get(code, len(places))
