"""What a version holds is read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import schedule_cast
from flask import Flask
from schedule_cast import Forum
from sqlalchemy import event
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.schedules.differences import Differences, differing
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import meetings_of, published_version


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):  # type: ignore[no-untyped-def]
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def test_all_meetings_take_four_statements(app: Flask, session: Session, forum: Forum) -> None:
    version = schedule_cast.make_version(app, forum.event)
    with counted() as statements:
        meetings = meetings_of(session, version)
    assert len([text for text in statements if text.startswith("SELECT")]) == 4
    assert len(meetings) == 3


def test_a_meeting_says_when_where_and_who(app: Flask, session: Session, forum: Forum) -> None:
    version = schedule_cast.make_version(app, forum.event)
    slots = {slot.id: slot for slot in forum.slots}
    for meeting in meetings_of(session, version):
        slot = slots[meeting.slot_id]
        assert (meeting.starts_at, meeting.ends_at) == (slot.starts_at, slot.ends_at)
        assert meeting.place_code in {"T01", "T02"}
        assert "~".join(sorted(meeting.people)) == meeting.id


def test_one_persons_meetings_are_that_persons(app: Flask, session: Session, forum: Forum) -> None:
    version = schedule_cast.make_version(app, forum.event)
    mine = meetings_of(session, version, "chen")
    assert {meeting.id for meeting in mine} == {"amal~chen", "bilal~chen"}
    assert mine == [row for row in meetings_of(session, version) if "chen" in row.people]


def test_nothing_is_published_at_first(app: Flask, session: Session, forum: Forum) -> None:
    schedule_cast.make_version(app, forum.event)
    assert published_version(session, forum.event.id) is None


def test_a_version_differs_from_itself_in_nothing(
    app: Flask, session: Session, forum: Forum
) -> None:
    version = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, version, seen=0)
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    other = schedule_cast.make_version(app, forum.event)
    assert differing(session, version, version) == []
    found = Differences(session, version, other)
    changed = {row.id: row.after for row in found.rows(found.kinds)}
    assert changed["amal~bilal"] is None
    assert changed["bilal~chen"] is None
