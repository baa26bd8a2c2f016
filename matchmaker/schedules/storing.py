"""From a schedule to the rows of a version.

A row stands for every occupied slot, with the number of the seat that is used: the keys of these
tables refuse a second meeting on the same seat, whatever the schedule says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import count
from typing import Any

from sqlalchemy import insert, literal, select, text
from sqlalchemy.orm import Session

from matchmaker.database import new_id
from matchmaker.events.models import Slot
from matchmaker.journal.services import note
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    ScheduledMeeting,
    UnplacedMeeting,
    Version,
)

Row = dict[str, Any]
Rows = dict[type[Any], list[Row]]
TABLES: tuple[Any, ...] = (ScheduledMeeting, PersonBooking, PlaceBooking, InterpreterBooking)


def store_version(
    session: Session, *, event_id: str, problem: str, schedule: str, run_id: str | None = None
) -> Version:
    """The version with all its rows, in the caller's transaction."""
    answer, asked = json.loads(schedule), json.loads(problem)
    version = _version(session, event_id, problem, schedule, answer)
    version.run_id = run_id
    kept = sum(bool(row.get("locked")) for row in asked.get("published", ()))
    version.goals = {**version.goals, "kept": kept}  # what is proven is proven with these
    key = {"event_id": event_id, "version_id": version.id}
    _insert(session, _rows(session, key, asked, answer, _Seats()))
    return version


def store_amended(
    session: Session,
    before: Version,
    files: tuple[str, str],
    gone: Collection[str],
    back: Sequence[Row],
) -> Version:
    """A version like another one, but for a few meetings; the database copies the rest. ``files``
    are its problem and schedule.
    """
    problem, schedule = files
    answer = {"status": "feasible", "goals": []}
    version = _version(session, before.event_id, problem, schedule, answer)
    _copy(session, before, version, {*gone, *(row["asked"]["id"] for row in back)})
    key = {"event_id": version.event_id, "version_id": version.id}
    asked = {"meetings": [row["asked"] for row in back]}
    placed = {"meetings": [row["placed"] for row in back], "unplaced": []}
    _insert(session, _rows(session, key, asked, placed, _Seats.of(session, version)))
    return version


def store_copy(session: Session, version: Version) -> Version:
    """The same once more, to be published under a number of its own."""
    copy = Version(
        event_id=version.event_id,
        id=new_id(),
        run_id=version.run_id,
        base_id=version.id,
        status=version.status,
        goals=version.goals,
        problem=version.problem,
        schedule=version.schedule,
    )
    session.add(copy)
    session.flush()
    _copy(session, version, copy, ())
    note(session, version.event_id, "scheduled", "version", copy.id)
    return copy


def _version(session: Session, event_id: str, problem: str, schedule: str, answer: Row) -> Version:
    version = Version(
        event_id=event_id,
        id=new_id(),
        status=answer["status"],
        goals={"goals": answer["goals"], "seconds": answer.get("seconds")},
        problem=problem,
        schedule=schedule,
    )
    session.add(version)
    session.flush()
    note(session, event_id, "scheduled", "version", version.id)
    return version


def _insert(session: Session, rows_of: Rows) -> None:
    for table, rows in rows_of.items():
        if rows:
            session.execute(insert(table), rows)


def _copy(session: Session, before: Version, after: Version, but: Collection[str]) -> None:
    for table in (*TABLES, UnplacedMeeting):
        columns = table.__table__.columns
        ours = literal(after.id).label("version_id")
        rows = select(*(ours if column.name == "version_id" else column for column in columns))
        rows = rows.where(
            columns.event_id == before.event_id,
            columns.version_id == before.id,
            columns.meeting_id.not_in(but),
        )
        session.execute(insert(table.__table__).from_select(columns.keys(), rows))


def analyze(session: Session) -> None:
    """After thousands of rows, and before the rush to them: without fresh statistics
    PostgreSQL plans blind. Commits.
    """
    for table in (ScheduledMeeting, PersonBooking, PlaceBooking, InterpreterBooking):
        session.execute(text(f"ANALYZE {table.__tablename__}"))
    session.commit()


def _rows(session: Session, key: Row, problem: Row, answer: Row, seats: _Seats) -> Rows:
    asked = {row["id"]: row for row in problem["meetings"]}
    occupied = _Occupied(session, key["event_id"])
    rows: Rows = {table: [] for table in TABLES}
    for placed in answer["meetings"]:
        meeting = asked[placed["meeting"]]
        rows[ScheduledMeeting].append({**key, **_meeting_row(placed, meeting)})
        for slot_id in occupied.slots(placed["slot"], meeting.get("length", 1)):
            where = {**key, "slot_id": slot_id, "meeting_id": placed["meeting"]}
            _book(rows, seats, where, placed)
    rows[UnplacedMeeting] = [
        {**key, **_unplaced_row(row, asked[row["meeting"]])} for row in answer["unplaced"]
    ]
    return rows


def _meeting_row(placed: Row, meeting: Row) -> Row:
    return {
        "meeting_id": placed["meeting"],
        "slot_id": placed["slot"],
        "length": meeting.get("length", 1),
        "place_id": placed.get("place"),
        "room_id": placed.get("room"),
        "interpreter_id": placed.get("interpreter"),
        "weight": meeting.get("weight", 1),
        "locked": False,
    }


def _book(rows: Rows, seats: _Seats, where: Row, placed: Row) -> None:
    """One slot of one meeting: its people, its place and room, its interpreter."""
    slot = where["slot_id"]
    for side, person in enumerate(placed["participants"]):
        seat = seats.take("person", person, slot)
        rows[PersonBooking].append({**where, "participant_id": person, "seat": seat, "side": side})
    for place in (placed.get("place"), placed.get("room")):
        if place is not None:
            seat = seats.take("place", place, slot)
            rows[PlaceBooking].append({**where, "place_id": place, "seat": seat})
    if placed.get("interpreter") is not None:
        rows[InterpreterBooking].append({**where, "interpreter_id": placed["interpreter"]})


def _unplaced_row(row: Row, meeting: Row) -> Row:
    return {
        "meeting_id": row["meeting"],
        "sides": {"sides": meeting["sides"]},
        "weight": meeting.get("weight", 1),
        "rule": row["reason"]["rule"],
        "reason": row["reason"],
    }


class _Seats:
    """Which seats of people and places are used, slot by slot."""

    def __init__(self) -> None:
        self.used: dict[tuple[str, str, str], set[int]] = defaultdict(set)

    @classmethod
    def of(cls, session: Session, version: Version) -> _Seats:
        """As the rows of a version say."""
        seats = cls()
        for kind, table, owner in (
            ("person", PersonBooking, PersonBooking.participant_id),
            ("place", PlaceBooking, PlaceBooking.place_id),
        ):
            rows = select(owner, table.slot_id, table.seat).where(
                table.event_id == version.event_id, table.version_id == version.id
            )
            for name, slot, seat in session.execute(rows):
                seats.used[kind, name, slot].add(seat)
        return seats

    def take(self, kind: str, owner: str, slot: str) -> int:
        """The lowest that is free."""
        used = self.used[kind, owner, slot]
        seat = next(number for number in count(1) if number not in used)
        used.add(seat)
        return seat


class _Occupied:
    """Which slots of the event a meeting occupies."""

    def __init__(self, session: Session, event_id: str) -> None:
        self.ids = session.scalars(
            select(Slot.id).where(Slot.event_id == event_id).order_by(Slot.starts_at)
        ).all()
        self.position = {slot_id: number for number, slot_id in enumerate(self.ids)}

    def slots(self, first: str, length: int) -> list[str]:
        start = self.position[first]
        return list(self.ids[start : start + length])
