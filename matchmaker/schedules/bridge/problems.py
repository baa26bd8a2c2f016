"""From an event to a problem: everything the engine needs to know, and nobody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from matchmaker.events.models import (
    Event,
    Interpreter,
    InterpreterAbsence,
    Place,
    PlaceClosure,
    Slot,
    Walk,
)
from matchmaker.events.services import walking_slots
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Absence, Participant
from matchmaker.participants.presence import missed_slots
from matchmaker.participation.queries import types_of
from matchmaker.schedules.bridge.keeping import kept_meetings
from matchmaker.schedules.modes import slots_for
from matchmaker.schedules.queries import cancelled_meetings
from matchmaker.wishes.meetings import propose_meetings
from solver import problem as engine_nouns
from solver.problem import Goal, Problem

Ids = dict[str, set[str]]

# What an organiser may want. With one per cent of the wishes to give, the engine looks for a
# schedule in which as few people as possible have no meeting, or one, or two.
WANTED = {
    "nobody_without": (
        Goal(goal="wishes", slack=0.01),
        Goal(goal="worst_off"),
        Goal(goal="breaks"),
        Goal(goal="moves"),
    ),
    "most_wishes": (
        Goal(goal="wishes"),
        Goal(goal="worst_off"),
        Goal(goal="breaks"),
        Goal(goal="moves"),
    ),
}
ADDING = "only_add"  # nothing that is published moves, and late wishes count
WANTED[ADDING] = WANTED["most_wishes"]


def make_problem(session: Session, event: Event, wanted: str) -> Problem:
    """Everything the engine needs to know of the event, and no name of anybody."""
    cancelled = cancelled_meetings(session, event.id)
    proposal = propose_meetings(session, event, with_late=wanted == ADDING)
    kept = kept_meetings(session, event, proposal, everything=wanted == ADDING)
    fixed = {meeting.id for meeting, _row in kept}
    starts = _starts(session, event)
    free = [row for row in proposal.meetings if row.id not in cancelled | fixed]
    meetings = [meeting for meeting, _row in kept]
    meetings += [
        engine_nouns.Meeting(id=row.id, sides=row.sides, weight=row.weight, slots=starts)
        for row in free
    ]
    listed = {name for row in meetings for name in row.people()}
    return replace(
        make_frame(session, event, listed),
        meetings=tuple(sorted(meetings, key=lambda row: row.id)),
        published=tuple(row for _meeting, row in kept),
        goals=WANTED[wanted],
    )


def make_frame(session: Session, event: Event, listed: set[str], *, alone: bool = False) -> Problem:
    """A problem that asks for no meeting yet. ``alone``: of the people only those listed, and
    the owners of places.
    """
    slots = _slots(session, event)
    return Problem(
        name=event.slug,
        timezone=event.zone,
        slots=slots,
        places=_places(session, event),
        participants=_participants(session, event, listed, alone=alone),
        interpreters=_interpreters(session, event),
        meetings=(),
        travel=_travel(session, event),
        rules=engine_nouns.Rules(pause_within_session=_longest_pause(slots)),
        goals=(),
    )


def _starts(session: Session, event: Event) -> frozenset[str] | None:
    """The slots that the schedule may use; None: all of them."""
    if not slots_for(session, event, "book"):
        return None
    return slots_for(session, event, "schedule", "both")


def _slots(session: Session, event: Event) -> tuple[engine_nouns.Slot, ...]:
    rows = session.scalars(
        select(Slot).where(Slot.event_id == event.id).order_by(Slot.starts_at)
    ).all()
    return tuple(
        engine_nouns.Slot(id=row.id, start=row.starts_at, end=row.ends_at, session=row.session_id)
        for row in rows
    )


def _longest_pause(slots: tuple[engine_nouns.Slot, ...]) -> int:
    """In minutes, within a session: what the organiser calls one session is one."""
    pauses = [
        (later.start - earlier.end) // timedelta(minutes=1)
        for earlier, later in pairwise(slots)
        if earlier.session == later.session
    ]
    return max([10, *pauses])


def _places(session: Session, event: Event) -> tuple[engine_nouns.Place, ...]:
    closed = _grouped(
        session,
        select(PlaceClosure.place_id, PlaceClosure.slot_id).where(
            PlaceClosure.event_id == event.id
        ),
    )
    rows = session.scalars(select(Place).where(Place.event_id == event.id).order_by(Place.id))
    return tuple(
        engine_nouns.Place(
            id=row.id,
            kind=row.kind,
            zone=row.zone_id,
            capacity=row.capacity,
            closed=frozenset(closed.get(row.id, ())),
        )
        for row in rows
    )


def _participants(
    session: Session, event: Event, listed: set[str], *, alone: bool
) -> tuple[engine_nouns.Participant, ...]:
    """Everybody who may meet, and every owner of a place: a stand stays its owner's own even
    while the owner takes no meetings.
    """
    delegations = session.scalars(select(Delegation).where(Delegation.event_id == event.id))
    codes = {row.id: row.code for row in delegations}
    limits = {row.code: row.max_meetings for row in types_of(session, event.id)}
    query = select(Participant).where(Participant.event_id == event.id).order_by(Participant.id)
    if alone:
        owns = Participant.place_id.is_not(None)
        query = query.where(or_(Participant.id.in_(listed), owns))
    rows = session.scalars(query).all()
    absent = _absent(session, event, {row.id for row in rows} if alone else None)
    return tuple(
        _participant(row, frozenset(absent.get(row.id, ())), codes, limits)
        for row in rows
        if row.id in listed or row.state == "validated" or row.place_id is not None
    )


def _participant(
    row: Participant,
    absent: frozenset[str],
    codes: dict[str, str],
    limits: dict[str, int | None],
) -> engine_nouns.Participant:
    return engine_nouns.Participant(
        id=row.id,
        delegation=codes.get(row.delegation_id or ""),
        absent=absent,
        seats=row.seats,
        max_meetings=row.max_meetings or limits.get(row.type_code or ""),
        place=row.place_id,
        languages=frozenset(row.spoken),
        remote=row.remote,
    )


def _absent(session: Session, event: Event, only: set[str] | None) -> Ids:
    """Slots of absence, and the slots of sessions that somebody does not attend."""
    query = select(Absence.participant_id, Absence.slot_id).where(Absence.event_id == event.id)
    if only is not None:
        query = query.where(Absence.participant_id.in_(only))
    absent = _grouped(session, query)
    for person, missed in missed_slots(session, event.id).items():
        absent.setdefault(person, set()).update(missed)
    return absent


def _interpreters(session: Session, event: Event) -> tuple[engine_nouns.Interpreter, ...]:
    absent = _grouped(
        session,
        select(InterpreterAbsence.interpreter_id, InterpreterAbsence.slot_id).where(
            InterpreterAbsence.event_id == event.id
        ),
    )
    rows = session.scalars(
        select(Interpreter).where(Interpreter.event_id == event.id).order_by(Interpreter.id)
    )
    return tuple(
        engine_nouns.Interpreter(
            id=row.id,
            languages=frozenset(row.languages),
            absent=frozenset(absent.get(row.id, ())),
        )
        for row in rows
    )


def _travel(session: Session, event: Event) -> tuple[engine_nouns.Travel, ...]:
    walks = session.scalars(select(Walk).where(Walk.event_id == event.id)).all()
    counted = [
        (walk, walking_slots(walk.minutes, event.slot_minutes, event.changeover_minutes))
        for walk in walks
    ]
    return tuple(
        engine_nouns.Travel(origin=walk.from_id, destination=walk.to_id, slots=slots)
        for walk, slots in counted
        if slots > 0
    )


def _grouped(session: Session, query: Select[*tuple[Any, ...]]) -> Ids:
    found: Ids = {}
    for key, value in session.execute(query):
        found.setdefault(key, set()).add(value)
    return found
