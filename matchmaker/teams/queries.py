"""What a team's page shows of each colleague."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.agendas.agenda import AgendaMeeting
from matchmaker.agendas.queries import agenda_of
from matchmaker.events.models import Event
from matchmaker.journal.models import JournalEntry
from matchmaker.participants.models import Participant
from matchmaker.participants.team import colleagues_of, may_act_for
from matchmaker.schedules.models import PersonBooking
from matchmaker.schedules.queries import published_version
from matchmaker.wishes.queries import OwnWish, count_hoped, own_wishes

MOST_DEEDS = 20


@dataclass(frozen=True)
class Colleague:
    person: Participant
    wishes: int  # top and like; a never is nobody's to know
    meetings: int
    i_may_act: bool


@dataclass(frozen=True)
class Deed:
    """That somebody acted for me."""

    name: str
    at: datetime


def team_of(session: Session, event: Event, me: Participant) -> list[Colleague]:
    people = colleagues_of(session, me)
    ids = [person.id for person in people]
    wishes = count_hoped(session, event.id, ids)
    meetings = _meetings(session, event, ids)
    return [
        Colleague(
            person, wishes.get(person.id, 0), meetings.get(person.id, 0), may_act_for(me, person)
        )
        for person in people
    ]


def meetings_of(session: Session, event: Event, person: Participant) -> Sequence[AgendaMeeting]:
    """In the published schedule, by time."""
    version = published_version(session, event.id)
    if version is None or not _meetings(session, event, [person.id]):
        return ()
    return agenda_of(session, event, version, person.id).meetings


def wishes_of(session: Session, person: Participant) -> list[OwnWish]:
    """Whom a colleague hopes to meet; a ``never`` stays the colleague's own."""
    return [own for own in own_wishes(session, person) if own.wish.grade != "never"]


def deeds_for(session: Session, me: Participant) -> list[Deed]:
    """Who acted for me and when, the latest first."""
    rows = session.execute(
        select(Account.name, Account.email, JournalEntry.at)
        .join(Account, Account.id == JournalEntry.actor_id)
        .where(JournalEntry.event_id == me.event_id, JournalEntry.row_id == me.id)
        .where(JournalEntry.action == "acted_for")
        .order_by(JournalEntry.at.desc())
        .limit(MOST_DEEDS)
    )
    return [Deed(name or address, at) for name, address, at in rows]


def _meetings(session: Session, event: Event, ids: Sequence[str]) -> dict[str, int]:
    version = published_version(session, event.id)
    if version is None:
        return {}
    rows = session.execute(
        select(PersonBooking.participant_id, func.count())
        .where(
            PersonBooking.event_id == event.id,
            PersonBooking.version_id == version.id,
            PersonBooking.participant_id.in_(ids),
        )
        .group_by(PersonBooking.participant_id)
    )
    return dict(rows.all())
