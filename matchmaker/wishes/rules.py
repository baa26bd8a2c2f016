"""What an event's organisers say of requests: who asks whom, how many, how long. The caller
commits.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participation.queries import type_of, types_of
from matchmaker.wishes.models import Barred, RequestRules

LONGEST_HOURS = 24 * 90
MOST = 1000
Pair = tuple[str, str]  # the type that asks, and the one that is asked


def rules_of(session: Session, event: Event) -> RequestRules:
    """Those that were set, or those that limit nothing."""
    return session.get(RequestRules, event.id) or RequestRules(event_id=event.id)


def set_rules(
    session: Session,
    event: Event,
    *,
    hours: int | None = None,
    outgoing: int | None = None,
    incoming: int | None = None,
) -> None:
    rules = rules_of(session, event)
    rules.hours, rules.outgoing, rules.incoming = hours, outgoing, incoming
    session.add(rules)
    session.flush()


def barred_pairs(session: Session, event_id: str) -> set[Pair]:
    rows = session.execute(
        select(Barred.from_code, Barred.to_code).where(Barred.event_id == event_id)
    )
    return {(row.from_code, row.to_code) for row in rows}


def barred_for(session: Session, event_id: str, type_code: str | None) -> set[str | None]:
    """The types that this one does not ask; who has no type asks everybody."""
    return {to for asking, to in barred_pairs(session, event_id) if asking == type_code}


def set_allowed(session: Session, event: Event, allowed: Collection[Pair]) -> None:
    """Who may ask whom: these pairs of types, and no others."""
    codes = [row.code for row in types_of(session, event.id)]
    session.execute(delete(Barred).where(Barred.event_id == event.id))
    session.add_all(
        Barred(event_id=event.id, from_code=asking, to_code=asked)
        for asking in codes
        for asked in codes
        if (asking, asked) not in allowed
    )
    session.flush()


def outgoing_limit(session: Session, event: Event, person: Participant) -> int | None:
    """How many requests a person may send: as the type says, else as the event does."""
    kind = type_of(session, event.id, person.type_code)
    if kind is not None and kind.request_limit is not None:
        return kind.request_limit
    return rules_of(session, event).outgoing
