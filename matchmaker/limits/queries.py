"""Limits as other features ask for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Slot
from matchmaker.limits.models import (
    EventLimits,
    Pause,
    PauseSlot,
    PauseTaker,
    RestWish,
    SessionLimit,
)
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import keeps_away

Ids = dict[str, set[str]]


@dataclass(frozen=True)
class Taken:
    """A pause with its slots; ``people`` None: everybody."""

    slots: frozenset[str]
    free: int  # how many of them stay free
    people: frozenset[str] | None


def limits_of(session: Session, event_id: str) -> EventLimits:
    """Those that were set, or those that limit nothing."""
    return session.get(EventLimits, event_id) or EventLimits(
        event_id=event_id, organisations_once=False
    )


def session_limits(session: Session, event_id: str) -> dict[str, int]:
    rows = session.execute(
        select(SessionLimit.session_id, SessionLimit.most).where(SessionLimit.event_id == event_id)
    )
    return dict(rows.all())


def slots_of_sessions(session: Session, event_id: str) -> Ids:
    return _grouped(session, select(Slot.session_id, Slot.id).where(Slot.event_id == event_id))


def rest_wishes(session: Session, event_id: str) -> dict[str, int]:
    """By person, the most meetings in a row that they want."""
    rows = session.execute(
        select(RestWish.participant_id, RestWish.in_a_row).where(RestWish.event_id == event_id)
    )
    return dict(rows.all())


def pauses_of(session: Session, event_id: str) -> Sequence[Pause]:
    """In the order in which they were made."""
    rows = session.scalars(select(Pause).where(Pause.event_id == event_id)).all()
    return _in_order(rows, pause_slots(session, event_id))


def _in_order(rows: Iterable[Pause], slots: Ids) -> list[Pause]:
    return sorted(rows, key=lambda row: (min(slots.get(row.id, {"~"})), row.id))


def pause_slots(session: Session, event_id: str) -> Ids:
    return _grouped(
        session, select(PauseSlot.pause_id, PauseSlot.slot_id).where(PauseSlot.event_id == event_id)
    )


def takers_of(session: Session, event_id: str) -> Ids:
    """By pause, who has chosen it."""
    return _grouped(
        session,
        select(PauseTaker.pause_id, PauseTaker.participant_id).where(
            PauseTaker.event_id == event_id
        ),
    )


def chosen_pauses(session: Session, person: Participant) -> set[str]:
    return set(
        session.scalars(
            select(PauseTaker.pause_id).where(
                PauseTaker.event_id == person.event_id, PauseTaker.participant_id == person.id
            )
        )
    )


def taken_pauses(session: Session, event_id: str) -> list[Taken]:
    """Every pause that has slots and people."""
    rows = session.scalars(select(Pause).where(Pause.event_id == event_id)).all()
    if not rows:
        return []
    slots, takers = pause_slots(session, event_id), takers_of(session, event_id)
    found = []
    for row in _in_order(rows, slots):
        here = frozenset(slots.get(row.id, ()))
        people = frozenset(takers.get(row.id, ())) if row.by_choice else None
        if here and people != frozenset():
            free = len(here) if row.free is None else min(row.free, len(here))
            found.append(Taken(here, free, people))
    return found


def whole_slots(session: Session, event_id: str, pauses: Collection[str]) -> set[str]:
    """The slots that these pauses by choice take altogether, with those that everybody takes."""
    slots = pause_slots(session, event_id)
    return {
        slot
        for row in pauses_of(session, event_id)
        if row.id in pauses or not row.by_choice
        if row.free is None or row.free >= len(slots.get(row.id, ()))
        for slot in slots.get(row.id, ())
    }


@keeps_away
def in_whole_pauses(session: Session, event_id: str, people: Collection[str] | None) -> Ids:
    """The slots of pauses that stay free altogether: nobody can meet then."""
    whole = [row for row in taken_pauses(session, event_id) if row.free == len(row.slots)]
    if not whole:
        return {}
    everybody = set(people) if people is not None else _everybody(session, event_id)
    away: Ids = {}
    for row in whole:
        for person in everybody if row.people is None else everybody & row.people:
            away.setdefault(person, set()).update(row.slots)
    return away


def _everybody(session: Session, event_id: str) -> set[str]:
    return set(session.scalars(select(Participant.id).where(Participant.event_id == event_id)))


def _grouped(session: Session, query: Select[*tuple[Any, ...]]) -> Ids:
    found: Ids = {}
    for key, value in session.execute(query):
        found.setdefault(key, set()).add(value)
    return found
