"""What a participant had in earlier published versions, and since when each meeting is as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from matchmaker.agendas.agenda import Agenda
from matchmaker.database import now
from matchmaker.events.models import Slot
from matchmaker.schedules.models import PersonBooking, ScheduledMeeting, Version


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


@dataclass(frozen=True, slots=True)
class Stamp:
    """The version in which a meeting changed last, and when that was published."""

    number: int
    at: datetime


def stamps(session: Session, agenda: Agenda, ids: Collection[str]) -> dict[str, Stamp]:
    """Of each meeting: a version that leaves it as it was, and as certain, does not count."""
    event_id = agenda.edition.event_id
    versions = session.execute(
        select(Version.id, Version.number, Version.published_at, Version.is_preliminary)
        .where(Version.event_id == event_id, Version.number <= agenda.edition.number)
        .order_by(Version.number)
    ).all()
    meeting = ScheduledMeeting
    rows = session.execute(
        select(meeting.version_id, meeting.meeting_id, meeting.slot_id, meeting.length,
               meeting.place_id, meeting.room_id, meeting.interpreter_id)
        .where(meeting.event_id == event_id, meeting.meeting_id.in_(ids))
    )  # fmt: skip
    placed = {(row.version_id, row.meeting_id): tuple(row[2:]) for row in rows}
    found: dict[str, Stamp] = {}
    for name in ids:
        before: tuple[object, ...] | None = None
        for version in versions:
            here = placed.get((version.id, name))
            here = (*here, version.is_preliminary) if here else None
            if here != before:
                found[name] = Stamp(version.number or 0, version.published_at or now())
            before = here
    return found
