"""Whether somebody may ask for a meeting: the organisers' rules, kept where wishes are made."""

from __future__ import annotations

from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish
from matchmaker.wishes.obstacles import obstacle_to_house, obstacles_to, sentence
from matchmaker.wishes.requests import hours_of, standing_of
from matchmaker.wishes.rules import outgoing_limit


def require_may_ask(
    session: Session,
    event: Event,
    wisher: Participant,
    *,
    to_id: str = "",
    to_organisation_id: str = "",
) -> None:
    """Refuse what the page says cannot be; who was asked may always ask back. The caller holds
    the lock on both sides.
    """
    if to_id and _is_asked_by(session, wisher, to_id):
        return
    code = (
        obstacles_to(session, event, wisher, [to_id]).get(to_id)
        if to_id
        else obstacle_to_house(session, event, wisher, to_organisation_id)
    )
    if code:
        raise Refusal(sentence(code))
    _require_fewer(session, event, wisher)


def requests_left(session: Session, event: Event, wisher: Participant) -> int | None:
    """How many more this person may send; None: no limit."""
    limit = outgoing_limit(session, event, wisher)
    return None if limit is None else max(0, limit - count_sent(session, event, wisher))


def count_sent(session: Session, event: Event, wisher: Participant) -> int:
    """Wishes that were neither declined nor left to expire."""
    hours = hours_of(session, event)
    wishes = session.scalars(
        select(Wish).where(
            Wish.event_id == event.id,
            Wish.from_id == wisher.id,
            Wish.grade != "never",
            Wish.state != "declined",
        )
    )
    return sum(standing_of(wish, hours).state != "expired" for wish in wishes)


def _require_fewer(session: Session, event: Event, wisher: Participant) -> None:
    limit = outgoing_limit(session, event, wisher)
    if limit is not None and count_sent(session, event, wisher) >= limit:
        raise Refusal(
            ngettext(
                "You may send %(num)s wish at most. Take one off first.",
                "You may send %(num)s wishes at most. Take one off first.",
                limit,
            )
        )


def _is_asked_by(session: Session, me: Participant, other_id: str) -> bool:
    wish = session.scalar(
        select(Wish).where(
            Wish.event_id == me.event_id, Wish.from_id == other_id, Wish.to_id == me.id
        )
    )
    return wish is not None and wish.grade != "never"
