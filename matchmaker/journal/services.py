"""Every change of a row leaves an entry, written in the same transaction.

The entry is made where all paths pass: the flush of the session. Bulk statements bypass the
flush; who uses one calls :func:`note_many`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from matchmaker.database import Base, insert_rows
from matchmaker.journal.models import JournalEntry

# Rows that say nothing about the forum: sessions of browsers, heartbeats, the outbox' states,
# what somebody has read or wants to see, and the catalogue's index of rows that are noted
# themselves.
SILENT = {
    "journal_entry", "login", "sign_in_link", "password_tries", "mail", "run", "notice",
    "agenda_known", "printed_sheet", "document", "document_stamp", "outdated", "list_columns",
}  # fmt: skip

_actor: ContextVar[str | None] = ContextVar("actor", default=None)


def act_as(account_id: str | None) -> None:
    """Who makes the changes that follow in this context."""
    _actor.set(account_id)


def note(session: Session, event_id: str | None, verb: str, table: str, row_id: str) -> None:
    """A deed that is more than a changed row, such as publishing."""
    insert_rows(session, JournalEntry, [_entry(event_id, verb, table, row_id, [])])


def note_many(
    session: Session, event_id: str, verb: str, table: str, row_ids: Iterable[str]
) -> None:
    """One entry per row of a bulk statement."""
    entries = [_entry(event_id, verb, table, row_id, []) for row_id in row_ids]
    insert_rows(session, JournalEntry, entries)


def _entry(
    event_id: str | None, action: str, table: str, row_id: str, columns: list[str]
) -> dict[str, Any]:
    return {
        "actor_id": _actor.get(),
        "event_id": event_id,
        "action": action,
        "table_name": table,
        "row_id": row_id,
        "columns": columns,
    }


def _note_flush(session: Session, _context: Any, _instances: Any) -> None:
    entries = [
        _entry_of(row, action)
        for action, rows in (
            ("added", session.new),
            ("changed", session.dirty),
            ("removed", session.deleted),
        )
        for row in rows
        if isinstance(row, Base) and row.__tablename__ not in SILENT
    ]
    spoken = [entry for entry in entries if entry["action"] != "changed" or entry["columns"]]
    insert_rows(session, JournalEntry, spoken)


def _entry_of(row: Base, action: str) -> dict[str, Any]:
    state = inspect(row)
    columns = (
        sorted(
            name
            for name in state.mapper.columns.keys()  # noqa: SIM118 - a mapping of columns iterates its values
            if state.attrs[name].history.added
        )
        if action == "changed"
        else []
    )
    event_id = row.id if row.__tablename__ == "event" else getattr(row, "event_id", None)  # type: ignore[attr-defined]
    key = [
        str(value)
        for column, value in zip(
            state.mapper.primary_key, state.mapper.primary_key_from_instance(row), strict=True
        )
        if column.name != "event_id"
    ]
    return _entry(event_id, action, row.__tablename__, "/".join(key), columns)


@event.listens_for(Session, "before_flush")
def _fill_keys(session: Session, _context: Any, _instances: Any) -> None:
    """Ids are made before the flush, so that the entry can name them."""
    for row in session.new:
        for column in inspect(row).mapper.primary_key:
            attribute = inspect(row).mapper.get_property_by_column(column).key
            if getattr(row, attribute) is None and column.default is not None:
                setattr(row, attribute, column.default.arg(None))


event.listen(Session, "before_flush", _note_flush)
