"""What the front page lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.delegations.queries import led_events
from matchmaker.events import phases
from matchmaker.events.models import Event, MeetingSession, Membership
from matchmaker.events.queries import DUTIES
from matchmaker.participants.models import Participant


@dataclass(frozen=True)
class EventCard:
    """An event with its first and last day, where it has any yet."""

    event: Event
    first_day: date | None
    last_day: date | None


def open_events(session: Session) -> list[EventCard]:
    """Where one can register."""
    return _cards(
        session, Event.id.in_([row.id for row in phases.open_events(session, "registration")])
    )


def organised_events(session: Session, account: Account) -> list[EventCard]:
    mine = select(Membership.event_id).where(
        Membership.account_id == account.id, Membership.role.in_(DUTIES)
    )
    return _cards(session, Event.id.in_(mine))


def helped_events(session: Session, account: Account) -> list[EventCard]:
    """Where the account looks after a delegation."""
    return _cards(session, Event.id.in_([event.id for event in led_events(session, account)]))


def attended_events(session: Session, account: Account) -> list[EventCard]:
    """Where the account, or an address that it proved, is a participant."""
    mine = select(Participant.event_id).where(
        or_(
            Participant.account_id == account.id,
            Participant.account_id.is_(None) & (Participant.email_key == account.email_key),
        )
    )
    return _cards(session, Event.id.in_(mine))


def connected_slugs(session: Session, account: Account) -> list[str]:
    """The events whose pages for participants are open to the account."""
    of_mine = select(Event.slug).join(Participant, Participant.event_id == Event.id)
    return list(session.scalars(of_mine.where(Participant.account_id == account.id)))


def _cards(session: Session, chosen: object) -> list[EventCard]:
    first, last = func.min(MeetingSession.day), func.max(MeetingSession.day)
    rows = session.execute(
        select(Event, first, last)
        .outerjoin(MeetingSession, MeetingSession.event_id == Event.id)
        .where(chosen)  # type: ignore[arg-type]
        .group_by(Event.id)
        .order_by(first, Event.slug)
    )
    return [EventCard(event, start, end) for event, start, end in rows]
