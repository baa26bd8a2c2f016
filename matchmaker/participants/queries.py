"""Lists of people: for the organiser everything, for participants what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Place
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Absence, Attendance, Participant
from matchmaker.participants.searching import fold, matches

PAGE = 50
VISIBLE = (Participant.state == "validated", Participant.consent_version.is_not(None))


@dataclass(frozen=True)
class Card:
    """What participants may see of each other: no address, no telephone, no absence."""

    id: str
    first_name: str
    last_name: str
    job: str
    spoken: list[str]
    organisation_id: str | None
    organisation: str | None
    country: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def order(self) -> tuple[str, str, str]:
        return (fold(self.last_name), fold(self.first_name), self.id)


@dataclass(frozen=True)
class Line(Card):
    """What the organiser sees of each person in the list."""

    email: str
    reference: str | None
    state: str
    seats: int
    remote: bool
    place_id: str | None


@dataclass(frozen=True)
class Page:
    """One page of a long list."""

    rows: Sequence[Any]
    number: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE))


C = TypeVar("C", bound=Card)
SOURCES: dict[str, Any] = {
    field.name: getattr(Participant, field.name, None) for field in fields(Line)
} | {"organisation": Organisation.name, "country": Organisation.country}


def page_of(rows: Sequence[Any], number: int) -> Page:
    """The page with this number, or the nearest that there is."""
    number = min(max(1, number), max(1, -(-len(rows) // PAGE)))
    return Page(rows[(number - 1) * PAGE : number * PAGE], number, len(rows))


def find_cards(
    session: Session, event_id: str, *conditions: ColumnElement[bool], q: str = ""
) -> list[Card]:
    """The visible people of an event, by name."""
    cards = _select(session, Card, event_id, *VISIBLE, *conditions)
    return [card for card in cards if matches(q, card.name, card.job, card.organisation or "")]


def find_card(session: Session, event_id: str, participant_id: str) -> Card | None:
    return next(iter(find_cards(session, event_id, Participant.id == participant_id)), None)


def find_lines(
    session: Session, event_id: str, *conditions: ColumnElement[bool], q: str = ""
) -> list[Line]:
    """Everybody of an event, by name; searched by name, organisation, address and reference."""
    return [
        line
        for line in _select(session, Line, event_id, *conditions)
        if matches(q, line.name, line.organisation or "", line.email, line.reference or "")
    ]


def count_visible(session: Session, event_id: str) -> int:
    """How many people participants can find."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Participant)
            .where(Participant.event_id == event_id, *VISIBLE)
        )
        or 0
    )


def count_states(session: Session, event_id: str) -> Counter[str]:
    rows = session.execute(
        select(Participant.state, func.count())
        .where(Participant.event_id == event_id)
        .group_by(Participant.state)
    )
    return Counter(dict(rows.all()))


def participants_of(session: Session, account: Account) -> Sequence[Participant]:
    """What an account is at any event: connected, or entered under its address."""
    entered = Participant.account_id.is_(None) & (Participant.email_key == account.email_key)
    return session.scalars(
        select(Participant)
        .where((Participant.account_id == account.id) | entered)
        .order_by(Participant.created_at)
    ).all()


def organisation_names(session: Session, event_id: str) -> Sequence[str]:
    """What a field for an organisation suggests."""
    return session.scalars(
        select(Organisation.name)
        .where(Organisation.event_id == event_id)
        .order_by(Organisation.name_key)
    ).all()


def place_codes(session: Session, event_id: str) -> dict[str, str]:
    rows = session.execute(select(Place.id, Place.code).where(Place.event_id == event_id))
    return dict(rows.all())


def attended_by(session: Session, participant: Participant) -> list[str]:
    """The ids of the sessions named; none means all."""
    return list(
        session.scalars(
            select(Attendance.session_id).where(
                Attendance.event_id == participant.event_id,
                Attendance.participant_id == participant.id,
            )
        )
    )


def absences_of(session: Session, participant: Participant) -> list[str]:
    return list(
        session.scalars(
            select(Absence.slot_id).where(
                Absence.event_id == participant.event_id,
                Absence.participant_id == participant.id,
            )
        )
    )


def _select(
    session: Session, kind: type[C], event_id: str, *conditions: ColumnElement[bool]
) -> list[C]:
    columns = [SOURCES[field.name] for field in fields(kind)]
    rows = session.execute(
        select(*columns)
        .select_from(Participant)
        .join(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
            isouter=True,
        )
        .where(Participant.event_id == event_id, *conditions)
    )
    return sorted((kind(*row) for row in rows), key=lambda row: row.order)
