"""The set-up of an earlier edition, brought to another day. Nobody comes along: of people,
organisations, wishes and schedules nothing is copied.

Ids stay, as each event has its own; slots are made anew, and what hangs on one goes to the slot
at the same place in its session.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Base, Texts, now
from matchmaker.events.models import Event, MeetingSession
from matchmaker.events.queries import sessions_of, slots_by_session
from matchmaker.events.services import create_event
from matchmaker.events.timetable import replan
from matchmaker.journal.services import note

# In this order: what is referred to stands before what refers to it.
COPIED = (
    "term", "phase", "zone", "walk", "place", "place_seat", "place_closure", "participation_type",
    "question", "question_option", "question_type", "request_rules", "barred", "time_rules",
    "session_times", "event_limits", "session_limit", "pause", "pause_slot", "mail_settings",
    "look", "look_picture", "import_title", "programme_item", "programme_type",
)  # fmt: skip
OF_EVENT_ALONE = {"id", "slug", "names", "created_at", "people_erased_at"}
Row = dict[str, Any]


def copy_edition(
    session: Session, account: Account, source: Event, *, names: Texts, slug: str, first_day: date
) -> Event:
    """A new event with the set-up of ``source``, its first session on this day."""
    event = create_event(session, account, names=names, slug=slug)
    for column in Event.__table__.columns:
        if column.name not in OF_EVENT_ALONE:
            setattr(event, column.name, getattr(source, column.name))
    session.flush()
    days = _days_between(session, source, first_day)
    slots = _copy_sessions(session, source, event, days)
    session.execute(delete(_table("term")).where(_table("term").c.event_id == event.id))
    for name in COPIED:
        _copy_rows(session, _table(name), source, event, days, slots)
    note(session, event.id, "copied", "event", source.id)
    session.expire_all()
    return event


def _days_between(session: Session, source: Event, first_day: date) -> timedelta:
    sessions = sessions_of(session, source.id)
    return first_day - sessions[0].day if sessions else timedelta(0)


def _copy_sessions(
    session: Session, source: Event, event: Event, days: timedelta
) -> Mapping[str, str]:
    """The sessions with their slots; which slot stands for which."""
    for row in sessions_of(session, source.id):
        session.add(
            MeetingSession(
                event_id=event.id,
                id=row.id,
                names=row.names,
                day=row.day + days,
                starts=row.starts,
                ends=row.ends,
            )
        )
    session.flush()
    replan(session, event)
    new = {row.id: slots for row, slots in slots_by_session(session, event.id)}
    return {
        old.id: later.id
        for row, slots in slots_by_session(session, source.id)
        for old, later in zip(slots, new[row.id], strict=False)
    }


def _copy_rows(
    session: Session,
    table: Table,
    source: Event,
    event: Event,
    days: timedelta,
    slots: Mapping[str, str],
) -> None:
    found = session.execute(select(table).where(table.c.event_id == source.id)).mappings()
    rows = [_moved({**row, "event_id": event.id}, days, slots) for row in found]
    rows = [row for row in rows if row.get("slot_id", "") is not None]
    rows = [row for row in rows if row.get("cancelled_at") is None]
    if "item_id" in table.c:  # of the programme; what was cancelled has not come along
        items = _table("programme_item")
        there = set(session.scalars(select(items.c.id).where(items.c.event_id == event.id)))
        rows = [row for row in rows if row["item_id"] in there]
    if rows:
        session.execute(insert(table), rows)


def _moved(row: Row, days: timedelta, slots: Mapping[str, str]) -> Row:
    for name in ("opens_at", "closes_at", "starts_at", "ends_at"):
        if row.get(name) is not None:
            row[name] += days
    if "slot_id" in row:
        row["slot_id"] = slots.get(row["slot_id"])
    if "changed_at" in row:
        row["changes"], row["changed_at"] = 0, now()
    if "by_hand" in row and "opens_at" in row:
        row["by_hand"] = None  # what was opened or closed by hand was meant for that day
    return row


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
