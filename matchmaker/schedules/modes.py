"""Who fixes the times of meetings: the organisers' schedule, the participants, or both."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, MeetingSession, Slot
from matchmaker.schedules.models import SessionTimes, TimeRules

MODES = ("schedule", "book", "both")


def mode_of(session: Session, event: Event) -> str:
    """Of the sessions that say nothing themselves."""
    rules = session.get(TimeRules, event.id)
    return rules.mode if rules else "schedule"


def own_modes(session: Session, event: Event) -> dict[str, str]:
    """Of the sessions that say something themselves."""
    rows = session.execute(
        select(SessionTimes.session_id, SessionTimes.mode).where(SessionTimes.event_id == event.id)
    )
    return dict(rows.all())


def set_modes(session: Session, event: Event, mode: str, own: Mapping[str, str]) -> None:
    """``own``: by session, those that differ. The caller commits."""
    rules = session.get(TimeRules, event.id) or TimeRules(event_id=event.id)
    rules.mode = mode
    session.add(rules)
    session.execute(delete(SessionTimes).where(SessionTimes.event_id == event.id))
    known = session.scalars(select(MeetingSession.id).where(MeetingSession.event_id == event.id))
    session.add_all(
        SessionTimes(event_id=event.id, session_id=name, mode=own[name])
        for name in known
        if own.get(name) in MODES
    )
    session.flush()


def slots_for(session: Session, event: Event, *modes: str) -> frozenset[str]:
    """The slots of the sessions whose times are fixed in one of these ways."""
    usual, own = mode_of(session, event), own_modes(session, event)
    rows = session.execute(select(Slot.id, Slot.session_id).where(Slot.event_id == event.id))
    return frozenset(row.id for row in rows if own.get(row.session_id, usual) in modes)


def can_be_booked(session: Session, event: Event) -> bool:
    """Whether there is a session in which participants fix times themselves."""
    return {mode_of(session, event), *own_modes(session, event).values()} != {"schedule"}
