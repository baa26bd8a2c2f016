"""Changing a row of the list where it stands, without overwriting what another changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.journal.models import JournalEntry
from matchmaker.participants.entering import organisation_name
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import set_organisation
from matchmaker.participants.services import rename_key, update

# Column of the list → what can be typed in its cell.
CELLS = {
    "name": ("first_name", "last_name"),
    "organisation": ("organisation",),
    "job": ("job",),
    "key": ("email", "reference"),
    "phone": ("phone",),
    "type": ("type_code",),
    "delegation": ("delegation_id",),
    "language": ("language",),
    "limit": ("max_meetings",),
    "state": ("state",),
}
STORED = {"organisation": "organisation_id"}  # where the field is not the column's own name
Values = Mapping[str, str]


@dataclass(frozen=True)
class Overtaken:
    """A field that somebody else has changed since it was read here."""

    field: str
    now: str
    by: str  # the name of an account; empty where nobody's
    at: datetime | None


def values_of(session: Session, person: Participant) -> dict[str, str]:
    """What can be typed, as it stands, each as the text of its field."""
    names = [name for fields in CELLS.values() for name in fields if name != "organisation"]
    found = {name: _text(getattr(person, name)) for name in names}
    return found | {"organisation": organisation_name(session, person)}


def change_cells(
    session: Session, event: Event, person: Participant, typed: Values, seen: Values
) -> list[Overtaken]:
    """What was typed differently from what was seen. Where somebody changed the same field since,
    nothing is changed at all, and it is said who. The caller commits.
    """
    session.refresh(person, with_for_update=True)
    before = values_of(session, person)
    changed = {name: text for name, text in typed.items() if text != seen.get(name, "")}
    overtaken = [
        _overtaken(session, person, name, before[name])
        for name, text in changed.items()
        if before[name] not in (seen.get(name, ""), text)
    ]
    if not overtaken:
        _carry_out(session, event, person, changed)
    return overtaken


def _carry_out(session: Session, event: Event, person: Participant, changed: Values) -> None:
    if {"email", "reference"} & changed.keys():
        rename_key(
            session,
            person,
            email=changed.get("email", person.email),
            reference=changed.get("reference", person.reference),
        )
    if "organisation" in changed:
        set_organisation(session, event, person, changed["organisation"], is_organisers=True)
    details: dict[str, Any] = {
        name: _value(name, text)
        for name, text in changed.items()
        if name not in ("email", "reference", "organisation")
    }
    update(session, person, **details)


def _value(name: str, text: str) -> Any:
    if name == "max_meetings":
        return int(text) if text else None
    return (text or None) if name in ("type_code", "delegation_id") else text


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _overtaken(session: Session, person: Participant, name: str, now: str) -> Overtaken:
    entries = session.execute(
        select(JournalEntry, Account.name)
        .outerjoin(Account, Account.id == JournalEntry.actor_id)
        .where(
            JournalEntry.row_id == person.id,
            JournalEntry.event_id == person.event_id,
            JournalEntry.table == "participant",
        )
        .order_by(JournalEntry.at.desc())
    )
    column = STORED.get(name, name)
    for entry, account in entries:
        if column in entry.columns:
            return Overtaken(name, now, account or "", entry.at)
    return Overtaken(name, now, "", None)
