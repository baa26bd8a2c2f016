"""Two organisers change a draft at the same moment: one is refused in words, nothing is double.

The negative control takes the guards away one after the other and shows what each prevents.
"""

from __future__ import annotations

import threading
from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask, g
from schedule_cast import Forum
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.drafts import services
from matchmaker.drafts.models import Change
from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.services import Hand, move
from matchmaker.drafts.ways import Cell
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, PlaceSeat
from matchmaker.schedules import bridge
from matchmaker.schedules.models import PlaceBooking, Version

PLACES = {"amal~bilal": ["bilal", "amal"], "chen~farah": ["farah", "chen"]}
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def forum(session: Session) -> Forum:
    forum = schedule_cast.make_forum(session)
    cast.make_participant(session, forum.event, "Farah")
    return forum


@pytest.fixture
def draft(session: Session, forum: Forum) -> Version:
    """Two meetings of four people, next to each other at nine."""
    meetings = [
        {"people": people, "slot": "d1-0900", "place": place}
        for people, place in zip(PLACES.values(), ("T01", "T02"), strict=True)
    ]
    version = cast.make_version(session, forum.event, meetings)
    version.problem, _hash = bridge.write_problem(session, forum.event, "most_wishes")
    session.commit()
    return open_draft(session, forum.event, version)


def move_both_at_once(app: Flask, draft: Version) -> tuple[int, list[str]]:
    """Both meetings go to the same cell: how many stand there, and what who was refused read."""
    refused: list[str] = []
    key = draft.event_id, draft.id

    def put(meeting: str) -> None:
        with app.app_context():
            g.language = "en"
            event = db.session.get_one(Event, key[0])
            version = db.session.get_one(Version, key)
            db.session.commit()
            hand = Hand(event, version, 0, meeting)
            try:
                move(db.session, hand, meeting, Cell("d1-0950", "T01"))
            except Refusal as refusal:
                refused.append(str(refusal))

    threads = [threading.Thread(target=put, args=(name,)) for name in PLACES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    there = select(PlaceBooking).where(
        PlaceBooking.version_id == draft.id, PlaceBooking.slot_id == "d1-0950"
    )
    return len(db.session.scalars(there).all()), refused


def test_of_two_who_want_the_same_cell_one_reads_who_is_there(app: Flask, draft: Version) -> None:
    there, refused = move_both_at_once(app, draft)
    assert there == 1
    assert len(refused) == 1
    assert "is taken at" in refused[0]


@on_postgresql
def test_without_holding_the_draft_the_keys_still_refuse_the_second(
    app: Flask, draft: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_both_look(monkeypatch)
    there, refused = move_both_at_once(app, draft)
    assert there == 1
    assert refused == [
        "Somebody else was faster. Look at the board as it is now, then decide again."
    ]


@on_postgresql
def test_without_any_guard_both_stand_there(
    app: Flask, draft: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_both_look(monkeypatch)
    db.session.add(PlaceSeat(event_id=draft.event_id, place_id="T01", seat=2))
    db.session.commit()
    with db.engine.begin() as connection:
        for table in ("place_booking", "draft_change"):
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}"))
    there, refused = move_both_at_once(app, draft)
    assert (there, refused) == (2, [])
    numbers = select(Change.number).where(Change.version_id == draft.id, Change.number > 0)
    assert db.session.scalars(numbers).all() == [1, 1]


def let_both_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds the draft, and both have judged before either writes."""
    both = threading.Barrier(2)
    keep = services._keep

    def keep_together(*values: Any, **more: Any) -> Change:
        both.wait(timeout=20)
        return keep(*values, **more)

    monkeypatch.setattr(services, "hold_draft", lambda _session, version: version)
    monkeypatch.setattr(services, "_keep", keep_together)
