"""Lists of people: for the organiser everything, for participants what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Place
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Absence, Attendance, Participant
from matchmaker.participants.searching import fold, matches

PAGE = 50
Plain = Row[*tuple[Any, ...]]  # a row as it came, with its columns' names
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
        return _last(self.total)

    @classmethod
    def of(cls, rows: Sequence[Any], number: int) -> Page:
        """The page with this number, or the nearest that there is."""
        number = min(max(1, number), _last(len(rows)))
        return cls(rows[(number - 1) * PAGE : number * PAGE], number, len(rows))

    @classmethod
    def between(cls, number: int, total: int, fetch: Callable[[int, int], Sequence[Any]]) -> Page:
        """The same where the database cuts: ``fetch(offset, limit)``."""
        number = min(max(1, number), _last(total))
        return cls(fetch((number - 1) * PAGE, PAGE), number, total)

    def map(self, make: Callable[..., Any]) -> Page:
        """The rows of this page made into something, and no others."""
        return replace(self, rows=[make(*row) for row in self.rows])


def _last(total: int) -> int:
    return max(1, -(-total // PAGE))


SOURCES: dict[str, Any] = {
    field.name: Participant.__table__.c.get(field.name) for field in fields(Line)
} | {"organisation": Organisation.name.label("organisation"), "country": Organisation.country}


def find_cards(session: Session, event_id: str, *conditions: ColumnElement[bool]) -> list[Card]:
    """The visible people of an event, by name."""
    return [Card(*row) for row in card_rows(session, event_id, *conditions)]


def card_rows(session: Session, event_id: str, *conditions: ColumnElement[bool]) -> Sequence[Plain]:
    """The same as plain rows with the fields of a :class:`Card`: quick for thousands."""
    return _rows(session, Card, event_id, *VISIBLE, *conditions)


def find_lines(
    session: Session, event_id: str, *conditions: ColumnElement[bool], q: str = ""
) -> Sequence[Plain]:
    """Everybody of an event, by name, as rows with the fields of a :class:`Line`; searched by
    name, organisation, address and reference.
    """
    rows = _rows(session, Line, event_id, *conditions)
    return [row for row in rows if _is_found(row, q)] if q else rows


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


def _is_found(row: Plain, q: str) -> bool:
    texts = row.first_name, row.last_name, row.organisation or "", row.email, row.reference or ""
    return matches(q, *texts)


def _rows(
    session: Session, kind: type[Card], event_id: str, *conditions: ColumnElement[bool]
) -> list[Plain]:
    rows = session.execute(
        select(*(SOURCES[field.name] for field in fields(kind)))
        .select_from(Participant)
        .join(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
            isouter=True,
        )
        .where(Participant.event_id == event_id, *conditions)
    )
    return sorted(rows, key=lambda row: (fold(row.last_name), fold(row.first_name), row.id))
