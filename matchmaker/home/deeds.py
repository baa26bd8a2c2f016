"""The log of an event for its team: who did what and when. The journal holds ids only; the words
are those of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.journal.models import JournalEntry
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant

AT_ONCE = 5_000  # entries looked through for one page
LINES = 100


@dataclass(frozen=True)
class Deed:
    """What one account did to rows of one kind within a minute."""

    actor_id: str | None
    action: str
    table: str
    ids: tuple[str, ...]
    columns: tuple[str, ...]
    first_at: datetime
    last_at: datetime


def deeds_of(
    session: Session,
    event_id: str,
    *,
    actor_id: str = "",
    table: str = "",
    before: datetime | None = None,
) -> tuple[list[Deed], datetime | None]:
    """The newest deeds, and the moment before which there are more; None at the end."""
    query = select(JournalEntry).where(JournalEntry.event_id == event_id)
    for column, wanted in ((JournalEntry.actor_id, actor_id), (JournalEntry.table, table)):
        query = query.where(column == wanted) if wanted else query
    if before:
        query = query.where(JournalEntry.at < before)
    rows = session.scalars(
        query.order_by(JournalEntry.at.desc(), JournalEntry.id).limit(AT_ONCE)
    ).all()
    deeds = list(_grouped(rows))
    if len(deeds) > LINES:
        return deeds[:LINES], deeds[LINES - 1].first_at
    return deeds, rows[-1].at if len(rows) == AT_ONCE else None


def _grouped(rows: Iterable[JournalEntry]) -> Iterator[Deed]:
    def kind(row: JournalEntry) -> tuple[str | None, str, str, datetime]:
        return row.actor_id, row.action, row.table, row.at.replace(second=0, microsecond=0)

    for (actor, action, table, _minute), same in groupby(rows, kind):
        found = list(same)
        yield Deed(
            actor_id=actor,
            action=action,
            table=table,
            ids=tuple(dict.fromkeys(row.row_id for row in found)),
            columns=tuple(sorted({name for row in found for name in row.columns})),
            first_at=found[-1].at,
            last_at=found[0].at,
        )


def actors_of(session: Session, event_id: str) -> dict[str, str]:
    """Who has ever done something at the event: name, else address."""
    ids = select(JournalEntry.actor_id).where(JournalEntry.event_id == event_id).distinct()
    rows = session.execute(
        select(Account.id, Account.name, Account.email).where(Account.id.in_(ids))
    )
    return dict(sorted(((row.id, row.name or row.email) for row in rows), key=lambda row: row[1]))


def tables_of(session: Session, event_id: str) -> list[str]:
    """The kinds of rows of which the log speaks."""
    tables = select(JournalEntry.table).where(JournalEntry.event_id == event_id).distinct()
    return sorted(session.scalars(tables))


def names_in(session: Session, event_id: str, deeds: Iterable[Deed]) -> dict[tuple[str, str], str]:
    """The present names of people and organisations that deeds name singly."""
    single = {(deed.table, deed.ids[0]) for deed in deeds if len(deed.ids) == 1}
    people = select(Participant).where(
        Participant.event_id == event_id,
        Participant.id.in_([row_id for table, row_id in single if table == "participant"]),
    )
    organisations = select(Organisation).where(
        Organisation.event_id == event_id,
        Organisation.id.in_([row_id for table, row_id in single if table == "organisation"]),
    )
    return {
        **{("participant", row.id): row.name for row in session.scalars(people)},
        **{("organisation", row.id): row.name for row in session.scalars(organisations)},
    }
