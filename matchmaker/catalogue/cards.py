"""What a list shows of each of the people and entries found, in the order of the ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.catalogue.known import Known
from matchmaker.catalogue.queries import Search
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.queries import EntryCard, shown_entries
from matchmaker.participants.queries import Card, find_cards

MOST_ENTRIES = 2  # of a person, in a list


@dataclass(frozen=True)
class PersonCard:
    """A person with codes and the first entries; ``entries`` are kind, title and language."""

    card: Card
    codes: Mapping[str, Sequence[str]]
    entries: Sequence[Any]
    entry_total: int


def cards_of(session: Session, search: Search, rows: Sequence[Known]) -> list[PersonCard]:
    """Whoever is shown; a document that says more than is true shows nobody."""
    ids = [row.participant_id for row in rows]
    entries = _entries(session, search.event_id, ids)
    cards = {card.id: card for card in find_cards(session, search.event_id, ids)}
    return [
        PersonCard(
            cards[row.participant_id],
            search.inventory.codebook.codes_of(row),
            entries.get(row.participant_id, ())[:MOST_ENTRIES],
            len(entries.get(row.participant_id, ())),
        )
        for row in rows
        if row.participant_id in cards
    ]


def entry_cards_of(session: Session, event_id: str, rows: Sequence[Known]) -> list[EntryCard]:
    ids = [row.entry_id for row in rows]
    shown = {entry.id: entry for entry in shown_entries(session, event_id, Entry.id.in_(ids))}
    return [shown[id_] for id_ in ids if id_ in shown]


def _entries(session: Session, event_id: str, authors: Sequence[str]) -> dict[str, list[Any]]:
    rows = session.execute(
        select(Entry.author_id, Entry.kind, Entry.title, Entry.language)
        .where(Entry.event_id == event_id, Entry.author_id.in_(authors), Entry.is_active)
        .order_by(Entry.created_at.desc(), Entry.id)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.author_id, []).append(row)
    return found
