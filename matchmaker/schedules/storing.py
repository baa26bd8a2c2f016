"""From a schedule to the rows of a version.

A row stands for every occupied slot, with the number of the seat that is used: the keys of these
tables refuse a second meeting on the same seat, whatever the schedule says.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import insert, select, text
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


def store_version(
    session: Session, *, event_id: str, problem: str, schedule: str, run_id: str | None = None
) -> Version:
    """The version with all its rows, in the caller's transaction."""
    answer = json.loads(schedule)
    version = Version(
        event_id=event_id,
        id=new_id(),
        run_id=run_id,
        status=answer["status"],
        goals={"goals": answer["goals"], "seconds": answer.get("seconds")},
        problem=problem,
        schedule=schedule,
    )
    session.add(version)
    session.flush()
    key = {"event_id": event_id, "version_id": version.id}
    for table, rows in _rows(session, key, json.loads(problem), answer).items():
        if rows:
            session.execute(insert(table), rows)
    note(session, event_id, "scheduled", "version", version.id)
    return version


def analyze(session: Session) -> None:
    """After thousands of rows, and before the rush to them: without fresh statistics
    PostgreSQL plans blind. Commits.
    """
    for table in (ScheduledMeeting, PersonBooking, PlaceBooking, InterpreterBooking):
        session.execute(text(f"ANALYZE {table.__tablename__}"))
    session.commit()


def _rows(session: Session, key: Row, problem: Row, answer: Row) -> Rows:
    asked = {row["id"]: row for row in problem["meetings"]}
    occupied = _Occupied(session, key["event_id"])
    seats: Counter[tuple[str, str, str]] = Counter()
    rows: Rows = {
        table: [] for table in (ScheduledMeeting, PersonBooking, PlaceBooking, InterpreterBooking)
    }
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


def _book(rows: Rows, seats: Counter[tuple[str, str, str]], where: Row, placed: Row) -> None:
    """One slot of one meeting: its people, its place and room, its interpreter."""

    def next_seat(kind: str, owner: str) -> int:
        seats[kind, owner, where["slot_id"]] += 1
        return seats[kind, owner, where["slot_id"]]

    for side, person in enumerate(placed["participants"]):
        seat = next_seat("person", person)
        rows[PersonBooking].append({**where, "participant_id": person, "seat": seat, "side": side})
    for place in (placed.get("place"), placed.get("room")):
        if place is not None:
            seat = next_seat("place", place)
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
