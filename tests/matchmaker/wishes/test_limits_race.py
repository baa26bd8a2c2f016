"""Nobody has more top wishes or requests than allowed, also with many clicks at once."""

from __future__ import annotations

import threading
import time
from typing import Any

import cast
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes import obstacles, permission, services
from matchmaker.wishes.rules import set_rules

CLICKS, LIMIT = 6, 2


@pytest.fixture
def event_id(app: Flask) -> str:
    with app.app_context():
        event = cast.make_event(db.session, top_limit=LIMIT)
        for name in ("Amal", *(f"Person{i}" for i in range(CLICKS))):
            cast.make_participant(db.session, event, name)
        db.session.commit()
        return event.id


def click_all_at_once(app: Flask, event_id: str) -> int:
    """One top wish per thread; returns how many Amal has then."""
    ready = threading.Barrier(CLICKS)

    def click(number: int) -> None:
        with app.app_context():
            ready.wait()
            event = db.session.get_one(Event, event_id)
            amal = db.session.get_one(Participant, (event_id, "amal"))
            other = db.session.get_one(Participant, (event_id, f"person{number}"))
            try:
                services.grade(db.session, event, amal, other, "top")
            except Refusal:
                db.session.rollback()

    threads = [threading.Thread(target=click, args=(number,)) for number in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        amal = db.session.get_one(Participant, (event_id, "amal"))
        return services.count_tops(db.session, amal)


def test_the_limit_holds(app: Flask, event_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    count = services.count_tops

    def count_slowly(session: Session, wisher: Participant) -> int:
        found = count(session, wisher)
        time.sleep(0.02)
        return found

    monkeypatch.setattr(services, "count_tops", count_slowly)
    assert click_all_at_once(app, event_id) == LIMIT


def test_without_the_lock_it_does_not(
    app: Flask, event_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: count, let go, insert."""
    count, counted = services.count_tops, threading.Barrier(CLICKS)

    def count_and_let_go(session: Session, wisher: Participant) -> int:
        found = count(session, wisher)
        if counted.n_waiting < CLICKS and not counted.broken and found == 0:
            session.rollback()  # SQLite's one writer is a lock of its own
            counted.wait()
        return found

    monkeypatch.setattr(services, "count_tops", count_and_let_go)
    monkeypatch.setattr(services, "lock_wisher", lambda session, *people: None)
    click_all_at_once(app, event_id)
    monkeypatch.setattr(services, "count_tops", count)
    with app.app_context():
        amal = db.session.get_one(Participant, (event_id, "amal"))
        assert count(db.session, amal) == CLICKS


def ask_all_at_once(app: Flask, event_id: str) -> int:
    """Everybody asks Amal in the same moment; returns how many requests she has then."""
    ready = threading.Barrier(CLICKS)

    def ask(number: int) -> None:
        with app.app_context():
            ready.wait()
            event = db.session.get_one(Event, event_id)
            amal = db.session.get_one(Participant, (event_id, "amal"))
            wisher = db.session.get_one(Participant, (event_id, f"person{number}"))
            try:
                services.grade(db.session, event, wisher, amal, "like")
            except Refusal:
                db.session.rollback()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        return obstacles.loads_of(db.session, event, ["amal"])["amal"].requests


@pytest.fixture
def limited(app: Flask, event_id: str) -> str:
    with app.app_context():
        set_rules(db.session, db.session.get_one(Event, event_id), incoming=LIMIT)
        db.session.commit()
    return event_id


def test_nobody_gets_more_requests_than_allowed(app: Flask, limited: str) -> None:
    assert ask_all_at_once(app, limited) == LIMIT


def test_without_the_lock_somebody_does(
    app: Flask, limited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control, as above."""
    look, looked = permission.obstacles_to, threading.Barrier(CLICKS)

    def look_and_let_go(session: Session, *arguments: Any) -> dict[str, str]:
        found = look(session, *arguments)
        session.rollback()
        looked.wait()
        return found

    monkeypatch.setattr(permission, "obstacles_to", look_and_let_go)
    monkeypatch.setattr(services, "lock_wisher", lambda session, *people: None)
    assert ask_all_at_once(app, limited) == CLICKS
