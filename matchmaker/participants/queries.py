"""Lists of people: for the organiser everything, for participants what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Absence, Attendance, Participant
from matchmaker.participants.naming import erased_reference, shown_name
from matchmaker.participants.searching import fold, matches

Plain = Row[*tuple[Any, ...]]  # a row as it came, with its columns' names
Columns = Sequence[Any]
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

    @property
    def shown_name(self) -> str:
        return shown_name(self.id, self.first_name, self.last_name, self.reference)

    @property
    def key(self) -> str:
        """Address or reference: what finds the person; nothing finds one who was erased."""
        is_erased = self.reference == erased_reference(self.id)
        return self.email or ("" if is_erased else self.reference or "")


SOURCES: dict[str, Any] = {
    field.name: Participant.__table__.c.get(field.name) for field in fields(Line)
} | {"organisation": Organisation.name.label("organisation"), "country": Organisation.country}
NAME = (SOURCES["id"], SOURCES["last_name"], SOURCES["first_name"])


def find_people(
    session: Session, event_id: str, *conditions: ColumnElement[bool], q: str = "", within: Columns
) -> list[str]:
    """The ids of whoever fits, by name; ``q`` is searched in the name and in these columns.

    Of thousands only what is needed to find and sort them is read, and a page's rows afterwards.
    """
    searched = within if q else ()
    rows = session.execute(
        _joined(NAME, *searched).where(Participant.event_id == event_id, *conditions)
    ).all()
    if q:
        rows = [row for row in rows if matches(q, *(text or "" for text in row[1:]))]
    return [row.id for row in sorted(rows, key=_by_name)]


def find_cards(session: Session, event_id: str, ids: Collection[str]) -> list[Card]:
    """Those of these people who are visible, by name."""
    return [Card(*row) for row in _rows(session, Card, event_id, ids, *VISIBLE)]


def find_lines(session: Session, event_id: str, ids: Collection[str]) -> list[Line]:
    """These people as organisers see them, by name."""
    return [Line(*row) for row in _rows(session, Line, event_id, ids)]


def count_visible(session: Session, me: Participant) -> int:
    """How many others a participant can find."""
    others = Participant.event_id == me.event_id, Participant.id != me.id
    return (
        session.scalar(select(func.count()).select_from(Participant).where(*others, *VISIBLE)) or 0
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


def shown_organisation(session: Session, me: Participant, id_: str) -> Organisation | None:
    """My own organisation, or one of somebody who can be found."""
    organisation = session.get(Organisation, (me.event_id, id_))
    if organisation is None or id_ == me.organisation_id:
        return organisation
    people = select(Participant.id).where(
        Participant.event_id == me.event_id, Participant.organisation_id == id_, *VISIBLE
    )
    return organisation if session.scalar(people.limit(1)) else None


def people_of(session: Session, event_id: str, organisation_id: str) -> list[Card]:
    """An organisation's people who can be found, by name."""
    ids = select(Participant.id).where(
        Participant.event_id == event_id, Participant.organisation_id == organisation_id
    )
    return find_cards(session, event_id, session.scalars(ids).all())


def organisation_names(session: Session, event_id: str) -> Sequence[str]:
    """What a field for an organisation suggests."""
    return session.scalars(
        select(Organisation.name)
        .where(Organisation.event_id == event_id)
        .order_by(Organisation.name_key)
    ).all()


def attended_by(session: Session, participant: Participant) -> list[str]:
    """The ids of the sessions named, of somebody who does not attend all."""
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


def _rows(
    session: Session,
    kind: type[Card],
    event_id: str,
    ids: Collection[str],
    *conditions: ColumnElement[bool],
) -> list[Plain]:
    columns = [SOURCES[field.name] for field in fields(kind)]
    query = _joined(columns).where(Participant.event_id == event_id, Participant.id.in_(ids))
    return sorted(session.execute(query.where(*conditions)), key=_by_name)


def _joined(columns: Sequence[Any], *more: Any) -> Select[*tuple[Any, ...]]:
    """Columns of participants and their organisations."""
    return (
        select(*columns, *more)
        .select_from(Participant)
        .outerjoin(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
        )
    )


def _by_name(row: Plain) -> tuple[str, str, str]:
    return fold(row.last_name), fold(row.first_name), row.id
