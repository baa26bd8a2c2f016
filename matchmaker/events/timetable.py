"""Days and sessions: runs of slots without a pause. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import combinations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import day_text, span_text
from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession
from matchmaker.events.names import checked_texts, label_of
from matchmaker.events.queries import sessions_of, slots_of
from matchmaker.events.slots import divide, replace_slots, stale_slots, wanted_slots
from matchmaker.events.uses import InUse


@dataclass(frozen=True, kw_only=True)
class PlannedSession:
    """What an organiser says of a session: wall times of one day."""

    day: date
    starts: time
    ends: time
    names: Texts = field(default_factory=dict)


def plan_sessions(
    session: Session, event: Event, planned: Sequence[PlannedSession]
) -> list[MeetingSession]:
    """Add sessions and their slots; all of them or none."""
    lock_event(session, event)
    rows = [_row(event, plan) for plan in planned]
    _check(event, [*sessions_of(session, event.id), *rows])
    session.add_all(rows)
    session.flush()
    replan(session, event)
    return rows


def change_session(session: Session, row: MeetingSession, plan: PlannedSession) -> None:
    """Other times, day or name; the slots follow."""
    event = session.get_one(Event, row.event_id)
    lock_event(session, event)
    changed = _row(event, plan)
    others = [other for other in sessions_of(session, event.id) if other.id != row.id]
    _check(event, [*others, changed])
    row.day, row.starts, row.ends, row.names = plan.day, plan.starts, plan.ends, changed.names
    session.flush()
    replan(session, event)


def remove_session(session: Session, row: MeetingSession) -> None:
    """Away with a session and its slots, unless somebody counts on them."""
    label = label_of(row)
    slots = [slot.id for slot in slots_of(session, row.event_id) if slot.session_id == row.id]
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError:
        raise InUse(
            _(
                "“%(session)s” stays: a schedule uses its slots, or participants chose it. "
                "Remove those schedules or change those people first.",
                session=label,
            ),
            sessions=[row.id],
            slots=slots,
        ) from None


def replan(session: Session, event: Event) -> None:
    """Make the slots anew from sessions, slot length and changeover; equal ones stay."""
    rows = sessions_of(session, event.id)
    _check(event, rows)
    slots = wanted_slots(event, rows)
    stale = [slot.id for slot in stale_slots(session, event, slots)]
    try:
        with session.begin_nested():
            replace_slots(session, event, slots)
    except IntegrityError:
        raise InUse(
            _(
                "The slots stay as they are: a schedule uses them. Remove the schedules that were "
                "made with these slots, or add a session instead."
            ),
            slots=stale,
        ) from None


def lock_event(session: Session, event: Event) -> None:
    """One change of the set-up at a time, so that a check still holds when it is written.
    (SQLite has begun its transaction as the only writer; there this is a plain read.)
    """
    session.flush()
    session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def _row(event: Event, plan: PlannedSession) -> MeetingSession:
    return MeetingSession(
        event_id=event.id,
        names=checked_texts(plan.names),
        day=plan.day,
        starts=plan.starts.replace(second=0, microsecond=0),
        ends=plan.ends.replace(second=0, microsecond=0),
    )


def _check(event: Event, rows: Iterable[MeetingSession]) -> None:
    rows = list(rows)
    for row in rows:
        check_length(event, row)
    for one, other in combinations(rows, 2):
        if one.day == other.day and one.starts < other.ends and other.starts < one.ends:
            raise Refusal(
                _(
                    "On %(day)s “%(one)s” and “%(other)s” overlap: change the hours of one.",
                    day=day_text(one.day, current_language()),
                    one=_named(one),
                    other=_named(other),
                )
            )
    wanted_slots(event, rows)


def check_length(event: Event, row: MeetingSession) -> None:
    """Refuse a session that holds no slot."""
    if row.starts >= row.ends:
        raise Refusal(
            _(
                "“%(session)s” ends before it begins: a session lies within one day, "
                "one that passes midnight is two.",
                session=_named(row),
            )
        )
    if not divide(row.day, row.starts, row.ends, slot=event.slot_minutes, changeover=0):
        raise Refusal(
            _(
                "“%(session)s” is shorter than one slot of %(minutes)s minutes: "
                "make the session longer or the slots shorter.",
                session=_named(row),
                minutes=event.slot_minutes,
            )
        )


def _named(row: MeetingSession) -> str:
    hours = span_text(row.starts, row.ends, current_language())
    label = label_of(row)
    return label if label == hours else f"{label}, {hours}"
