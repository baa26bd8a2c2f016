"""What an event has already, loaded once for an import: what its cells may name, and more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.events.models import Event, MeetingSession, Place, Slot
from matchmaker.organisations.models import LISTS, Delegation
from matchmaker.participation import queries as participation
from matchmaker.spreadsheets.columns import fold
from matchmaker.vocabularies.queries import Labels, labels_of
from matchmaker.vocabularies.words import codes_by_word

OWN_PLACES = ("table", "stand")


class Spot(NamedTuple):
    """A place of meetings."""

    id: str
    code: str
    kind: str


class SlotTimes(NamedTuple):
    id: str
    session_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Names:
    """What cells may name, as :func:`key` and ``fold`` make it, and what that stands for: as long
    as two of these are equal, a cell says the same.
    """

    slots: tuple[SlotTimes, ...]  # in order of time
    sessions: dict[str, str]  # folded name in any language, day and hours, or id → id
    session_names: dict[str, dict[str, str]]  # id → texts that name this session only
    places: dict[str, Spot]  # key of the code → place
    words: dict[str, dict[str, str]]  # list → folded label or code → code
    type_words: dict[str, str]  # of participation: folded name or code → code


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    event: Event
    names: Names
    delegations: dict[str, Delegation]  # code without case → delegation
    labels: Labels  # list → code → texts
    type_names: dict[str, Texts]  # of participation: code → names


def look_around(session: Session, event: Event) -> Surroundings:
    delegations = session.scalars(select(Delegation).where(Delegation.event_id == event.id)).all()
    types = participation.type_names(session, event.id)
    labels = labels_of(session, event.id)
    return Surroundings(
        event=event,
        names=_names(session, event, labels, types),
        delegations={row.code.casefold(): row for row in delegations},
        labels=labels,
        type_names=types,
    )


def _names(session: Session, event: Event, labels: Labels, types: dict[str, Texts]) -> Names:
    sessions = session.scalars(
        select(MeetingSession)
        .where(MeetingSession.event_id == event.id)
        .order_by(MeetingSession.day, MeetingSession.starts)
    ).all()
    by_name = _by_name(sessions)
    return Names(
        slots=tuple(_slots(session, event)),
        sessions=by_name,
        session_names={row.id: _names_of(row, by_name) for row in sessions},
        places={key(place.code): place for place in _places(session, event)},
        words={kind: codes_by_word(kind, labels.get(kind, {})) for kind in LISTS},
        type_words=participation.codes_by_word(types),
    )


def _slots(session: Session, event: Event) -> list[SlotTimes]:
    rows = session.execute(
        select(Slot.id, Slot.session_id, Slot.starts_at, Slot.ends_at)
        .where(Slot.event_id == event.id)
        .order_by(Slot.starts_at)
    )
    return [SlotTimes._make(row) for row in rows]


def _places(session: Session, event: Event) -> list[Spot]:
    rows = session.execute(
        select(Place.id, Place.code, Place.kind).where(Place.event_id == event.id)
    )
    return [Spot._make(row) for row in rows]


def key(code: str) -> str:
    """A code without case and spaces."""
    return "".join(code.split()).casefold()


def _by_name(rows: Iterable[MeetingSession]) -> dict[str, str]:
    """Every name that belongs to one session only."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for name in (row.id, _day_and_hours(row), *row.names.values()):
            found.setdefault(fold(name), set()).add(row.id)
    return {name: min(ids) for name, ids in found.items() if name and len(ids) == 1}


def _names_of(row: MeetingSession, by_name: Mapping[str, str]) -> dict[str, str]:
    """Its own names; day and hours where it has none, or shares them with another day."""
    own = {code: name for code, name in row.names.items() if fold(name) in by_name}
    return own or {"en": _day_and_hours(row)}


def _day_and_hours(row: MeetingSession) -> str:
    return f"{row.day} {row.starts:%H:%M}-{row.ends:%H:%M}"
