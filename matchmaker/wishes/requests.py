"""Wishes as requests: how each stands, and until when an answer is awaited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Remark, RequestRules, Wish
from matchmaker.wishes.queries import IncomingWish, OwnWish

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Standing:
    """``state`` is the wish's own, or ``mutual``, or ``expired``; ``until`` is when an open one
    expires, or when it did.
    """

    state: str
    until: datetime | None = None
    is_soon: bool = False

    @property
    def can_be_answered(self) -> bool:
        return self.state in ("open", "accepted", "declined")


def hours_of(session: Session, event: Event) -> int | None:
    """Within how many hours a request of this event is answered."""
    if not event.needs_acceptance:
        return None
    return session.scalar(select(RequestRules.hours).where(RequestRules.event_id == event.id))


class Asking(Protocol):
    """What of a wish says how it stands."""

    @property
    def state(self) -> str: ...

    @property
    def asked_at(self) -> datetime: ...


def standing_of(
    wish: Asking, hours: int | None, *, mutual: bool = False, at: datetime | None = None
) -> Standing:
    """An open request runs out by itself: nothing has to be done for it, and it holds nothing."""
    if mutual:
        return Standing("mutual")
    if wish.state != "open" or hours is None:
        return Standing(wish.state)
    until = wish.asked_at + timedelta(hours=hours)
    left = until - (at or now())
    if left <= timedelta(0):
        return Standing("expired", until)
    return Standing("open", until, left <= lead(hours))


def run_out(session: Session, event: Event) -> set[tuple[str, str | None, str | None]]:
    """All requests that have expired: who asked, and whom, or which organisation. The same as
    :func:`standing_of` says of each.
    """
    hours = hours_of(session, event)
    if hours is None:
        return set()
    rows = session.execute(
        select(Wish.from_id, Wish.to_id, Wish.to_organisation_id).where(
            Wish.event_id == event.id,
            Wish.state == "open",
            Wish.asked_at <= now() - timedelta(hours=hours),
        )
    )
    return {(asker, person, organisation) for asker, person, organisation in rows}


def lead(hours: int) -> timedelta:
    """How long before it expires a request is said to do so soon."""
    return min(SOON, timedelta(hours=hours) / 4)


def standings_of(
    session: Session,
    event: Event,
    own: Iterable[OwnWish],
    incoming: Iterable[IncomingWish],
) -> dict[str, Standing]:
    """How each of my wishes and of those for me stands. Two who name each other have agreed."""
    hours, own, incoming = hours_of(session, event), list(own), list(incoming)
    asked = {mine.wish.to_id for mine in own if mine.wish.grade != "never" and mine.wish.to_id}
    asking = {item.wish.from_id for item in incoming if item.wish.to_id}
    found = {
        mine.wish.id: standing_of(mine.wish, hours, mutual=mine.wish.to_id in asking)
        for mine in own
    }
    return found | {
        item.wish.id: standing_of(
            item.wish, hours, mutual=bool(item.wish.to_id) and item.wish.from_id in asked
        )
        for item in incoming
    }


def count_waiting(
    session: Session, event: Event, own: Iterable[OwnWish], incoming: Iterable[IncomingWish]
) -> int:
    """How many requests wait for my answer."""
    if not event.needs_acceptance:
        return 0
    incoming = list(incoming)
    standings = standings_of(session, event, own, incoming)
    return sum(standings[item.wish.id].state == "open" for item in incoming)


@dataclass(frozen=True)
class Line:
    """A remark as one of the two sides reads it."""

    text: str
    is_mine: bool
    name: str
    created_at: datetime


def remarks_on(
    session: Session, me: Participant, wishes: Collection[str]
) -> Mapping[str, list[Line]]:
    """Questions and answers by wish, the oldest first."""
    rows = session.execute(
        select(Remark, Participant.first_name, Participant.last_name)
        .join(
            Participant,
            (Participant.event_id == Remark.event_id) & (Participant.id == Remark.author_id),
        )
        .where(Remark.event_id == me.event_id, Remark.wish_id.in_(wishes))
        .order_by(Remark.created_at, Remark.id)
    )
    found: dict[str, list[Line]] = {}
    for remark, first, last in rows:
        line = Line(
            remark.text, remark.author_id == me.id, f"{first} {last}".strip(), remark.created_at
        )
        found.setdefault(remark.wish_id, []).append(line)
    return found
