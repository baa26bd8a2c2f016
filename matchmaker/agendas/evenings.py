"""The evening before: everybody's agenda, once, at the wall time that the organiser chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.events.models import Event, Slot
from matchmaker.notices.queries import settings_of
from matchmaker.notices.reminding import not_told
from matchmaker.notices.services import notify_many
from matchmaker.participants.models import Participant
from matchmaker.programme.queries import attended
from matchmaker.schedules.models import PersonBooking, Publication, Version

KIND = "day_before"
ONCE = "first"  # before the first day on which somebody has something, and no other
Clock = Callable[[str], datetime]


def write_to_everybody(session: Session, clock: Clock = wall_now) -> int:
    """Put down what is to be told; how many people. Commits."""
    count = 0
    for event, people in list(due(session, clock)):
        notify_many(session, event, people, KIND, cause=ONCE)
        count += len(people)
    session.commit()
    return count


def due(session: Session, clock: Clock = wall_now) -> Iterator[tuple[Event, list[str]]]:
    """Events with a final schedule whose evening it is, and of each those who have a meeting
    or attend something tomorrow and were not told yet.
    """
    events = session.scalars(
        select(Event)
        .join(Publication, Publication.event_id == Event.id)
        .join(
            Version,
            (Version.event_id == Publication.event_id) & (Version.id == Publication.version_id),
        )
        .where(Version.is_preliminary.is_(False))
    ).all()
    for event in events:
        settings, wall = settings_of(session, event.id), clock(event.zone)
        if not settings.writes_day_before or wall.time() < settings.day_before_at:
            continue
        tomorrow = wall.date() + timedelta(days=1)
        there = _booked_on(session, event, tomorrow) | _attending_on(session, event, tomorrow)
        if people := not_told(session, event, there, KIND, ONCE):
            yield event, people


def _attending_on(session: Session, event: Event, day: date) -> set[str]:
    """Confirmed people with something of the programme on this day."""
    attending = attended(session, event.id)
    ids = {who for who, mine in attending.items() if any(i.starts_at.date() == day for i in mine)}
    people = select(Participant.id).where(
        Participant.event_id == event.id, Participant.state == "validated"
    )
    return ids & set(session.scalars(people)) if ids else set()


def _booked_on(session: Session, event: Event, day: date) -> set[str]:
    start = datetime.combine(day, time.min)
    slots = session.scalars(
        select(Slot.id).where(
            Slot.event_id == event.id,
            Slot.starts_at >= start,
            Slot.starts_at < start + timedelta(days=1),
        )
    ).all()
    if not slots:
        return set()
    version = select(Publication.version_id).where(Publication.event_id == event.id)
    booked = select(PersonBooking.participant_id).where(
        PersonBooking.event_id == event.id,
        PersonBooking.version_id == version.scalar_subquery(),
        PersonBooking.slot_id.in_(slots),
    )
    people = select(Participant.id).where(
        Participant.event_id == event.id,
        Participant.id.in_(booked),
        Participant.state == "validated",
    )
    return set(session.scalars(people))
