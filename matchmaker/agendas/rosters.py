"""What lists are made of: who works where, who comes when, and where everybody meets whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import (
    Agenda,
    Booking,
    Edition,
    InterpreterName,
    PlaceCard,
    SlotTime,
    Spot,
    plain,
)
from matchmaker.agendas.holdings import meetings_in, meetings_served, places_used
from matchmaker.agendas.material import slots_of, spots_of
from matchmaker.agendas.queries import (
    agendas_of,
    bookings_of,
    cards_of,
    people_with_agenda,
    places_with_card,
)
from matchmaker.agendas.stacks import Stack
from matchmaker.database import Texts
from matchmaker.events.models import Event, Interpreter
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Version
from matchmaker.segments.queries import find_segment, matching

WALL_SLOTS = 8  # columns of a wall plan that can still be read
REGISTER = 40  # people on a sheet of the register
Stretch = tuple[str, date, tuple[SlotTime, ...]]  # name, day, slots


@dataclass(frozen=True, slots=True)
class Shift:
    """An interpreter's meetings."""

    id: str
    edition: Edition
    interpreter: InterpreterName
    meetings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A delegation: each of its people with their agenda."""

    id: str
    edition: Edition
    code: str
    names: Texts
    people: tuple[Agenda, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """A stretch of one day for the wall: places against slots."""

    id: str
    edition: Edition
    day: date
    slots: tuple[SlotTime, ...]
    spots: tuple[Spot, ...]
    meetings: dict[tuple[str, str], list[Booking]]  # by code of the place and start; seats: several


@dataclass(frozen=True, slots=True)
class Register:
    """A stretch of the alphabetical list of everybody, with agendas."""

    id: str
    edition: Edition
    people: tuple[Agenda, ...]
    phones: dict[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which people are printed; empty is everybody."""

    type_code: str = ""
    delegation_id: str = ""
    segment_id: str = ""

    def ids(self, session: Session, event: Event) -> set[str] | None:
        """Those who are left; of a segment that is gone, nobody."""
        if self == EVERYBODY:
            return None
        query = select(Participant.id).where(Participant.event_id == event.id)
        if self.segment_id:
            segment = find_segment(session, event.id, self.segment_id)
            if segment is None:
                return set()
            query = query.where(Participant.id.in_(matching(session, event, segment)))
        if self.type_code:
            query = query.where(Participant.type_code == self.type_code)
        if self.delegation_id:
            query = query.where(Participant.delegation_id == self.delegation_id)
        return set(session.scalars(query))


EVERYBODY = Chosen()


def chosen_agendas(
    session: Session, event: Event, version: Version, chosen: Chosen
) -> Stack[Agenda]:
    ids = chosen.ids(session, event)
    keys = [
        person
        for person in people_with_agenda(session, event, version)
        if ids is None or person in ids
    ]

    def every() -> list[Agenda]:
        agendas = agendas_of(session, event, version)
        return agendas if ids is None else [row for row in agendas if row.person.id in ids]

    return Stack(keys, lambda only: agendas_of(session, event, version, only), every)


def cards(session: Session, event: Event, version: Version, _chosen: Chosen) -> Stack[PlaceCard]:
    keys = [place for place, _code in places_with_card(session, event.id)]
    return Stack(
        keys,
        lambda only: cards_of(session, event, version, only),
        lambda: cards_of(session, event, version),
    )


def stands(session: Session, event: Event, version: Version, _chosen: Chosen) -> Stack[PlaceCard]:
    """Places that are somebody's: who comes there."""
    owned = select(Participant.place_id).where(
        Participant.event_id == event.id, Participant.state == "validated"
    )
    of = set(session.scalars(owned))
    return Stack(
        [place for place, _code in places_with_card(session, event.id) if place in of],
        lambda only: cards_of(session, event, version, only),
        lambda: [card for card in cards_of(session, event, version) if card.owners],
    )


def shifts(session: Session, event: Event, version: Version, _chosen: Chosen) -> Stack[Shift]:
    """A sheet for each interpreter, also for one without meetings."""
    interpreters = session.scalars(
        select(Interpreter).where(Interpreter.event_id == event.id).order_by(Interpreter.name)
    ).all()

    def made(rows: Collection[Interpreter], ids: Collection[str] | None) -> list[Shift]:
        edition, bookings = bookings_of(session, event, version, ids)
        return [_shift(row, edition, bookings) for row in rows]

    def some(rows: Collection[Interpreter]) -> list[Shift]:
        return made(rows, meetings_served(session, version, [row.id for row in rows]))

    return Stack(interpreters, some, lambda: made(interpreters, None))


def _shift(row: Interpreter, edition: Edition, bookings: Iterable[Booking]) -> Shift:
    mine = tuple(booking for booking in bookings if booking.interpreter_id == row.id)
    return Shift(row.id, edition, InterpreterName(plain(row.name), tuple(row.languages)), mine)


def groups(session: Session, event: Event, version: Version, _chosen: Chosen) -> Stack[Group]:
    """A sheet for each delegation that has anybody."""
    of = dict(
        session.execute(
            select(Participant.id, Participant.delegation_id).where(
                Participant.event_id == event.id, Participant.delegation_id.is_not(None)
            )
        ).all()
    )
    delegations = session.scalars(
        select(Delegation).where(Delegation.event_id == event.id).order_by(Delegation.code)
    )
    there = {of[person] for person in people_with_agenda(session, event, version) if person in of}
    rows = [row for row in delegations if row.id in there]

    def made(chosen: Collection[Delegation], only: Collection[str] | None) -> list[Group]:
        members: dict[str | None, list[Agenda]] = {}
        for agenda in agendas_of(session, event, version, only):
            members.setdefault(of.get(agenda.person.id), []).append(agenda)
        return [_group(row, members[row.id]) for row in chosen]

    def some(chosen: Collection[Delegation]) -> list[Group]:
        wanted = {row.id for row in chosen}
        return made(chosen, {person for person, where in of.items() if where in wanted})

    return Stack(rows, some, lambda: made(rows, None))


def group_of(
    session: Session, event: Event, version: Version, delegation: Delegation
) -> Group | None:
    """One delegation; None where nobody of it has an agenda."""
    ids = session.scalars(
        select(Participant.id).where(
            Participant.event_id == event.id, Participant.delegation_id == delegation.id
        )
    ).all()
    people = agendas_of(session, event, version, ids)
    return _group(delegation, people) if people else None


def _group(row: Delegation, people: Sequence[Agenda]) -> Group:
    return Group(row.id, people[0].edition, plain(row.code), row.names, tuple(people))


def walls(session: Session, event: Event, version: Version, _chosen: Chosen) -> Stack[Wall]:
    """Each day in stretches of a few slots, so that it can be read from the wall."""
    slots = slots_of(session, event.id)
    keys = [
        (f"{day.isoformat()}/{number}", day, stretch)
        for day in sorted({slot.starts_at.date() for slot in slots})
        for number, stretch in enumerate(
            _stretches([slot for slot in slots if slot.starts_at.date() == day]), start=1
        )
    ]
    spots = spots_of(session, event.id, places_used(session, version))

    def made(chosen: Collection[Stretch], ids: Collection[str] | None) -> list[Wall]:
        edition, bookings = bookings_of(session, event, version, ids)
        at: dict[tuple[str, str], list[Booking]] = {}
        for row in bookings:
            if row.spot:
                at.setdefault((row.spot.code, row.starts_at.isoformat()), []).append(row)
        shown = tuple(spots.values())
        return [Wall(name, edition, day, stretch, shown, at) for name, day, stretch in chosen]

    def some(chosen: Collection[Stretch]) -> list[Wall]:
        when = [slot.id for _name, _day, stretch in chosen for slot in stretch]
        return made(chosen, meetings_in(session, version, when))

    return Stack(keys, some, lambda: made(keys, None))


def _stretches(slots: list[SlotTime]) -> list[tuple[SlotTime, ...]]:
    """As few as can be, about equally long."""
    count = -(-len(slots) // WALL_SLOTS)
    size = -(-len(slots) // count) if count else 1
    return [tuple(slots[start : start + size]) for start in range(0, len(slots), size)]


def registers(session: Session, event: Event, version: Version, chosen: Chosen) -> Stack[Register]:
    """Everybody by name, for the front desk and for whoever asks who meets whom."""
    agendas = chosen_agendas(session, event, version, chosen)
    phones = _phones(session, event.id)
    people = list(agendas.keys)
    starts = range(0, len(people), REGISTER)

    def made(start: int, part: Sequence[Agenda]) -> Register:
        known = {row.person.id: phones[row.person.id] for row in part}
        return Register(f"{start // REGISTER + 1}", part[0].edition, tuple(part), known)

    def some(chosen_ones: Collection[int]) -> list[Register]:
        parts = ((start, people[start : start + REGISTER]) for start in chosen_ones)
        return [made(start, agendas_of(session, event, version, ids)) for start, ids in parts]

    def every() -> list[Register]:
        rows = list(agendas)
        return [made(start, rows[start : start + REGISTER]) for start in starts]

    return Stack(starts, some, every)


def _phones(session: Session, event_id: str) -> dict[str, str]:
    rows = session.execute(
        select(Participant.id, Participant.phone).where(Participant.event_id == event_id)
    )
    return {row.id: plain(row.phone) for row in rows}
