"""The set-up of an event, row by row: everything of it that is about nobody. What goes out by
this list comes in by it again (``setups``).
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.events.models import Event

# Of the event itself, in the order in which one needs the other; what a later feature adds is
# said here, too.
TABLES = (
    "event", "phase", "session", "slot", "zone", "walk", "place", "place_closure", "interpreter",
    "interpreter_absence", "term", "delegation", "participation_type", "question",
    "question_option", "question_type", "request_rules", "barred", "time_rules", "session_times",
    "mail_settings", "look", "segment", "event_limits", "session_limit", "pause", "pause_slot",
    "import_title", "programme_item", "programme_type",
)  # fmt: skip
MARK, VERSION = "matchmaker-set-up", "1"  # names the form of the file
UNSAID = {  # columns that are no set-up
    "event_id", "created_at", "people_erased_at", "changed_at", "changes", "cancelled_at",
}  # fmt: skip


def columns_of(name: str) -> list[str]:
    return [
        column.name for column in Base.metadata.tables[name].columns if column.name not in UNSAID
    ]


def rows_wanted(name: str, event: Event) -> Select[Any]:
    """Those of the event, but for what was cancelled."""
    table = Base.metadata.tables[name]
    owner = table.c["id"] if name == "event" else table.c["event_id"]
    wanted = select(table).where(owner == event.id)
    if "cancelled_at" in table.c:
        wanted = wanted.where(table.c.cancelled_at.is_(None))
    if "item_id" in table.c:
        items = Base.metadata.tables["programme_item"]
        live = select(items.c.id).where(
            items.c.event_id == event.id, items.c.cancelled_at.is_(None)
        )
        wanted = wanted.where(table.c.item_id.in_(live))
    return wanted


def rows_of_setup(session: Session, event: Event) -> dict[str, list[dict[str, str]]]:
    """Table → rows as texts; lists and texts by language as JSON."""
    found = {MARK: [{"version": VERSION}]}
    for name in TABLES:
        table = Base.metadata.tables[name]
        rows = session.execute(rows_wanted(name, event).order_by(*table.primary_key.columns))
        found[name] = [
            {key: text_of(value) for key, value in row.items() if key not in UNSAID}
            for row in rows.mappings()
        ]
    return found


def text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
