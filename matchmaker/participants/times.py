"""When a participant is there: sessions attended, and slots of absence."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import MeetingSession, Slot
from matchmaker.participants.models import Absence, Attendance, Participant


def set_sessions(session: Session, participant: Participant, ids: Collection[str]) -> None:
    """The sessions attended: all of them, so that one which is added later counts too; or
    these, maybe none.
    """
    known = _ids(session, MeetingSession, participant)
    wanted = _known(ids, known, _("There is no such session at this event."))
    participant.attends_all = wanted == known
    wanted = set() if wanted == known else wanted
    rows = {
        row.session_id: row
        for row in session.scalars(
            select(Attendance).where(
                Attendance.event_id == participant.event_id,
                Attendance.participant_id == participant.id,
            )
        )
    }
    for gone in sorted(set(rows) - wanted):
        session.delete(rows[gone])
    for added in sorted(wanted - set(rows)):
        session.add(
            Attendance(
                event_id=participant.event_id, participant_id=participant.id, session_id=added
            )
        )
    session.flush()


def set_absences(session: Session, participant: Participant, ids: Collection[str]) -> None:
    """The slots in which this participant cannot meet."""
    known = _ids(session, Slot, participant)
    wanted = _known(ids, known, _("There is no such slot at this event."))
    rows = {
        row.slot_id: row
        for row in session.scalars(
            select(Absence).where(
                Absence.event_id == participant.event_id,
                Absence.participant_id == participant.id,
            )
        )
    }
    for gone in sorted(set(rows) - wanted):
        session.delete(rows[gone])
    for added in sorted(wanted - set(rows)):
        session.add(
            Absence(event_id=participant.event_id, participant_id=participant.id, slot_id=added)
        )
    session.flush()


def _ids(
    session: Session, model: type[MeetingSession] | type[Slot], participant: Participant
) -> set[str]:
    return set(session.scalars(select(model.id).where(model.event_id == participant.event_id)))


def _known(ids: Collection[str], known: set[str], sentence: str) -> set[str]:
    if not set(ids) <= known:
        raise Refusal(sentence)
    return set(ids)
