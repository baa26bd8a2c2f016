"""The studies of an event, and what they are held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.capacity.models import CapacityStudy
from matchmaker.events.models import Event, Place, PlaceClosure, Slot
from matchmaker.events.queries import slots_of
from matchmaker.schedules import bridge

ON_SITE = ("table", "stand")


def latest_study(session: Session, event_id: str) -> CapacityStudy | None:
    """The newest that has an answer."""
    done = CapacityStudy.event_id == event_id, CapacityStudy.state == "done"
    newest = CapacityStudy.finished_at.desc()
    return session.scalars(select(CapacityStudy).where(*done).order_by(newest).limit(1)).first()


def newest_study(session: Session, event_id: str) -> CapacityStudy | None:
    """The newest, however it went."""
    mine = select(CapacityStudy).where(CapacityStudy.event_id == event_id)
    return session.scalars(mine.order_by(CapacityStudy.created_at.desc()).limit(1)).first()


def is_current(session: Session, event: Event, study: CapacityStudy) -> bool:
    """Whether wishes, people, times and places are still those that were looked at."""
    return bridge.write_problem(session, event, "most_wishes")[1] == study.problem_sha256


@dataclass(frozen=True)
class Load:
    """One slot: meetings to expect, and how many can be at tables and stands at once."""

    slot: Slot
    expected: float
    seats: int


def loads_of(session: Session, event_id: str, study: CapacityStudy) -> list[Load]:
    on_site = Place.event_id == event_id, Place.kind.in_(ON_SITE)
    seats = sum(session.scalars(select(Place.capacity).where(*on_site)))
    closed = _closed_seats(session, event_id)
    return [
        Load(slot, float(study.demand.get(slot.id, 0.0)), seats - closed[slot.id])
        for slot in slots_of(session, event_id)
    ]


def _closed_seats(session: Session, event_id: str) -> Counter[str]:
    """Of each slot: how many meetings fewer there can be, since places are closed."""
    this_place = (Place.event_id == PlaceClosure.event_id) & (Place.id == PlaceClosure.place_id)
    rows = session.execute(
        select(PlaceClosure.slot_id, Place.capacity)
        .join(Place, this_place)
        .where(Place.event_id == event_id, Place.kind.in_(ON_SITE))
    )
    closed: Counter[str] = Counter()
    for slot_id, capacity in rows:
        closed[slot_id] += capacity
    return closed
