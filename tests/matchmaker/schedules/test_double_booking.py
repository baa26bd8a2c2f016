"""Nobody is double-booked, by construction: two writers at once, with and without the guard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import schedule_cast
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import db, reading
from matchmaker.events.models import Interpreter
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    ScheduledMeeting,
    Version,
)

Key = dict[str, Any]
BOOKINGS: dict[type, Key] = {
    PersonBooking: {"participant_id": "amal", "seat": 1, "side": 0},
    PlaceBooking: {"place_id": "T01", "seat": 1},
    InterpreterBooking: {"interpreter_id": "ines"},
}


@pytest.fixture
def version(app: Flask, session: Session) -> Key:
    """A version with two meetings in one slot, for which nothing is booked yet."""
    forum = schedule_cast.make_forum(session)
    session.add(Interpreter(event_id=forum.event.id, id="ines", name="Inès"))
    key = {"event_id": forum.event.id, "version_id": "v1"}
    session.add(Version(event_id=forum.event.id, id="v1"))
    session.flush()
    for name in ("amal~bilal", "amal~chen"):
        session.add(ScheduledMeeting(**key, meeting_id=name, slot_id="d1-0900"))
    session.commit()
    return key


def book_at_once(engine: Engine, table: type, row: Key) -> tuple[int, int]:
    """Two writers look, both see that the place is free, and both book: how many rows came of
    it, and how many writers were refused.
    """
    both_have_looked = threading.Barrier(2)
    refused: list[str] = []

    def book(meeting_id: str) -> None:
        with reading(), Session(engine) as session:
            taken = session.scalar(select(func.count()).select_from(table))
        both_have_looked.wait()
        if taken:
            return
        try:
            with Session(engine) as session, session.begin():
                session.add(table(**row, meeting_id=meeting_id))
        except IntegrityError:
            refused.append(meeting_id)

    run_at_once(book, ["amal~bilal", "amal~chen"])
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0, len(refused)


def run_at_once(deed: Callable[[str], None], names: list[str]) -> None:
    threads = [threading.Thread(target=deed, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("table", BOOKINGS, ids=lambda table: table.__tablename__)
def test_of_two_bookings_at_once_one_is_refused(version: Key, table: type) -> None:
    row = {**version, "slot_id": "d1-0900", **BOOKINGS[table]}
    assert book_at_once(db.engine, table, row) == (1, 1)


@pytest.mark.parametrize("table", BOOKINGS, ids=lambda table: table.__tablename__)
def test_without_the_guard_both_are_booked(version: Key, table: type) -> None:
    """The negative control: looking first does not help."""
    name = table.__tablename__  # type: ignore[attr-defined]
    remove_guard(db.engine, name)
    row = {**version, "slot_id": "d1-0900", **BOOKINGS[table]}
    assert book_at_once(db.engine, table, row) == (2, 0)


def remove_guard(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {name} DROP CONSTRAINT pk_{name}"))
            return
        connection.execute(text(f"ALTER TABLE {name} RENAME TO guarded"))
        connection.execute(text(f"CREATE TABLE {name} AS SELECT * FROM guarded"))
        connection.execute(text("DROP TABLE guarded"))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (PersonBooking, {"seat": 2}),  # Amal has one seat
        (PersonBooking, {"seat": 0}),
        (PersonBooking, {"participant_id": "nobody"}),
        (PlaceBooking, {"seat": 2}),  # T01 holds one meeting
        (PlaceBooking, {"place_id": "T99"}),
        (InterpreterBooking, {"interpreter_id": "nobody"}),
        (PersonBooking, {"slot_id": "d9-0900"}),
        (PersonBooking, {"event_id": "another"}),
    ],
)
def test_seats_places_and_slots_that_do_not_exist_are_refused(
    session: Session, version: Key, table: type, change: Key
) -> None:
    row = {**version, "slot_id": "d1-0900", "meeting_id": "amal~bilal", **BOOKINGS[table]}
    session.add(table(**{**row, **change}))
    with pytest.raises(IntegrityError):
        session.flush()
