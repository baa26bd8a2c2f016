"""Entries written, changed, removed. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.folding import fold
from matchmaker.languages import SPOKEN
from matchmaker.marketplace.models import KINDS, LISTS, Entry, EntryTerm
from matchmaker.participants.models import Participant
from matchmaker.vocabularies.models import Term

LONGEST = {"title": 200, "text": 5000}
MOST_ENTRIES = 50  # of one person


class Said(TypedDict):
    """What somebody says of an entry, as a whole."""

    kind: str
    title: str
    text: str
    language: str
    is_active: bool
    terms: Mapping[str, Sequence[str]]  # list → codes


def add_entry(session: Session, author: Participant, said: Said) -> Entry:
    """A new entry, flushed; refused where something of it cannot be."""
    if author.state != "validated":
        raise Refusal(_("The organisers have not confirmed your registration yet."))
    mine = select(func.count()).select_from(Entry)
    own = mine.where(Entry.event_id == author.event_id, Entry.author_id == author.id)
    if (session.scalar(own) or 0) >= MOST_ENTRIES:
        raise Refusal(_("You have %(most)s entries: remove one first.", most=MOST_ENTRIES))
    entry = Entry(event_id=author.event_id, author_id=author.id)
    change_entry(session, entry, said)
    return entry


def change_entry(session: Session, entry: Entry, said: Said) -> None:
    """Everything said takes the place of what was said before."""
    _check(said)
    entry.kind, entry.title, entry.text = said["kind"], said["title"], said["text"]
    entry.language, entry.is_active = said["language"], said["is_active"]
    session.add(entry)
    session.flush()
    _set_terms(session, entry, said["terms"])


def remove_entry(session: Session, entry: Entry) -> None:
    """The wishes that point at it stay."""
    session.delete(entry)
    session.flush()


def _check(said: Said) -> None:
    if said["kind"] not in KINDS or said["language"] not in SPOKEN:
        raise Refusal(_("This is not in the list any more. Choose again."))
    if not fold(said["title"]):
        raise Refusal(_("Give the entry a title."))
    for name, most in LONGEST.items():
        if len(said[name]) > most:  # type: ignore[literal-required]
            raise Refusal(_("A text has at most %(most)s characters. Shorten it.", most=most))


def _set_terms(session: Session, entry: Entry, chosen: Mapping[str, Sequence[str]]) -> None:
    wanted = {(kind, code) for kind, codes in chosen.items() for code in codes}
    known = session.execute(
        select(Term.kind, Term.code).where(Term.event_id == entry.event_id, Term.kind.in_(LISTS))
    )
    if not wanted <= {(kind, code) for kind, code in known}:
        raise Refusal(_("This is not in the list any more. Choose again."))
    key = {"event_id": entry.event_id, "entry_id": entry.id}
    rows = {
        (row.kind, row.code): row for row in session.scalars(select(EntryTerm).filter_by(**key))
    }
    for gone in sorted(set(rows) - wanted):
        session.delete(rows[gone])
    for kind, code in sorted(wanted - set(rows)):
        session.add(EntryTerm(**key, kind=kind, code=code))
    session.flush()
