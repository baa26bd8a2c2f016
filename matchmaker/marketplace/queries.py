"""Entries as participants find and read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matchmaker.marketplace.models import Entry, EntryTerm
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import VISIBLE
from matchmaker.participants.searching import matches


@dataclass(frozen=True, kw_only=True)
class EntryCard:
    """An entry with its author, as others see both."""

    id: str
    kind: str
    title: str
    text: str
    language: str
    is_active: bool
    author_id: str
    author: str
    organisation_id: str | None
    organisation: str | None
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)  # list → codes


def shown_entries(
    session: Session, event_id: str, *conditions: ColumnElement[bool]
) -> list[EntryCard]:
    """Active entries of people who can be found, the newest first."""
    return _cards(session, event_id, Entry.is_active.is_(True), *VISIBLE, *conditions)


def entries_of(session: Session, author: Participant) -> list[EntryCard]:
    """Somebody's own, hidden ones included."""
    return _cards(session, author.event_id, Entry.author_id == author.id)


def all_entries(session: Session, event_id: str) -> list[EntryCard]:
    """Everybody's, for the organiser."""
    return _cards(session, event_id)


def search(entries: Sequence[EntryCard], q: str) -> list[EntryCard]:
    """Those in which every word stands: title, text, author or organisation."""
    return [
        entry
        for entry in entries
        if matches(q, entry.title, entry.text, entry.author, entry.organisation or "")
    ]


def terms_of_entry(session: Session, entry: Entry) -> dict[str, list[str]]:
    """List → codes."""
    return _terms(session, entry.event_id, [entry.id]).get(entry.id, {})


def _cards(session: Session, event_id: str, *conditions: ColumnElement[bool]) -> list[EntryCard]:
    rows = session.execute(
        select(Entry, Participant.first_name, Participant.last_name, Organisation.id,
               Organisation.name)
        .join(
            Participant,
            (Participant.event_id == Entry.event_id) & (Participant.id == Entry.author_id),
        )
        .outerjoin(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
        )
        .where(Entry.event_id == event_id, *conditions)
        .order_by(Entry.created_at.desc(), Entry.id)
    ).all()  # fmt: skip
    terms = _terms(session, event_id, [entry.id for entry, *_rest in rows])
    return [
        EntryCard(
            id=entry.id, kind=entry.kind, title=entry.title, text=entry.text,
            language=entry.language, is_active=entry.is_active, author_id=entry.author_id,
            author=f"{first} {last}".strip(), organisation_id=organisation_id,
            organisation=organisation, terms=terms.get(entry.id, {}),
        )
        for entry, first, last, organisation_id, organisation in rows
    ]  # fmt: skip


def _terms(
    session: Session, event_id: str, ids: Collection[str]
) -> dict[str, dict[str, list[str]]]:
    """Entry → list → codes."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in session.scalars(
        select(EntryTerm)
        .where(EntryTerm.event_id == event_id, EntryTerm.entry_id.in_(ids))
        .order_by(EntryTerm.kind, EntryTerm.code)
    ):
        found.setdefault(row.entry_id, {}).setdefault(row.kind, []).append(row.code)
    return found
