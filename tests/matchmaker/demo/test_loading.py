"""The demonstration forum goes the way of every forum: imported, solved, checked, published."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import func, select

from matchmaker.database import db
from matchmaker.demo.tour import make_demo
from matchmaker.events.models import Event, Slot
from matchmaker.participants.models import Participant
from matchmaker.schedules.bridge import objections
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.wishes.models import Wish


def test_the_demonstration_forum_is_imported_solved_and_published(app: Flask) -> None:
    said: list[str] = []
    with app.test_request_context():
        event = make_demo(app, participants=30, seed=1, seconds=5, say=said.append)
        version = published_version(db.session, event.id)
        assert version is not None
        assert version.number == 1
        assert _count(Participant, event) == 30
        assert _count(Slot, event) == 28
        assert _count(Wish, event) > 60
        meetings = meetings_of(db.session, version)
        assert len(meetings) == len(json.loads(version.schedule)["meetings"]) > 0
        assert objections(version.problem, version.schedule) == []
    assert said[-1].startswith("Published: ")


def _count(table: type, event: Event) -> int:
    query = select(func.count()).select_from(table)
    return db.session.scalar(query.where(table.event_id == event.id)) or 0
