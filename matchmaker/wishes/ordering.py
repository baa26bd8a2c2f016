"""The order in which somebody puts their wishes, per grade. Each function commits."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.phases import require_open
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import IN_ORDER, Wish
from matchmaker.wishes.services import lock_wisher


def put_in_order(
    session: Session, event: Event, wisher: Participant, grade: str, ids: Sequence[str]
) -> None:
    """The wishes of this grade as the ids say. What another tab has added meanwhile comes after
    them in its own order, and what it has taken away is passed over.
    """
    wishes = {wish.id: wish for wish in _lock(session, event, wisher, grade)}
    said = [wishes.pop(name) for name in dict.fromkeys(ids) if name in wishes]
    _number([*said, *wishes.values()])
    session.commit()


def move(session: Session, event: Event, wisher: Participant, wish_id: str, *, up: bool) -> None:
    """One place up or down among the wishes of its grade; at the end it stays."""
    wish = session.get(Wish, (event.id, wish_id))
    if wish is None or wish.from_id != wisher.id:
        raise Refusal(_("This wish does not exist any more."))
    wishes = _lock(session, event, wisher, wish.grade)
    place = wishes.index(wish)
    other = max(0, place - 1) if up else min(len(wishes) - 1, place + 1)
    wishes.insert(other, wishes.pop(place))
    _number(wishes)
    session.commit()


def _lock(session: Session, event: Event, wisher: Participant, grade: str) -> list[Wish]:
    require_open(session, event, "wishes")
    lock_wisher(session, wisher)
    return list(
        session.scalars(
            select(Wish)
            .where(Wish.event_id == event.id, Wish.from_id == wisher.id, Wish.grade == grade)
            .order_by(*IN_ORDER)
            .execution_options(populate_existing=True)
        )
    )


def _number(wishes: list[Wish]) -> None:
    """The ranks that they have, given anew and made different; only what changes is written."""
    before = 0
    for wish, rank in zip(wishes, sorted(wish.rank for wish in wishes), strict=True):
        before = max(rank, before + 1)
        if wish.rank != before:
            wish.rank = before
