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
from matchmaker.participants.presence import kept_away, missed_slots
from matchmaker.participation.queries import types_of
from matchmaker.schedules.aims import PRESETS, Aim
from matchmaker.schedules.bridge.keeping import kept_meetings
from matchmaker.schedules.bridge.limiting import least, limited, rests
from matchmaker.schedules.modes import slots_for
from matchmaker.schedules.queries import cancelled_meetings
from matchmaker.wishes.meetings import propose_meetings
from solver import problem as engine_nouns
from solver.problem import Goal, Problem

Ids = dict[str, set[str]]
_OF_PERSON = (  # objects take several times as long
    Participant.id, Participant.delegation_id, Participant.seats, Participant.max_meetings,
    Participant.type_code, Participant.place_id, Participant.spoken, Participant.remote,
    Participant.state,
)  # fmt: skip


def make_problem(session: Session, event: Event, wanted: str | Aim) -> Problem:
    """Everything the engine needs to know of the event, and no name of anybody. ``wanted``: an
    aim, or the name of a usual one.
    """
    aim = PRESETS[wanted] if isinstance(wanted, str) else wanted
    proposal = propose_meetings(session, event, with_late=aim.stays == "published")
    kept = kept_meetings(session, event, proposal, aim)
    meetings = {meeting.id: meeting for meeting, _row in kept}
    out = cancelled_meetings(session, event.id) | {row.meeting for _m, row in kept if row.locked}
    starts = _starts(session, event, aim)
    for row in proposal.meetings:
        if row.id not in out:
            meetings[row.id] = engine_nouns.Meeting(
                id=row.id, sides=row.sides, weight=row.weight, slots=starts
            )
    listed = {name for row in meetings.values() for name in row.people()}
    problem = replace(
        make_frame(session, event, listed),
        meetings=tuple(sorted(meetings.values(), key=lambda row: row.id)),
        published=tuple(row for _meeting, row in kept),
        goals=goals_of(aim),
    )
    return limited(session, event, problem)


def goals_of(aim: Aim) -> tuple[Goal, ...]:
    """In their order; what published meetings may change comes before all."""
    order = ("stability", *aim.order) if aim.stays == "few" else aim.order
    slack = {"wishes": aim.given / 1000}
    return tuple(Goal(goal=name, slack=slack.get(name, 0.0)) for name in order)


def make_frame(session: Session, event: Event, listed: set[str], *, alone: bool = False) -> Problem:
    """A problem that asks for no meeting yet. ``alone``: of the people only those listed, and
    the owners of places.
    """
    slots = _slots(session, event)
    frame = Problem(
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
    return limited(session, event, frame)


def _starts(session: Session, event: Event, aim: Aim) -> frozenset[str] | None:
    """The slots that the schedule may use; None: all of them."""
    usable: frozenset[str] | None = None
    if slots_for(session, event, "book"):
        usable = slots_for(session, event, "schedule", "both")
    if aim.stays != "sessions":
        return usable
    rows = select(Slot.id).where(Slot.event_id == event.id, Slot.session_id.in_(aim.sessions))
    open_ones = frozenset(session.scalars(rows))
    return open_ones if usable is None else usable & open_ones


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
    query = (
        select(Place.id, Place.kind, Place.zone_id, Place.capacity)
        .where(Place.event_id == event.id)
        .order_by(Place.id)
    )
    rows = session.execute(query)
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
    in_a_row, wanted = rests(session, event)
    query = select(*_OF_PERSON).where(Participant.event_id == event.id).order_by(Participant.id)
    if alone:
        owns = Participant.place_id.is_not(None)
        query = query.where(or_(Participant.id.in_(listed), owns))
    rows = session.execute(query).all()
    absent = _absent(session, event, {row.id for row in rows} if alone else None)
    return tuple(
        replace(
            _participant(row, frozenset(absent.get(row.id, ())), codes, limits),
            max_in_a_row=least(in_a_row, wanted.get(row.id)),
        )
        for row in rows
        if row.id in listed or row.state == "validated" or row.place_id is not None
    )


def _participant(
    row: Any,
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
    """Slots of absence and of sessions that somebody does not attend, and when else they cannot
    meet.
    """
    query = select(Absence.participant_id, Absence.slot_id).where(Absence.event_id == event.id)
    if only is not None:
        query = query.where(Absence.participant_id.in_(only))
    absent = _grouped(session, query)
    for person, missed in missed_slots(session, event.id, only).items():
        absent.setdefault(person, set()).update(missed)
    for person, away in kept_away(session, event.id, only).items():
        absent.setdefault(person, set()).update(away)
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
