"""Wishes read: one's own, those that came in, and the organiser's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import shown_name
from matchmaker.participants.queries import Card, find_cards
from matchmaker.participants.searching import matches
from matchmaker.wishes.models import IN_ORDER, Wish


@dataclass(frozen=True)
class OwnWish:
    """A wish of mine. ``card`` is None where the person is not shown any more."""

    wish: Wish
    card: Card | None
    organisation: str | None

    @property
    def name(self) -> str:
        return self.card.name if self.card else self.organisation or ""

    @property
    def is_hoped_for(self) -> bool:
        """Whether a meeting may still come of it, as far as I may know."""
        is_there = self.card is not None or self.organisation is not None
        return self.wish.grade != "never" and self.wish.state != "declined" and is_there


@dataclass(frozen=True)
class IncomingWish:
    """Somebody's wish for me, by name or through my organisation."""

    wish: Wish
    card: Card


def grades_of(session: Session, me: Participant) -> dict[str, str]:
    """What I say of whom: the grade by the id of the participant or organisation."""
    rows = session.execute(
        select(func.coalesce(Wish.to_id, Wish.to_organisation_id), Wish.grade).where(
            Wish.event_id == me.event_id, Wish.from_id == me.id
        )
    )
    return dict(rows.all())


def own_wishes(session: Session, me: Participant) -> list[OwnWish]:
    """My wishes with whom they are for, each grade in my own order."""
    rows = session.execute(
        select(Wish, Organisation.name)
        .outerjoin(Organisation, _is_target())
        .where(Wish.event_id == me.event_id, Wish.from_id == me.id)
        .order_by(*IN_ORDER)
    ).all()
    wished = [wish.to_id for wish, _name in rows if wish.to_id]
    cards = _cards(session, me.event_id, wished)
    return [OwnWish(wish, cards.get(wish.to_id or ""), name) for wish, name in rows]


def incoming_wishes(session: Session, me: Participant) -> list[IncomingWish]:
    """Who wishes to meet me. A ``never`` is nobody's business, nor is a wish of somebody whom
    I never want to meet.
    """
    asked = [Wish.to_id == me.id]
    if me.organisation_id is not None:
        asked.append(Wish.to_organisation_id == me.organisation_id)
    wishes = session.scalars(
        select(Wish)
        .where(Wish.event_id == me.event_id, or_(*asked))
        .where(Wish.grade != "never", Wish.from_id != me.id)
        .order_by(Wish.position, Wish.id)
    ).all()
    refused = {to for to, grade in grades_of(session, me).items() if grade == "never"}
    cards = _cards(session, me.event_id, [wish.from_id for wish in wishes])
    return [
        IncomingWish(wish, cards[wish.from_id])
        for wish in wishes
        if wish.from_id in cards
        and wish.from_id not in refused
        and cards[wish.from_id].organisation_id not in refused
    ]


def refusing(session: Session, me: Participant) -> set[str]:
    """Who never wants to meet me, by name or through my organisation. Nobody may learn it."""
    meant = [Wish.to_id == me.id]
    if me.organisation_id is not None:
        meant.append(Wish.to_organisation_id == me.organisation_id)
    return set(
        session.scalars(
            select(Wish.from_id).where(
                Wish.event_id == me.event_id, Wish.grade == "never", or_(*meant)
            )
        )
    )


def count_hoped(session: Session, event_id: str, ids: Collection[str]) -> dict[str, int]:
    """How many each of these hopes to meet; a ``never`` is nobody's to know."""
    hoped = Wish.event_id == event_id, Wish.from_id.in_(ids), Wish.grade != "never"
    rows = session.execute(select(Wish.from_id, func.count()).where(*hoped).group_by(Wish.from_id))
    return dict(rows.all())


def count_unanswered(session: Session, event: Event) -> int:
    """Wishes that count for nothing until the other side accepts them; none where none has to."""
    if not event.needs_acceptance:
        return 0
    back = aliased(Wish)
    returned = select(back.id).where(
        back.event_id == Wish.event_id,
        back.from_id == Wish.to_id,
        back.to_id == Wish.from_id,
        back.grade != "never",
    )
    waits = Wish.event_id == event.id, Wish.state == "open", Wish.grade != "never"
    query = select(func.count()).select_from(Wish).where(*waits, ~returned.exists())
    return session.scalar(query) or 0


def count_grades(session: Session, me: Participant) -> Counter[str]:
    return Counter(grades_of(session, me).values())


@dataclass(frozen=True)
class WishLine:
    """A wish in the organiser's list."""

    id: str
    grade: str
    state: str
    message: str
    created_at: datetime
    from_id: str
    from_name: str
    to_id: str | None
    to_name: str


@dataclass(frozen=True)
class Found:
    """Wishes that were searched for, counted and cut by the database."""

    session: Session
    event_id: str
    conditions: Sequence[ColumnElement[bool]]

    def count(self) -> int:
        found = select(func.count()).select_from(Wish).where(*self.conditions)
        return self.session.scalar(found) or 0

    def lines(self, offset: int, limit: int) -> list[WishLine]:
        """With both names, in the order in which they were made. The page is cut before the
        names are looked up, or the database would look up everybody's to sort them.
        """
        ids = self.session.scalars(
            select(Wish.id)
            .where(*self.conditions)
            .order_by(Wish.position, Wish.id)
            .offset(offset)
            .limit(limit)
        ).all()
        return [_line(row) for row in self.session.execute(_lines(self.event_id, ids))]


def _line(row: Any) -> WishLine:
    return WishLine(
        id=row.id,
        grade=row.grade,
        state=row.state,
        message=row.message,
        created_at=row.created_at,
        from_id=row.from_id,
        from_name=shown_name(row.from_id, *row[6:9]),
        to_id=row.to_id,
        to_name=row.name or shown_name(row.to_id, *row[10:13]),
    )


def _lines(event_id: str, ids: Sequence[str]) -> Any:
    wisher, wished = aliased(Participant), aliased(Participant)
    return (
        select(
            Wish.id, Wish.grade, Wish.state, Wish.message, Wish.created_at, Wish.from_id,
            wisher.first_name, wisher.last_name, wisher.reference,
            Wish.to_id, wished.first_name, wished.last_name, wished.reference,
            Organisation.name,
        )
        .join(wisher, and_(wisher.event_id == Wish.event_id, wisher.id == Wish.from_id))
        .outerjoin(wished, and_(wished.event_id == Wish.event_id, wished.id == Wish.to_id))
        .outerjoin(Organisation, _is_target())
        .where(Wish.event_id == event_id, Wish.id.in_(ids))
        .order_by(Wish.position, Wish.id)
    )  # fmt: skip


def find_wishes(session: Session, event_id: str, *, q: str = "", grade: str = "") -> Found:
    """The event's wishes with this in the name of either side, and of this grade."""
    conditions = [Wish.event_id == event_id]
    if grade:
        conditions.append(Wish.grade == grade)
    if q:
        conditions.append(_names(session, event_id, q))
    return Found(session, event_id, conditions)


def _names(session: Session, event_id: str, q: str) -> ColumnElement[bool]:
    """Searched as people are, with the same result on every database."""
    people = [
        row.id
        for row in session.execute(
            select(Participant.id, Participant.first_name, Participant.last_name).where(
                Participant.event_id == event_id
            )
        )
        if matches(q, row.first_name, row.last_name)
    ]
    organisations = [
        row.id
        for row in session.execute(
            select(Organisation.id, Organisation.name).where(Organisation.event_id == event_id)
        )
        if matches(q, row.name)
    ]
    return or_(
        Wish.from_id.in_(people),
        Wish.to_id.in_(people),
        Wish.to_organisation_id.in_(organisations),
    )


def _is_target() -> ColumnElement[bool]:
    return and_(Organisation.event_id == Wish.event_id, Organisation.id == Wish.to_organisation_id)


def _cards(session: Session, event_id: str, ids: list[str]) -> dict[str, Card]:
    if not ids:
        return {}
    return {card.id: card for card in find_cards(session, event_id, ids)}
