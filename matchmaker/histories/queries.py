"""The changes of one person's or organisation's rows, with whoever made them.

The journal keeps ids and names of columns, never values: so does a history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import now
from matchmaker.journal.models import JournalEntry
from matchmaker.marketplace.models import Entry
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish

# Tables whose keys begin with the person's or organisation's. What is for the person alone
# (bookmarks, notes) is none of anybody's history.
OF_PERSON = ("attendance", "absence", "answer", "answer_option", "catalogue_number")
OF_ORGANISATION = ("organisation_term", "member_count", "logo")
MOST = 1_000  # entries; of more the latest are shown
LATELY = timedelta(days=7)

Row = tuple[JournalEntry, str | None, str | None]  # with name and address of who did it


@dataclass(frozen=True)
class Change:
    """What one account did to rows of one kind within a minute; ``who`` is empty for the
    application itself.
    """

    at: datetime
    actor_id: str | None
    who: str
    action: str
    table: str
    columns: tuple[str, ...]
    number: int


def history_of_person(session: Session, person: Participant) -> list[Change]:
    """The latest first: the person's row, times, answers, wishes and marketplace entries."""
    wishes = select(Wish.id).where(Wish.event_id == person.event_id, Wish.from_id == person.id)
    entries = select(Entry.id).where(
        Entry.event_id == person.event_id, Entry.author_id == person.id
    )
    return _history(
        session,
        person.event_id,
        _is("participant", person.id),
        _begins(OF_PERSON, person.id),
        _among("wish", session.scalars(wishes).all()),
        _among("entry", session.scalars(entries).all()),
    )


def history_of_organisation(session: Session, event_id: str, id_: str) -> list[Change]:
    return _history(session, event_id, _is("organisation", id_), _begins(OF_ORGANISATION, id_))


def acted_lately(session: Session, person: Participant) -> str:
    """The name of who last acted for this person, if that was lately."""
    row = session.execute(
        select(Account.name, Account.email)
        .join(JournalEntry, JournalEntry.actor_id == Account.id)
        .where(JournalEntry.row_id == person.id, JournalEntry.event_id == person.event_id)
        .where(JournalEntry.action == "acted_for", JournalEntry.at > now() - LATELY)
        .where(JournalEntry.table == "participant")
        .order_by(JournalEntry.at.desc())
        .limit(1)
    ).first()
    return (row.name or row.email) if row else ""


def _is(table: str, id_: str) -> ColumnElement[bool]:
    return and_(JournalEntry.table == table, JournalEntry.row_id == id_)


def _among(table: str, ids: Sequence[str]) -> ColumnElement[bool]:
    return and_(JournalEntry.table == table, JournalEntry.row_id.in_(ids))


def _begins(tables: Sequence[str], id_: str) -> ColumnElement[bool]:
    same = or_(
        JournalEntry.row_id == id_, JournalEntry.row_id.startswith(f"{id_}/", autoescape=True)
    )
    return and_(JournalEntry.table.in_(tables), same)


def _history(session: Session, event_id: str, *found: ColumnElement[bool]) -> list[Change]:
    rows = session.execute(
        select(JournalEntry, Account.name, Account.email)
        .outerjoin(Account, Account.id == JournalEntry.actor_id)
        .where(JournalEntry.event_id == event_id, or_(*found))
        .order_by(JournalEntry.at.desc(), JournalEntry.id)
        .limit(MOST)
    )
    return list(_grouped([(entry, name, email) for entry, name, email in rows]))


def _grouped(rows: Iterable[Row]) -> Iterable[Change]:
    def kind(row: Row) -> tuple[str, str, str, datetime]:
        entry = row[0]
        minute = entry.at.replace(second=0, microsecond=0)
        return entry.actor_id or "", entry.action, entry.table, minute

    for _kind, same in groupby(rows, kind):
        group = list(same)
        entry, name, email = group[0]
        yield Change(
            at=entry.at,
            actor_id=entry.actor_id,
            who=name or email or "",
            action=entry.action,
            table=entry.table,
            columns=tuple(sorted({column for row in group for column in row[0].columns})),
            number=len({row[0].row_id for row in group}),
        )
