"""Slots are made from sessions; whatever hangs on a slot follows when it is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Table, insert, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import day_text, is_real, short_day_text, span_text, time_text
from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession, Slot
from matchmaker.journal.services import note_many

MOST_SLOTS = 1000
Span = tuple[datetime, datetime]


def divide(day: date, starts: time, ends: time, *, slot: int, changeover: int) -> list[Span]:
    """The slots of one session, each ``slot`` minutes long with ``changeover`` minutes between;
    a rest too short for a slot stays free.
    """
    step, length = timedelta(minutes=slot + changeover), timedelta(minutes=slot)
    last = datetime.combine(day, ends) - length
    at, spans = datetime.combine(day, starts), []
    while at <= last:
        spans.append((at, at + length))
        at += step
    return spans


def wanted_slots(event: Event, sessions: Iterable[MeetingSession]) -> list[Slot]:
    """The slots that the sessions ask for, checked but in no database yet."""
    wanted = [slot for session in sessions for slot in _slots_of(event, session)]
    if len(wanted) > MOST_SLOTS:
        raise Refusal(
            _(
                "These sessions make %(count)s slots, the most is %(most)s: "
                "make the slots longer or the sessions fewer.",
                count=len(wanted),
                most=MOST_SLOTS,
            )
        )
    return wanted


def _slots_of(event: Event, session: MeetingSession) -> Iterator[Slot]:
    spans = divide(
        session.day,
        session.starts,
        session.ends,
        slot=event.slot_minutes,
        changeover=event.changeover_minutes,
    )
    for start, end in spans:
        _check_real(start, event.zone)
        _check_real(end, event.zone)
        yield Slot(
            event_id=event.id,
            id=f"{start:%Y%m%d-%H%M}",
            session_id=session.id,
            starts_at=start,
            ends_at=end,
        )


def _check_real(wall: datetime, zone: str) -> None:
    if is_real(wall, zone):
        return
    raise Refusal(
        _(
            "%(time)s does not exist on %(day)s in %(zone)s, because the clocks are put forward: "
            "begin the session later or end it earlier.",
            time=time_text(wall, current_language()),
            day=day_text(wall.date(), current_language()),
            zone=zone,
        )
    )


def replace_slots(session: Session, event: Event, wanted: list[Slot]) -> None:
    """Bring the rows in step. What hung on a slot that goes (absences, closures) hangs
    afterwards on the new slots that overlap it. A slot that a schedule uses does not go: the
    database refuses, and the caller words it.
    """
    stale = stale_slots(session, event, wanted)
    kept = {_key(slot) for slot in _present(session, event)} - {_key(slot) for slot in stale}
    new = [slot for slot in wanted if _key(slot) not in kept]
    hanging = [(table, _hanging(session, table, column, stale)) for table, column in _followers()]
    heirs = {old.id: [slot.id for slot in new if _overlap(old, slot)] for old in stale}
    for slot in stale:
        session.delete(slot)
    session.flush()
    session.add_all(new)
    session.flush()
    for table, rows in hanging:
        _hang_again(session, table, rows, heirs)


def stale_slots(session: Session, event: Event, wanted: Iterable[Slot]) -> list[Slot]:
    """Those that there are and that are not wanted any more."""
    keys = {_key(slot) for slot in wanted}
    return [slot for slot in _present(session, event) if _key(slot) not in keys]


def _present(session: Session, event: Event) -> Sequence[Slot]:
    return session.scalars(select(Slot).where(Slot.event_id == event.id)).all()


def choices_of(sessions: Iterable[tuple[MeetingSession, list[Slot]]]) -> list[tuple[str, str]]:
    """Slots as choices of a form: day and hours."""
    language = current_language()
    return [
        (
            slot.id,
            f"{short_day_text(row.day, language)} "
            f"{span_text(slot.starts_at, slot.ends_at, language)}",
        )
        for row, slots in sessions
        for slot in slots
    ]


def _key(slot: Slot) -> tuple[str, datetime, datetime]:
    return slot.session_id, slot.starts_at, slot.ends_at


def _overlap(one: Slot, other: Slot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _followers() -> Iterator[tuple[Table, ColumnElement[str]]]:
    """The tables whose rows would go with a slot, whichever feature they belong to."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if key.referred_table.name == "slot" and key.ondelete == "CASCADE":
                column = next(part.parent for part in key.elements if part.column.name == "id")
                yield table, column


def _hanging(
    session: Session, table: Table, column: ColumnElement[str], stale: list[Slot]
) -> list[dict[str, Any]]:
    if not stale:
        return []
    rows = session.execute(
        select(table).where(
            table.c.event_id == stale[0].event_id, column.in_([slot.id for slot in stale])
        )
    )
    return [dict(row) for row in rows.mappings()]


def _hang_again(
    session: Session, table: Table, rows: list[dict[str, Any]], heirs: dict[str, list[str]]
) -> None:
    """All these tables name their slot ``slot_id`` and are nothing but keys."""
    again = {
        tuple(moved.items()): moved
        for row in rows
        for heir in heirs[row["slot_id"]]
        for moved in [{**row, "slot_id": heir}]
    }
    if again:
        session.execute(insert(table), list(again.values()))
        ids = ["/".join(v for k, v in row.items() if k != "event_id") for row in again.values()]
        note_many(session, rows[0]["event_id"], "added", table.name, ids)
