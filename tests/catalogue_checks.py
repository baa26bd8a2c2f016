"""Whether the catalogue says what is true: it is compared with one made from nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from matchmaker.catalogue import remembering
from matchmaker.catalogue.documents import documents_of
from matchmaker.catalogue.inventory import Inventory
from matchmaker.catalogue.known import Codebook
from matchmaker.catalogue.material import material_of
from matchmaker.catalogue.models import Document, Outdated
from matchmaker.participants.models import Participant

VECTOR = (
    "setweight(to_tsvector('simple', d.names), 'A') || setweight(to_tsvector('simple', d.titles),"
    " 'B') || setweight(to_tsvector('simple', d.texts), 'C')"
)


def faults_of(session: Session) -> list[str]:
    """What the catalogue says that is not so, and what it does not say."""
    there = {key(row): row for row in rows(session)}
    wanted = {key(row): row for row in made_anew(session)}
    faults = [f"{name} is missing" for name in sorted(set(wanted) - set(there))]
    faults += [f"{name} should not be there" for name in sorted(set(there) - set(wanted))]
    faults += [
        f"{name}: {column} is {there[name][column]!r}, not {value!r}"
        for name, row in sorted(wanted.items())
        if name in there
        for column, value in row.items()
        if there[name][column] != value
    ]
    if session.scalars(select(Outdated.number)).all():
        faults.append("somebody is still marked")
    return faults + faults_of_inventories(session) + faults_of_words(session)


def rows(session: Session) -> list[dict[str, Any]]:
    table = Document.__table__
    return [dict(row) for row in session.execute(select(table)).mappings()]


def made_anew(session: Session) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    everybody: dict[str, list[str]] = {}
    for event_id, id_ in session.execute(select(Participant.event_id, Participant.id)):
        everybody.setdefault(event_id, []).append(id_)
    for event_id, ids in everybody.items():
        found += documents_of(event_id, material_of(session, event_id, ids))
    return found


def key(row: dict[str, Any]) -> str:
    return f"{row['event_id']}/{row['participant_id']}/{row['entry_id'] or ''}"


def faults_of_inventories(session: Session) -> list[str]:
    """What is remembered from page to page is what would be read anew."""
    faults = []
    for event_id in {row["event_id"] for row in rows(session)} | set(remembering._kept):
        kept = said(remembering.inventory_of(session, event_id))
        anew = said(remembering._renewed(session, event_id, Inventory([], Codebook())))
        faults += [f"{event_id} is remembered with {wrong}" for wrong in kept if wrong not in anew]
        faults += [f"{event_id} is remembered without {one}" for one in anew if one not in kept]
    return faults


def said(inventory: Inventory) -> list[tuple[Any, ...]]:
    return [(*one[:-1], inventory.codebook.codes_of(one)) for one in inventory.known]


def faults_of_words(session: Session) -> list[str]:
    if session.connection().dialect.name == "sqlite":
        check = "INSERT INTO document_words (document_words, rank) VALUES ('integrity-check', 1)"
        session.execute(text(check))  # an error where it does not hold
        return []
    differing = session.execute(
        text(
            "SELECT count(*) FROM document d FULL JOIN document_words w ON w.number = d.number"
            f" WHERE w.words IS DISTINCT FROM ({VECTOR})"
        )
    ).scalar_one()
    return [f"{differing} vectors differ"] if differing else []
