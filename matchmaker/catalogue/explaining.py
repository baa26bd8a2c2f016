"""Why somebody is found: the words that stand nowhere on the card, with where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.catalogue.cards import PersonCard
from matchmaker.catalogue.facets import NAMES
from matchmaker.catalogue.marking import Piece, Words, snippet_of, stands_in
from matchmaker.languages import LANGUAGES, pick
from matchmaker.marketplace.forms import KIND_NAMES
from matchmaker.marketplace.models import Entry
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.models import Organisation
from matchmaker.vocabularies.queries import Labels

CODED = ("sector", "technology", "industry", "type", "network")
ABOUT = {
    "description": _("Description"),
    "projects": _("Collaborative projects"),
    "stories": _("Success stories"),
    "city": _("City"),
}
Source = tuple[Any, str]  # what it is called, and its text


@dataclass(frozen=True)
class Match:
    label: Any
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Written:
    """What was written about the people of a page, besides what their cards show."""

    labels: Labels
    houses: Mapping[str, Any]  # organisation → its texts
    entries: Mapping[str, Sequence[Source]]  # person → titles and texts


def explain(
    session: Session, event_id: str, words: Words, people: Sequence[PersonCard], labels: Labels
) -> dict[str, list[Match]]:
    """By person; in two questions however many they are."""
    if not words:
        return {}
    written = Written(
        labels,
        _houses(session, event_id, {person.card.organisation_id for person in people}),
        _entries(session, event_id, [person.card.id for person in people]),
    )
    return {person.card.id: _matches(person, words, written) for person in people}


def _matches(person: PersonCard, words: Words, written: Written) -> list[Match]:
    """Each word once, where it is said first."""
    left = [word for word in words if not any(stands_in(text, word) for text in _card(person))]
    found = []
    for label, text in _sources(person, written) if left else ():
        if here := [word for word in left if stands_in(text, word)]:
            found.append(Match(label, snippet_of(text, words)))
            left = [word for word in left if word not in here]
    return found


def _card(person: PersonCard) -> Iterator[str]:
    """What the card shows in any case."""
    card = person.card
    yield from (card.name, card.organisation or "", card.job)
    yield from (entry.title for entry in person.entries)


def _sources(person: PersonCard, written: Written) -> Iterator[Source]:
    """In the language of the page first: who types *energy* on a French page sees both words."""
    language = current_language()
    for facet in CODED:
        for code in person.codes.get(facet, ()):
            label = written.labels.get(facet, {}).get(code, {})
            for text in dict.fromkeys([pick(label, language), *label.values()]):
                yield NAMES[facet], text
    if country := person.card.country:
        for spoken in dict.fromkeys([language, *LANGUAGES]):
            yield NAMES["country"], country_name(country, spoken)
    yield from written.entries.get(person.card.id, ())
    house = written.houses.get(person.card.organisation_id or "")
    for name, label in ABOUT.items() if house else ():
        yield label, getattr(house, name) or ""


def _houses(session: Session, event_id: str, ids: Collection[str | None]) -> dict[str, Any]:
    columns = (Organisation.id, *(getattr(Organisation, name) for name in ABOUT))
    rows = session.execute(
        select(*columns).where(Organisation.event_id == event_id, Organisation.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _entries(
    session: Session, event_id: str, authors: Sequence[str]
) -> Mapping[str, Sequence[Source]]:
    rows = session.execute(
        select(Entry.author_id, Entry.kind, Entry.title, Entry.text)
        .where(Entry.event_id == event_id, Entry.author_id.in_(authors), Entry.is_active)
        .order_by(Entry.created_at.desc(), Entry.id)
    )
    found: dict[str, list[Source]] = {}
    for author, kind, *texts in rows:
        found.setdefault(author, []).extend((KIND_NAMES[kind], text) for text in texts)
    return found
