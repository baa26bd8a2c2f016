"""What agendas are made of, loaded with a fixed number of statements for any number of people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import InterpreterName, Person, SlotTime, Spot, plain
from matchmaker.agendas.presence import Stop
from matchmaker.events.models import Interpreter, Place, PlaceClosure, Slot, Zone
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Absence, Participant
from matchmaker.participants.presence import kept_away, missed_slots
from matchmaker.participants.searching import fold
from matchmaker.schedules.models import PersonBooking, ScheduledMeeting, Version

Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True, slots=True)
class Guest:
    """A participant with what only the own agenda needs."""

    person: Person
    language: str
    secret: str
    place_id: str | None
    remote: bool
    state: str
    sort: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Material:
    guests: dict[str, Guest]
    slots: tuple[SlotTime, ...]
    spots: dict[str, Spot]
    interpreters: dict[str, InterpreterName]


def load_material(
    session: Session,
    version: Version,
    people: Collection[str] | None = None,
    places: Collection[str] | None = None,
) -> Material:
    """Everything of the event, or what concerns these participants and places."""
    event_id = version.event_id
    return Material(
        guests=_guests(session, event_id, people),
        slots=slots_of(session, event_id),
        spots=spots_of(session, event_id, places),
        interpreters=_interpreters(session, event_id),
    )


def slots_of(session: Session, event_id: str) -> tuple[SlotTime, ...]:
    rows = session.execute(
        select(Slot.id, Slot.session_id, Slot.starts_at, Slot.ends_at)
        .where(Slot.event_id == event_id)
        .order_by(Slot.starts_at)
    )
    return tuple(SlotTime(*row) for row in rows)


def away(session: Session, event_id: str, people: Collection[str] | None) -> dict[str, set[str]]:
    """The slots in which participants are absent or elsewhere, and those of sessions they do not
    attend.
    """
    found: dict[str, set[str]] = {}
    absences = select(Absence.participant_id, Absence.slot_id)
    for person, slot_id in session.execute(_of(absences, Absence, event_id, people)):
        found.setdefault(person, set()).add(slot_id)
    for person, missed in missed_slots(session, event_id, people).items():
        found.setdefault(person, set()).update(missed)
    for person, elsewhere in kept_away(session, event_id, people).items():
        found.setdefault(person, set()).update(elsewhere)
    return found


def closures(session: Session, event_id: str) -> dict[str, set[str]]:
    """The slots in which places are closed."""
    found: dict[str, set[str]] = {}
    for place_id, slot_id in session.execute(
        select(PlaceClosure.place_id, PlaceClosure.slot_id).where(PlaceClosure.event_id == event_id)
    ):
        found.setdefault(place_id, set()).add(slot_id)
    return found


def _of(query: Query, table: type[Any], event_id: str, people: Collection[str] | None) -> Query:
    query = query.where(table.event_id == event_id)
    return query if people is None else query.where(table.participant_id.in_(people))


def _guests(session: Session, event_id: str, people: Collection[str] | None) -> dict[str, Guest]:
    query = (
        select(Participant, Organisation.name, Organisation.country)
        .outerjoin(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
        )
        .where(Participant.event_id == event_id)
    )
    if people is not None:
        query = query.where(Participant.id.in_(people))
    return {row[0].id: _guest(*row) for row in session.execute(query)}


def _guest(participant: Participant, organisation: str | None, country: str | None) -> Guest:
    return Guest(
        person=Person(
            id=participant.id,
            name=plain(participant.name),
            job=plain(participant.job),
            organisation=plain(organisation or ""),
            country=country or "",
            spoken=tuple(participant.spoken or ()),
        ),
        language=participant.language,
        secret=participant.agenda_secret,
        place_id=participant.place_id,
        remote=participant.remote,
        state=participant.state,
        sort=(fold(participant.last_name), fold(participant.first_name)),
    )


def spots_of(session: Session, event_id: str, places: Collection[str] | None) -> dict[str, Spot]:
    query = (
        select(Place.id, Place.code, Place.kind, Place.names, Zone.names)
        .outerjoin(Zone, (Zone.event_id == Place.event_id) & (Zone.id == Place.zone_id))
        .where(Place.event_id == event_id)
        .order_by(Place.code)
    )
    if places is not None:
        query = query.where(Place.id.in_(places))
    return {
        place_id: Spot(plain(code), kind, names or {}, zone or {})
        for place_id, code, kind, names, zone in session.execute(query)
    }


def _interpreters(session: Session, event_id: str) -> dict[str, InterpreterName]:
    rows = session.scalars(select(Interpreter).where(Interpreter.event_id == event_id))
    return {row.id: InterpreterName(plain(row.name), tuple(row.languages)) for row in rows}


def ways_of(
    session: Session,
    version: Version,
    slots: tuple[SlotTime, ...],
    people: Collection[str] | None,
) -> dict[str, list[Stop]]:
    """Each participant's meetings by time, as stations. Plain statements, put together here:
    no database can choose a bad order of joining.
    """
    bookings = _bookings(session, version, people)
    met = None if people is None else {row.meeting_id for row in bookings}
    meetings = {row.meeting_id: row for row in _meetings(session, version, met)}
    times = {slot.id: slot for slot in slots}
    ways: dict[str, list[Stop]] = {}
    for row in sorted(bookings, key=lambda row: times[row.slot_id].starts_at):
        meeting, slot = meetings[row.meeting_id], times[row.slot_id]
        if meeting.slot_id == row.slot_id:  # a long meeting is one station
            stop = Stop(row.meeting_id, slot.session_id, meeting.place_id, slot.starts_at)
            ways.setdefault(row.participant_id, []).append(stop)
    return ways


def _bookings(
    session: Session, version: Version, people: Collection[str] | None
) -> Sequence[Row[str, str, str]]:
    booking = PersonBooking
    query = select(booking.participant_id, booking.meeting_id, booking.slot_id)
    query = query.where(booking.version_id == version.id)
    return session.execute(_of(query, booking, version.event_id, people)).all()


def _meetings(
    session: Session, version: Version, ids: Collection[str] | None
) -> Sequence[Row[str, str, str | None]]:
    meeting = ScheduledMeeting
    query = select(meeting.meeting_id, meeting.slot_id, meeting.place_id).where(
        meeting.event_id == version.event_id, meeting.version_id == version.id
    )
    return session.execute(query if ids is None else query.where(meeting.meeting_id.in_(ids))).all()
