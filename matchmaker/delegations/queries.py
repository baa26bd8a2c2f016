"""What a leader reads of their people: how far each is, and by time where they are.

No address, no telephone, no absence, no wish but how many, and never a ``never``: those stay
between the person and the organisers, as the page *Who sees what* promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.agendas.agenda import Agenda, AgendaMeeting, Person, by_day
from matchmaker.events.models import Event, Membership
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import Line, find_lines
from matchmaker.participants.team import TAKING_PART
from matchmaker.wishes.queries import count_hoped

# What somebody may still lack, in the order in which one thing comes after the other.
LACKS: dict[str, Any] = {
    "arrival": _("Not signed in yet"),
    "consent": _("Not found by others yet"),
    "confirmation": _("Not confirmed yet"),
    "wish": _("No wish yet"),
    "meeting": _("No meeting"),
}


@dataclass(frozen=True)
class Member:
    """One of the people, as their leader sees them."""

    id: str
    name: str
    job: str
    organisation: str
    state: str
    is_on_paper: bool  # without an address: nobody can write to them
    wishes: int  # top and like
    meetings: tuple[AgendaMeeting, ...]
    lacks: tuple[str, ...]

    @property
    def takes_part(self) -> bool:
        return self.state in TAKING_PART

    def next_after(self, wall: datetime) -> AgendaMeeting | None:
        return next((row for row in self.meetings if row.ends_at > wall), None)


@dataclass(frozen=True)
class Whereabouts:
    """Where one of the people is, and with whom."""

    person: Person
    meeting: AgendaMeeting


@dataclass(frozen=True)
class Times:
    """Everybody who meets at the same time."""

    starts_at: datetime
    ends_at: datetime
    people: tuple[Whereabouts, ...]


def led_by(account: Account) -> Select[Event, Delegation]:
    """The events, newest first, with the delegation there that the account looks after."""
    of_membership = and_(
        Delegation.event_id == Membership.event_id, Delegation.id == Membership.delegation_id
    )
    return (
        select(Event, Delegation)
        .join(Membership, Membership.event_id == Event.id)
        .join(Delegation, of_membership)
        .where(Membership.account_id == account.id, Membership.role == "delegation")
        .order_by(Event.created_at.desc(), Event.id)
    )


def led_events(session: Session, account: Account) -> Sequence[Event]:
    return session.scalars(led_by(account)).all()


def members_of(
    session: Session, delegation: Delegation, agendas: Iterable[Agenda] | None
) -> list[Member]:
    """Its people by name, those who have left last; ``agendas``: None before anything is
    published.
    """
    rows = session.execute(
        select(Participant.id, Participant.account_id, Participant.consent_version).where(
            Participant.event_id == delegation.event_id,
            Participant.delegation_id == delegation.id,
        )
    ).all()
    here = {row.id: row.account_id is not None for row in rows}
    shown = {row.id: row.consent_version is not None for row in rows}
    wishes = count_hoped(session, delegation.event_id, list(here))
    meetings = None if agendas is None else {row.person.id: row.meetings for row in agendas}
    members = [
        _member(line, here[line.id], shown[line.id], wishes.get(line.id, 0), meetings)
        for line in find_lines(session, delegation.event_id, list(here))
    ]
    return sorted(members, key=lambda one: not one.takes_part)


def _member(
    line: Line,
    is_here: bool,
    is_shown: bool,
    wishes: int,
    meetings: dict[str, tuple[AgendaMeeting, ...]] | None,
) -> Member:
    held = (meetings or {}).get(line.id, ())
    lacking = {
        "arrival": not is_here and bool(line.email),
        "consent": not is_shown and (is_here or not line.email),
        "confirmation": line.state == "registered",
        "wish": not wishes,
        "meeting": meetings is not None and not held,
    }
    is_asked = line.state in TAKING_PART
    return Member(
        id=line.id,
        name=line.shown_name,
        job=line.job,
        organisation=line.organisation or "",
        state=line.state,
        is_on_paper=not line.email,
        wishes=wishes,
        meetings=held,
        lacks=tuple(code for code in LACKS if is_asked and lacking[code]),
    )


def by_time(agendas: Iterable[Agenda]) -> list[tuple[date, list[Times]]]:
    """Who is where, day by day and slot by slot; within one, by name."""
    everything = [Whereabouts(row.person, met) for row in agendas for met in row.meetings]
    everything.sort(key=lambda row: (row.meeting.starts_at, row.meeting.ends_at))
    slots = [
        Times(starts, ends, tuple(people))
        for (starts, ends), people in groupby(
            everything, lambda row: (row.meeting.starts_at, row.meeting.ends_at)
        )
    ]
    return [(day, list(of_day)) for day, of_day in by_day(slots)]
