"""Everything that is kept about one person.

Found by walking the schema: what refers to the account, to a participant of it, or carries its
address. A new table is covered by its foreign keys, not by somebody's memory.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_, select, tuple_
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Base
from matchmaker.marketplace.models import Entry
from matchmaker.participants.models import Participant

SECRET = {"password_hash", "token_hash", "agenda_secret", "body", "html", "stop_url"}
Rows = list[dict[str, Any]]
Keys = list[tuple[str, str]]  # event and participant


def collect(session: Session, account: Account) -> dict[str, Rows]:
    """The rows of every table that say something about this person, without secrets."""
    people = people_of(session, account)
    found: dict[str, Rows] = {}
    for table in Base.metadata.sorted_tables:
        owned = _owned(table, account, [(person.event_id, person.id) for person in people])
        rows = session.execute(select(table).where(or_(*owned))).mappings() if owned else ()
        if listed := [_plain(row) for row in rows]:
            found[table.name] = listed
    return found


def people_of(session: Session, account: Account) -> list[Participant]:
    entered = Participant.account_id.is_(None) & (Participant.email_key == account.email_key)
    mine = select(Participant).where(or_(Participant.account_id == account.id, entered))
    return list(session.scalars(mine))


def _owned(table: Table, account: Account, people: Keys) -> list[ColumnElement[bool]]:
    """The conditions under which a row of this table is the person's."""
    owned = rows_of_people(table, people)
    if table.name == "registration":
        owned.append(table.c.email_key == account.email_key)
    if table.name in {"account", "mail"}:
        column = table.c.id if table.name == "account" else func.lower(table.c.address)
        owned.append(column == (account.id if table.name == "account" else account.email.lower()))
    owned += [
        next(iter(key.columns)) == account.id
        for key in table.foreign_key_constraints
        if key.referred_table.name == "account"
    ]
    return owned


def rows_of_people(
    table: Table, people: Keys, *, also_about: bool = False
) -> list[ColumnElement[bool]]:
    """The conditions under which a row of this table is one of these participants', or
    somebody else's about them.
    """
    owned: list[ColumnElement[bool]] = []
    if table.name == "participant":
        owned.append(tuple_(table.c.event_id, table.c.id).in_(people))
    for key in table.foreign_key_constraints:
        target, columns = key.referred_table.name, list(key.columns)
        if target == "entry" and table.name == "entry_term":
            mine = tuple_(Entry.event_id, Entry.author_id).in_(people)
            owned.append(tuple_(*columns).in_(select(Entry.event_id, Entry.id).where(mine)))
        elif target in {"participant", "participant_seat"} and (
            also_about or columns[1].name != "to_id"
        ):
            owned.append(tuple_(columns[0], columns[1]).in_(people))
    return owned


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | time | datetime) else value
        for name, value in row.items()
        if name not in SECRET
    }
