"""What a version holds, read with a fixed number of statements however large it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from matchmaker.events.models import Place, Slot
from matchmaker.schedules.models import (
    PersonBooking,
    Publication,
    ScheduledMeeting,
    Version,
)


@dataclass(frozen=True, slots=True)
class BookedMeeting:
    """A meeting of a version; ``people`` are participant ids in the order of its sides."""

    id: str
    slot_id: str
    length: int
    starts_at: datetime  # wall time of the event
    ends_at: datetime
    place_id: str | None
    place_code: str
    place_kind: str
    room_id: str | None
    room_code: str
    interpreter_id: str | None
    people: tuple[str, ...]
    weight: int
    locked: bool


def published_version(session: Session, event_id: str) -> Version | None:
    """The version that everybody sees; None before the first publication."""
    return session.scalar(
        select(Version)
        .join(
            Publication,
            (Publication.event_id == Version.event_id) & (Publication.version_id == Version.id),
        )
        .where(Publication.event_id == event_id)
    )


def find_version(session: Session, event_id: str, version_id: str) -> Version | None:
    return session.get(Version, (event_id, version_id))


def meetings_of(
    session: Session, version: Version, participant_id: str | None = None
) -> list[BookedMeeting]:
    """The meetings of a version by time and place: all, or those of one participant."""
    people = _people(session, version, participant_id)
    ends = _Ends(session, version.event_id)
    rows = session.execute(_meetings(version, participant_id)).all()
    return [
        BookedMeeting(
            id=row.meeting_id,
            slot_id=row.slot_id,
            length=row.length,
            starts_at=row.starts_at,
            ends_at=ends.of(row.slot_id, row.length),
            place_id=row.place_id,
            place_code=row.place_code or "",
            place_kind=row.place_kind or "",
            room_id=row.room_id,
            room_code=row.room_code or "",
            interpreter_id=row.interpreter_id,
            people=tuple(people.get(row.meeting_id, ())),
            weight=row.weight,
            locked=row.locked,
        )
        for row in rows
    ]


def _meetings(version: Version, participant_id: str | None) -> Select[*tuple[Any, ...]]:
    place, room = aliased(Place), aliased(Place)
    meeting = ScheduledMeeting
    query: Select[*tuple[Any, ...]] = (
        select(
            meeting.meeting_id,
            meeting.slot_id,
            meeting.length,
            meeting.place_id,
            meeting.room_id,
            meeting.interpreter_id,
            meeting.weight,
            meeting.locked,
            Slot.starts_at,
            place.code.label("place_code"),
            place.kind.label("place_kind"),
            room.code.label("room_code"),
        )
        .join(Slot, (Slot.event_id == meeting.event_id) & (Slot.id == meeting.slot_id))
        .outerjoin(place, (place.event_id == meeting.event_id) & (place.id == meeting.place_id))
        .outerjoin(room, (room.event_id == meeting.event_id) & (room.id == meeting.room_id))
        .where(meeting.event_id == version.event_id, meeting.version_id == version.id)
        .order_by(Slot.starts_at, place.code, meeting.meeting_id)
    )
    if participant_id is not None:
        query = query.where(meeting.meeting_id.in_(_meetings_with(version, participant_id)))
    return query


def _people(session: Session, version: Version, participant_id: str | None) -> dict[str, list[str]]:
    """Who meets, by meeting, in the order of the sides."""
    booking = PersonBooking
    query = (
        select(booking.meeting_id, booking.participant_id)
        .join(
            ScheduledMeeting,
            (ScheduledMeeting.event_id == booking.event_id)
            & (ScheduledMeeting.version_id == booking.version_id)
            & (ScheduledMeeting.meeting_id == booking.meeting_id)
            & (ScheduledMeeting.slot_id == booking.slot_id),
        )
        .where(booking.event_id == version.event_id, booking.version_id == version.id)
        .order_by(booking.meeting_id, booking.side)
    )
    if participant_id is not None:
        query = query.where(booking.meeting_id.in_(_meetings_with(version, participant_id)))
    found: dict[str, list[str]] = {}
    for meeting_id, person in session.execute(query):
        found.setdefault(meeting_id, []).append(person)
    return found


def _meetings_with(version: Version, participant_id: str) -> Select[*tuple[Any, ...]]:
    return select(PersonBooking.meeting_id).where(
        PersonBooking.event_id == version.event_id,
        PersonBooking.version_id == version.id,
        PersonBooking.participant_id == participant_id,
    )


class _Ends:
    """When a meeting ends that occupies several slots of one session."""

    def __init__(self, session: Session, event_id: str) -> None:
        slots = session.execute(
            select(Slot.id, Slot.session_id, Slot.ends_at)
            .where(Slot.event_id == event_id)
            .order_by(Slot.starts_at)
        ).all()
        self.ends: list[datetime] = [slot.ends_at for slot in slots]
        self.position = {slot.id: number for number, slot in enumerate(slots)}

    def of(self, slot_id: str, length: int) -> datetime:
        return self.ends[self.position[slot_id] + length - 1]
