"""What lists are made of: who works where, who comes when, and where everybody meets whom."""

from __future__ import annotations

from collections.abc import Iterable
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
from matchmaker.agendas.material import slots_of
from matchmaker.agendas.queries import agendas_of, bookings_of, cards_of
from matchmaker.database import Texts
from matchmaker.events.models import Event, Interpreter
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Version
from matchmaker.segments.queries import find_segment, matching

WALL_SLOTS = 8  # columns of a wall plan that can still be read
REGISTER = 40  # people on a sheet of the register


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
    meetings: dict[tuple[str, str], Booking]  # by code of the place and start


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
) -> list[Agenda]:
    ids = chosen.ids(session, event)
    agendas = agendas_of(session, event, version)
    return agendas if ids is None else [row for row in agendas if row.person.id in ids]


def cards(session: Session, event: Event, version: Version, _chosen: Chosen) -> list[PlaceCard]:
    return cards_of(session, event, version)


def stands(session: Session, event: Event, version: Version, _chosen: Chosen) -> list[PlaceCard]:
    """Places that are somebody's: who comes there."""
    return [card for card in cards_of(session, event, version) if card.owners]


def shifts(session: Session, event: Event, version: Version, _chosen: Chosen) -> list[Shift]:
    """A sheet for each interpreter, also for one without meetings."""
    edition, bookings = bookings_of(session, event, version)
    rows = session.scalars(
        select(Interpreter).where(Interpreter.event_id == event.id).order_by(Interpreter.name)
    )
    return [
        Shift(
            row.id,
            edition,
            InterpreterName(plain(row.name), tuple(row.languages)),
            tuple(booking for booking in bookings if booking.interpreter_id == row.id),
        )
        for row in rows
    ]


def groups(session: Session, event: Event, version: Version, _chosen: Chosen) -> list[Group]:
    """A sheet for each delegation that has anybody."""
    members: dict[str, list[Agenda]] = {}
    of = dict(
        session.execute(
            select(Participant.id, Participant.delegation_id).where(
                Participant.event_id == event.id, Participant.delegation_id.is_not(None)
            )
        ).all()
    )
    for agenda in agendas_of(session, event, version):
        if delegation := of.get(agenda.person.id):
            members.setdefault(delegation, []).append(agenda)
    rows = session.scalars(
        select(Delegation).where(Delegation.event_id == event.id).order_by(Delegation.code)
    )
    return [
        Group(
            row.id, members[row.id][0].edition, plain(row.code), row.names, tuple(members[row.id])
        )
        for row in rows
        if row.id in members
    ]


def walls(session: Session, event: Event, version: Version, _chosen: Chosen) -> list[Wall]:
    """Each day in stretches of a few slots, so that it can be read from the wall."""
    edition, bookings = bookings_of(session, event, version)
    slots = slots_of(session, event.id)
    at = {(row.spot.code, row.starts_at.isoformat()): row for row in bookings if row.spot}
    spots = {row.spot.code: row.spot for row in bookings if row.spot}
    shown = tuple(spots[code] for code in sorted(spots))
    return [
        Wall(f"{day.isoformat()}/{number}", edition, day, stretch, shown, at)
        for day in sorted({slot.starts_at.date() for slot in slots})
        for number, stretch in enumerate(
            _stretches([slot for slot in slots if slot.starts_at.date() == day]), start=1
        )
    ]


def _stretches(slots: list[SlotTime]) -> list[tuple[SlotTime, ...]]:
    """As few as can be, about equally long."""
    count = -(-len(slots) // WALL_SLOTS)
    size = -(-len(slots) // count) if count else 1
    return [tuple(slots[start : start + size]) for start in range(0, len(slots), size)]


def registers(session: Session, event: Event, version: Version, chosen: Chosen) -> list[Register]:
    """Everybody by name, for the front desk and for whoever asks who meets whom."""
    agendas = chosen_agendas(session, event, version, chosen)
    phones = _phones(session, event.id)
    return [
        Register(
            f"{number}", part[0].edition, part, {a.person.id: phones[a.person.id] for a in part}
        )
        for number, part in enumerate(_parts(agendas), start=1)
    ]


def _parts(agendas: list[Agenda]) -> Iterable[tuple[Agenda, ...]]:
    for start in range(0, len(agendas), REGISTER):
        yield tuple(agendas[start : start + REGISTER])


def _phones(session: Session, event_id: str) -> dict[str, str]:
    rows = session.execute(
        select(Participant.id, Participant.phone).where(Participant.event_id == event_id)
    )
    return {row.id: plain(row.phone) for row in rows}
