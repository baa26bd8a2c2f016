"""What an event's organisers say of requests. The caller commits."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.wishes.models import RequestRules

LONGEST_HOURS = 24 * 90


def rules_of(session: Session, event: Event) -> RequestRules:
    """Those that were set, or those that limit nothing."""
    return session.get(RequestRules, event.id) or RequestRules(event_id=event.id)


def set_rules(session: Session, event: Event, *, hours: int | None) -> None:
    rules = rules_of(session, event)
    rules.hours = hours
    session.add(rules)
    session.flush()
