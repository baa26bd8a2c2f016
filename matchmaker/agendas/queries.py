"""Agendas of participants and cards of places, from the rows of a version."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import (
    Agenda,
    AgendaMeeting,
    Booking,
    Edition,
    Person,
    PlaceCard,
    SlotTime,
    free_times,
)
from matchmaker.agendas.holdings import meetings_at
from matchmaker.agendas.material import Guest, Material, away, closures, load_material, ways_of
from matchmaker.agendas.presence import Stop, presence_of, staying
from matchmaker.database import now
from matchmaker.events.models import Event, Place
from matchmaker.participants.models import Participant
from matchmaker.participants.searching import fold
from matchmaker.programme.entries import entries_of
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import (
    BookedMeeting,
    chosen_meetings,
    count_meetings,
    meetings_of,
    meetings_with,
)

ON_SITE = ("table", "stand", "quiet")


def agendas_of(
    session: Session, event: Event, version: Version, only: Collection[str] | None = None
) -> list[Agenda]:
    """One agenda for each validated participant, and for whoever has a meeting, by name; of all
    people, or reading no more than what concerns ``only`` these.
    """
    ids = None if only is None else meetings_with(session, version, only)
    builder = _Builder(session, event, version, ids, only or ())
    guests = sorted(builder.material.guests.values(), key=lambda guest: guest.sort)
    return [
        builder.agenda(guest)
        for guest in guests
        if only is None or guest.person.id in only
        if guest.state == "validated" or builder.has_meeting(guest)
    ]


def people_with_agenda(session: Session, event: Event, version: Version) -> list[str]:
    """Whose agendas there are, in their order."""
    met = set(count_meetings(session, version))
    columns = Participant.id, Participant.last_name, Participant.first_name, Participant.state
    rows = session.execute(select(*columns).where(Participant.event_id == event.id)).all()
    shown = [row for row in rows if row.state == "validated" or row.id in met]
    shown.sort(key=lambda row: (fold(row.last_name), fold(row.first_name)))
    return [row.id for row in shown]


def agenda_of(session: Session, event: Event, version: Version, participant_id: str) -> Agenda:
    """One participant's agenda; loads only what concerns them and those they meet."""
    ids = meetings_with(session, version, [participant_id])
    builder = _Builder(session, event, version, ids, [participant_id])
    return builder.agenda(builder.material.guests[participant_id])


def cards_of(
    session: Session, event: Event, version: Version, only: Collection[str] | None = None
) -> list[PlaceCard]:
    """A card for each table, stand and quiet place, by code; or for some of them."""
    ids = None if only is None else meetings_at(session, version, only)
    owners = () if only is None else _owners(session, event.id, only)
    builder = _Builder(session, event, version, ids, owners, only or ())
    closed = closures(session, event.id)
    return [
        builder.card(place, closed.get(place, set()))
        for place, spot in builder.material.spots.items()
        if spot.kind in ON_SITE and (only is None or place in only)
    ]


def places_with_card(session: Session, event_id: str) -> list[tuple[str, str]]:
    """Id and code of each place that has a card."""
    query = select(Place.id, Place.code).where(Place.event_id == event_id, Place.kind.in_(ON_SITE))
    return [(row.id, row.code) for row in session.execute(query.order_by(Place.code))]


def bookings_of(
    session: Session, event: Event, version: Version, ids: Collection[str] | None = None
) -> tuple[Edition, list[Booking]]:
    """Every meeting of the version, on site or not, by time and place; or some of them."""
    builder = _Builder(session, event, version, ids)
    return builder.edition, [builder.booking(meeting) for meeting in builder.meetings]


def _owners(session: Session, event_id: str, places: Collection[str]) -> list[str]:
    query = select(Participant.id).where(
        Participant.event_id == event_id, Participant.place_id.in_(places)
    )
    return list(session.scalars(query))


class _Builder:
    """Puts the loaded rows together."""

    def __init__(
        self,
        session: Session,
        event: Event,
        version: Version,
        ids: Collection[str] | None,
        people: Collection[str] = (),
        places: Collection[str] = (),
    ) -> None:
        """``ids``: of only these meetings, and of these people and places; None: everything."""
        if ids is None:
            meetings, of, at = meetings_of(session, version), None, None
        else:
            meetings = chosen_meetings(session, version, ids)
            of = {*people, *(person for meeting in meetings for person in meeting.people)}
            at = {*places, *(meeting.place_id for meeting in meetings if meeting.place_id)}
        self.material: Material = load_material(session, version, of, at)
        self.session, self.version, self.of = session, version, of
        self.items = entries_of(session, event.id, None if ids is None else set(people))
        self.edition = edition_of(event, version, self.material.slots)
        self.meetings = meetings
        self.meetings_with: dict[str, list[BookedMeeting]] = {}
        self.meetings_at: dict[str, list[BookedMeeting]] = {}
        for meeting in meetings:
            self.meetings_at.setdefault(meeting.place_id or "", []).append(meeting)
            for person in meeting.people:
                self.meetings_with.setdefault(person, []).append(meeting)
        guests = self.material.guests
        self.owned = {person: guest.place_id for person, guest in guests.items()}
        self.remote = {person for person, guest in guests.items() if guest.remote}
        self.position = {slot.id: index for index, slot in enumerate(self.material.slots)}

    @cached_property
    def ways(self) -> dict[str, list[Stop]]:
        """Per participant, by time: agendas alone need them."""
        return ways_of(self.session, self.version, self.material.slots, self.of)

    @cached_property
    def away(self) -> dict[str, set[str]]:
        return away(self.session, self.version.event_id, self.of)

    def has_meeting(self, guest: Guest) -> bool:
        return guest.person.id in self.meetings_with

    def agenda(self, guest: Guest) -> Agenda:
        meetings = self.meetings_with.get(guest.person.id, [])
        taken = self._slots_in(meetings) | self.away.get(guest.person.id, set())
        return Agenda(
            edition=self.edition,
            person=guest.person,
            language=guest.language,
            secret=guest.secret,
            meetings=tuple(self._meeting(meeting, guest.person.id) for meeting in meetings),
            free=free_times(self.material.slots, taken),
            items=self.items.get(guest.person.id, ()),
        )

    def card(self, place_id: str, closed: set[str]) -> PlaceCard:
        meetings = self.meetings_at.get(place_id, [])
        return PlaceCard(
            edition=self.edition,
            spot=self.material.spots[place_id],
            owners=tuple(
                guest.person
                for guest in self.material.guests.values()
                if guest.place_id == place_id and guest.state == "validated"
            ),
            meetings=tuple(self.booking(meeting) for meeting in meetings),
            free=free_times(self.material.slots, self._slots_in(meetings) | closed),
        )

    def _slots_in(self, meetings: list[BookedMeeting]) -> set[str]:
        found = set()
        for meeting in meetings:
            first = self.position[meeting.slot_id]
            found |= {slot.id for slot in self.material.slots[first : first + meeting.length]}
        return found

    def _meeting(self, meeting: BookedMeeting, me: str) -> AgendaMeeting:
        here = self._stop(meeting)
        stays = staying(meeting.people, here, self.owned, self.ways)
        remote = self.remote & set(meeting.people)
        at_place = meeting.place_id is not None and me not in remote
        return AgendaMeeting(
            id=meeting.id,
            slot_id=meeting.slot_id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            spot=self.material.spots[str(meeting.place_id)] if at_place else None,
            room=meeting.room_code,
            partners=tuple(self._people(meeting, but=me)),
            interpreter=self.material.interpreters.get(meeting.interpreter_id or ""),
            presence=presence_of(me, here, stays, remote),
        )

    def booking(self, meeting: BookedMeeting) -> Booking:
        return Booking(
            id=meeting.id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            spot=self.material.spots.get(meeting.place_id or ""),
            room=meeting.room_code,
            people=tuple(self._people(meeting)),
            interpreter=self.material.interpreters.get(meeting.interpreter_id or ""),
            interpreter_id=meeting.interpreter_id,
        )

    def _people(self, meeting: BookedMeeting, but: str = "") -> list[Person]:
        return [self.material.guests[person].person for person in meeting.people if person != but]

    def _stop(self, meeting: BookedMeeting) -> Stop:
        session_id = self.material.slots[self.position[meeting.slot_id]].session_id
        return Stop(meeting.id, session_id, meeting.place_id, meeting.starts_at)


def edition_of(event: Event, version: Version, slots: tuple[SlotTime, ...]) -> Edition:
    """The facts that stand on every sheet."""
    days = [slot.starts_at.date() for slot in slots] or [version.created_at.date()]
    return Edition(
        event_id=event.id,
        slug=event.slug,
        names=event.names,
        venue=event.venue,
        zone=event.zone,
        language=event.language,
        first_day=min(days),
        last_day=max(days),
        number=version.number or 0,
        published_at=version.published_at or version.created_at,
        printed_at=now(),
        is_preliminary=version.is_preliminary,
    )
