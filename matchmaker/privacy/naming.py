"""What the ids in somebody's rows stand for: the name of an event, the time of a slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.clock import short_day_text, time_text
from matchmaker.database import Base
from matchmaker.events.models import Event, MeetingSession, Place, Slot
from matchmaker.languages import pick
from matchmaker.limits.models import Pause
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.participants.models import Participant
from matchmaker.participation.models import Question
from matchmaker.privacy.collecting import Rows
from matchmaker.schedules.models import Version

Say = Callable[[Any, str], str]


def _slot(slot: Slot, language: str) -> str:
    return f"{short_day_text(slot.starts_at, language)} {time_text(slot.starts_at, language)}"


NAMED: dict[str, tuple[type[Base], Say]] = {
    "event_id": (Event, lambda row, language: pick(row.names, language)),
    "slot_id": (Slot, _slot),
    "session_id": (MeetingSession, lambda row, language: pick(row.names, language)),
    "place_id": (Place, lambda row, _language: str(row.code)),
    "organisation_id": (Organisation, lambda row, _language: str(row.name)),
    "to_organisation_id": (Organisation, lambda row, _language: str(row.name)),
    "delegation_id": (Delegation, lambda row, language: pick(row.names, language) or row.code),
    "question_id": (Question, lambda row, language: pick(row.labels, language)),
    "pause_id": (Pause, lambda row, language: pick(row.names, language)),
    "to_id": (Participant, lambda row, _language: str(row.shown_name)),
    "version_id": (Version, lambda row, _language: str(row.number or row.id)),
    "told_id": (Version, lambda row, _language: str(row.number or row.id)),
    "seen_id": (Version, lambda row, _language: str(row.number or row.id)),
}


def name_ids(session: Session, found: Mapping[str, Rows], language: str) -> dict[str, Rows]:
    """The same rows, with names where ids of :data:`NAMED` stood."""
    return {
        table: [_named(session, row, language) for row in rows] for table, rows in found.items()
    }


def _named(session: Session, row: dict[str, Any], language: str) -> dict[str, Any]:
    named = dict(row)
    for column, (model, say) in NAMED.items():
        if value := row.get(column):
            key = value if model is Event else (row["event_id"], value)
            target = session.get(model, key)
            named[column] = (target and say(target, language)) or value
    return named
