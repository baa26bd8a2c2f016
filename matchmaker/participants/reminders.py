"""Who attends no session is reminded, as often as the event reminds of anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event, Slot
from matchmaker.events.phases import spans_of
from matchmaker.notices.queries import settings_of
from matchmaker.notices.services import notify
from matchmaker.participants.models import Attendance, Participant

FIRST_AFTER = timedelta(days=1)  # it was said at once when it was saved


def remind_of_sessions(session: Session) -> None:
    """Put down what is to be told; a reminder of the same days is none. Commits."""
    for event, person in session.execute(_without_session()).all():
        days = settings_of(session, event.id).reminder_days
        if days and "day" in (spans := spans_of(session, event)) and spans["day"].state != "over":
            period = now().toordinal() // days
            notify(session, event, person, "no_session", cause=f"{person.id}:{period}")
    session.commit()


def is_any_without(session: Session) -> bool:
    return session.execute(_without_session().limit(1)).first() is not None


def _without_session() -> Select[*tuple[Any, ...]]:
    chosen = exists().where(
        Attendance.event_id == Participant.event_id, Attendance.participant_id == Participant.id
    )
    has_slots = exists().where(Slot.event_id == Participant.event_id)
    return (
        select(Event, Participant)
        .join(Participant, Participant.event_id == Event.id)
        .where(Participant.attends_all.is_(False), ~chosen, has_slots)
        .where(Participant.state.in_(("registered", "validated")))
        .where(Participant.created_at < now() - FIRST_AFTER)
    )
