"""Whoever has not answered is reminded, as often as the event reminds of anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.events.phases import open_events
from matchmaker.notices.queries import settings_of
from matchmaker.notices.reminding import not_told
from matchmaker.notices.services import notify_many
from matchmaker.wishes.models import Wish
from matchmaker.wishes.requests import hours_of

KIND = "undecided"


def remind(session: Session, at: datetime) -> int:
    """Put down what is to be told; how many people. Commits."""
    count = 0
    for event, people, period in list(forgetful(session, at)):
        notify_many(session, event, people, KIND, cause=period)
        count += len(people)
    session.commit()
    return count


def forgetful(session: Session, at: datetime) -> Iterator[tuple[Event, list[str], str]]:
    """Of each event, who has let a request wait for the days after which it reminds, and was not
    reminded in this turn yet.
    """
    for event in open_events(session, "wishes"):
        days = settings_of(session, event.id).reminder_days if event.needs_acceptance else 0
        people = _slow(session, event, at, days) if days else []
        period = f"{at.toordinal() // days}" if days else ""
        if waiting := not_told(session, event, people, KIND, period):
            yield event, waiting, period


def _slow(session: Session, event: Event, at: datetime, days: int) -> list[str]:
    """Who was asked by name; what goes to a whole organisation waits for nobody in particular."""
    query = select(Wish.to_id).where(
        Wish.event_id == event.id,
        Wish.to_id.is_not(None),
        Wish.grade != "never",
        Wish.state == "open",
        Wish.asked_at <= at - timedelta(days=days),
    )
    if hours := hours_of(session, event):
        query = query.where(Wish.asked_at > at - timedelta(hours=hours))
    return [person for person in session.scalars(query.distinct()) if person]
