"""What a version holds, read with a fixed number of statements however large it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Place, Slot
from matchmaker.schedules.models import (
    CancelledMeeting,
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


def cancelled_meetings(session: Session, event_id: str) -> set[str]:
    """The ids of meetings that somebody has cancelled: no schedule may hold them."""
    query = select(CancelledMeeting.meeting_id).where(CancelledMeeting.event_id == event_id)
    return set(session.scalars(query))


def find_version(session: Session, event_id: str, version_id: str) -> Version | None:
    return session.get(Version, (event_id, version_id))


def meetings_of(
    session: Session, version: Version, participant_id: str | None = None
) -> list[BookedMeeting]:
    """The meetings of a version by time and place: all, or those of one participant.

    Plain statements, put together here: a join of these tables goes wrong by minutes where
    PostgreSQL has no statistics yet, just after thousands of rows were written.
    """
    ids = None if participant_id is None else meetings_with(session, version, [participant_id])
    return _booked_meetings(session, version, ids)


def chosen_meetings(
    session: Session, version: Version, ids: Collection[str], venue: Venue | None = None
) -> list[BookedMeeting]:
    """Those of these meetings that the version holds, by time and place. ``venue``: for whoever
    asks again and again.
    """
    return _booked_meetings(session, version, ids, venue)


def count_meetings(session: Session, version: Version) -> Counter[str]:
    """How many meetings everybody has who has any."""
    booked = func.count()  # one row per slot; telling meetings apart takes three times as long
    if _longest(session, version) > 1:
        booked = func.count(PersonBooking.meeting_id.distinct())
    rows = session.execute(
        select(PersonBooking.participant_id, booked)
        .where(PersonBooking.event_id == version.event_id, PersonBooking.version_id == version.id)
        .group_by(PersonBooking.participant_id)
    )
    return Counter(dict(rows.all()))


def _longest(session: Session, version: Version) -> int:
    """In slots."""
    longest = select(func.max(ScheduledMeeting.length)).where(
        ScheduledMeeting.event_id == version.event_id, ScheduledMeeting.version_id == version.id
    )
    return session.scalar(longest) or 1


def _booked_meetings(
    session: Session,
    version: Version,
    ids: Collection[str] | None,
    venue: Venue | None = None,
) -> list[BookedMeeting]:
    rows = session.execute(_of(ScheduledMeeting, version, ids)).all()
    people = _people(session, version, ids, {row.meeting_id: row.slot_id for row in rows})
    venue = venue or Venue(session, version.event_id)
    found = [_booked(row, venue, people.get(row.meeting_id, ())) for row in rows]
    return sorted(found, key=lambda row: (row.starts_at, row.place_code, row.id))


def _booked(row: Any, venue: Venue, people: tuple[str, ...]) -> BookedMeeting:
    place, room = venue.places.get(row.place_id or ""), venue.places.get(row.room_id or "")
    return BookedMeeting(
        id=row.meeting_id,
        slot_id=row.slot_id,
        length=row.length,
        starts_at=venue.start(row.slot_id),
        ends_at=venue.end(row.slot_id, row.length),
        place_id=row.place_id,
        place_code=place.code if place else "",
        place_kind=place.kind if place else "",
        room_id=row.room_id,
        room_code=room.code if room else "",
        interpreter_id=row.interpreter_id,
        people=people,
        weight=row.weight,
        locked=row.locked,
    )


def meetings_with(session: Session, version: Version, people: Collection[str]) -> list[str]:
    """The meetings that these are in: a range of the table's key for each."""
    return list(
        session.scalars(
            select(PersonBooking.meeting_id)
            .where(PersonBooking.event_id == version.event_id)
            .where(PersonBooking.version_id == version.id)
            .where(PersonBooking.participant_id.in_(people))
            .distinct()
        )
    )


def _people(
    session: Session, version: Version, ids: Collection[str] | None, first_slots: dict[str, str]
) -> dict[str, tuple[str, ...]]:
    """Who meets, by meeting, in the order of the sides."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in session.execute(_of(PersonBooking, version, ids)):
        if first_slots.get(row.meeting_id) == row.slot_id:
            found.setdefault(row.meeting_id, []).append((row.side, row.participant_id))
    return {
        meeting_id: tuple(person for _side, person in sorted(people))
        for meeting_id, people in found.items()
    }


def _of(
    table: type[ScheduledMeeting | PersonBooking], version: Version, ids: Collection[str] | None
) -> Select[*tuple[Any, ...]]:
    """The columns and no objects, which would take five times as long."""
    query = select(*table.__table__.c).where(
        table.event_id == version.event_id, table.version_id == version.id
    )
    return query if ids is None else query.where(table.meeting_id.in_(ids))


class Venue:
    """The slots and places of an event: when a meeting begins and ends, what a place is called."""

    def __init__(self, session: Session, event_id: str) -> None:
        self.slots: Sequence[Any] = session.execute(
            select(Slot.id, Slot.starts_at, Slot.ends_at)
            .where(Slot.event_id == event_id)
            .order_by(Slot.starts_at)
        ).all()
        self.position = {slot.id: number for number, slot in enumerate(self.slots)}
        places = select(Place.id, Place.code, Place.kind).where(Place.event_id == event_id)
        self.places = {place.id: place for place in session.execute(places)}

    def start(self, slot_id: str) -> datetime:
        found: datetime = self.slots[self.position[slot_id]].starts_at
        return found

    def end(self, slot_id: str, length: int) -> datetime:
        """Of a meeting that may occupy several slots."""
        found: datetime = self.slots[self.position[slot_id] + length - 1].ends_at
        return found
