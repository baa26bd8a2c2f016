"""The job that gives places that became free to those who wait: where somebody has withdrawn, was
erased or made one with another, no page of the programme was opened.
"""

from __future__ import annotations

from collections import Counter

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.jobs.queue import Queue
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.queries import count_signups
from matchmaker.programme.signing import fill, hold

JOB = "programme"


def register(queue: Queue, app: Flask) -> None:
    def perform(event_id: str, item_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            move_up(session, event_id, item_id)

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), Session(db.engine) as session:
            return items_with_room(session)

    queue.register(JOB, perform, find_due)


def move_up(session: Session, event_id: str, item_id: str) -> list[str]:
    """Commits."""
    event = session.get(Event, event_id)
    if event is None:
        return []
    try:
        moved = fill(session, event, hold(session, event, item_id))
    except Refusal:  # cancelled in the meantime
        session.rollback()
        return []
    session.commit()
    return moved


def items_with_room(session: Session) -> list[tuple[str, str]]:
    """Items for which somebody waits though there is a place."""
    waiting = select(ProgrammeSignup.item_id).where(
        ProgrammeSignup.event_id == ProgrammeItem.event_id, ProgrammeSignup.state == "waits"
    )
    rows = session.execute(
        select(ProgrammeItem, Event)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(ProgrammeItem.id.in_(waiting), ProgrammeItem.cancelled_at.is_(None))
    ).all()
    return [
        (item.event_id, item.id)
        for item, event in rows
        if item.starts_at > wall_now(event.zone) and _has_room(session, item)
    ]


def _has_room(session: Session, item: ProgrammeItem) -> bool:
    counted = count_signups(session, item.event_id).get(item.id, Counter())
    room = item.places is None or counted.get("attends", 0) < item.places
    return room and counted.get("waits", 0) > 0
