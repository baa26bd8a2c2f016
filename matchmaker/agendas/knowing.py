"""Which version somebody was told of, or has seen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import Agenda
from matchmaker.agendas.models import AgendaKnown
from matchmaker.agendas.queries import agenda_of
from matchmaker.events.models import Event
from matchmaker.schedules.models import Version


def known_of(session: Session, event_id: str, participant_id: str) -> AgendaKnown:
    """The row of this person, a new one where there is none yet."""
    key = {"event_id": event_id, "participant_id": participant_id}
    return session.get(AgendaKnown, key) or AgendaKnown(**key)


def agenda_in(
    session: Session, event: Event, version_id: str | None, participant_id: str
) -> Agenda | None:
    """The person's agenda as this version had it."""
    version = session.get(Version, (event.id, version_id)) if version_id else None
    return agenda_of(session, event, version, participant_id) if version else None


def set_told(session: Session, event_id: str, participant_id: str, version_id: str) -> None:
    """By a mail, whose first is also a first look."""
    known = known_of(session, event_id, participant_id)
    known.told_id, known.seen_id = version_id, known.seen_id or version_id
    session.add(known)
    session.flush()


def set_seen(session: Session, event_id: str, participant_id: str, version_id: str) -> None:
    known = known_of(session, event_id, participant_id)
    known.seen_id = version_id
    session.add(known)
    session.flush()


def knows_own_deed(
    session: Session, event_id: str, participant_id: str, before_id: str, after_id: str
) -> None:
    """Who changed the agenda knows of it, unless there was other news that was not told yet."""
    known = known_of(session, event_id, participant_id)
    known.told_id = after_id if known.told_id == before_id else known.told_id
    known.seen_id = after_id if known.seen_id == before_id else known.seen_id
    session.add(known)
    session.flush()
