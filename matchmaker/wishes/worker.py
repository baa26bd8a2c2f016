"""The jobs that say beforehand that requests will expire, and remind of those that wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import db, now, reading
from matchmaker.events.models import Event
from matchmaker.jobs.queue import Queue
from matchmaker.wishes import reminding
from matchmaker.wishes.models import RequestRules, Wish
from matchmaker.wishes.requests import lead
from matchmaker.wishes.telling import tell_asked

KIND = "expiring"


def register(queue: Queue, app: Flask) -> None:
    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            warn(session, now())

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), reading(), Session(db.engine) as session:
            return [("", "")] if any(wishes for _event, wishes in _expiring(session, now())) else []

    queue.register(KIND, perform, find_due)
    _register_reminders(queue, app)


def _register_reminders(queue: Queue, app: Flask) -> None:
    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            reminding.remind(session, now())

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), reading(), Session(db.engine) as session:
            return [("", "")] if any(True for _row in reminding.forgetful(session, now())) else []

    queue.register(reminding.KIND, perform, find_due)


def warn(session: Session, at: datetime) -> int:
    """Tell whoever has not answered what will expire soon, once; how many requests. Commits."""
    count = 0
    for event, wishes in list(_expiring(session, at)):
        for wish in wishes:
            tell_asked(session, event, wish, "expiring")
            wish.warned_at = at
            count += 1
    session.commit()
    return count


def _expiring(session: Session, at: datetime) -> Iterator[tuple[Event, Sequence[Wish]]]:
    rules = session.execute(
        select(Event, RequestRules.hours)
        .join(RequestRules, RequestRules.event_id == Event.id)
        .where(Event.needs_acceptance, RequestRules.hours.is_not(None))
    ).all()
    for event, hours in rules:
        assert hours is not None
        asked = at - timedelta(hours=hours)
        open_ones = Wish.event_id == event.id, Wish.state == "open", Wish.grade != "never"
        soon = Wish.asked_at > asked, Wish.asked_at <= asked + lead(hours)
        query = select(Wish).where(*open_ones, *soon, Wish.warned_at.is_(None))
        yield event, session.scalars(query.order_by(Wish.id)).all()
