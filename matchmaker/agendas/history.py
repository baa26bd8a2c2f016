"""What a participant had in earlier published versions and has no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from matchmaker.agendas.agenda import Agenda
from matchmaker.events.models import Slot
from matchmaker.schedules.models import PersonBooking, Version


@dataclass(frozen=True, slots=True)
class RemovedMeeting:
    """As the last version that held it had it."""

    id: str
    starts_at: datetime
    ends_at: datetime


def removed_meetings(session: Session, agenda: Agenda) -> tuple[RemovedMeeting, ...]:
    """Meetings of earlier published versions that the agenda does not hold."""
    booking, slot = PersonBooking, aliased(Slot)
    rows = session.execute(
        select(booking.meeting_id, Version.number, slot.starts_at, slot.ends_at)
        .join(Version, (Version.event_id == booking.event_id) & (Version.id == booking.version_id))
        .join(slot, (slot.event_id == booking.event_id) & (slot.id == booking.slot_id))
        .where(
            booking.event_id == agenda.edition.event_id,
            booking.participant_id == agenda.person.id,
            Version.number < agenda.edition.number,
        )
        .order_by(Version.number, slot.starts_at)
    )
    last: dict[str, tuple[int | None, datetime, datetime]] = {}
    for meeting_id, number, starts_at, ends_at in rows:
        known = last.get(meeting_id)
        first = known[1] if known and known[0] == number else starts_at
        last[meeting_id] = (number, first, ends_at)
    kept = {meeting.id for meeting in agenda.meetings}
    return tuple(
        RemovedMeeting(meeting_id, starts_at, ends_at)
        for meeting_id, (_number, starts_at, ends_at) in sorted(last.items())
        if meeting_id not in kept
    )
