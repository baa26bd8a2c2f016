"""An event keeps its people for the time that its organiser said, and not a day longer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.imports.services import add_import
from matchmaker.jobs.queue import Queue
from matchmaker.mails.models import Mail
from matchmaker.participants.models import Participant
from matchmaker.privacy.retention import find_due, keep_for, last_kept_day, perform_retention
from matchmaker.spreadsheets.reading import read_paste
from matchmaker.worker import make_worker

CANARY = "Zerzoura"
BEFORE = datetime(2026, 9, 1, 12)  # the forum is in October


@pytest.fixture
def forum(session: Session) -> Event:
    """Dounia's forum, kept for ten days, with Amal, who takes part in nothing else, and Chen, who
    organises the salon.
    """
    forum, salon = cast.make_event(session), cast.make_event(session, "salon")
    cast.make_slots(session, forum)
    dounia, chen = cast.make_organiser(session, forum), cast.make_organiser(session, salon, "Chen")
    amal = cast.make_account(session, "Amal")
    people = [
        cast.make_participant(session, forum, name, account, last_name=CANARY, phone=CANARY)
        for name, account in (("Amal", amal), ("Chen", chen))
    ]
    cast.make_wish(session, *people, message=CANARY)
    table = read_paste(f"E-mail\tLast name\nnew@people.example\t{CANARY}\n")
    add_import(session, forum, dounia, kind="participants", table=table, file_name="people.xlsx")
    keep_for(session, forum, 10, BEFORE)
    session.commit()
    return forum


def after(session: Session, forum: Event, days: int) -> datetime:
    """Noon, so many days after the last day on which people are kept."""
    kept = last_kept_day(session, forum)
    assert kept
    return datetime(kept.year, kept.month, kept.day, 12) + timedelta(days=days)


def dump(session: Session) -> str:
    tables = Base.metadata.sorted_tables
    return json.dumps(
        {t.name: [list(row) for row in session.execute(select(t))] for t in tables}, default=str
    )


def test_nothing_happens_before_its_time(session: Session, forum: Event) -> None:
    assert find_due(session, after(session, forum, -14)) == []
    perform_retention(session, forum, after(session, forum, 0))
    assert CANARY in dump(session)


def test_two_weeks_before_the_organisers_are_told_once(session: Session, forum: Event) -> None:
    at = after(session, forum, -13)
    assert find_due(session, at) == [forum]
    perform_retention(session, forum, at)
    perform_retention(session, forum, at + timedelta(days=1))
    told = session.scalars(select(Mail)).all()
    assert [mail.address for mail in told] == ["dounia@people.example"]
    assert f"/organise/{forum.id}/set-up/personal-data" in told[0].body


def test_the_day_after_nothing_of_anybody_is_left(session: Session, forum: Event) -> None:
    at = after(session, forum, 1)
    assert find_due(session, at) == [forum]
    perform_retention(session, forum, at)
    assert CANARY not in dump(session)
    assert set(session.scalars(select(Participant.state))) == {"withdrawn"}
    assert find_due(session, at) == []


def test_accounts_stay_where_they_are_needed_elsewhere(session: Session, forum: Event) -> None:
    perform_retention(session, forum, after(session, forum, 1))
    assert sorted(session.scalars(select(Account.name))) == ["Chen", "Dounia"]


def test_the_worker_does_it_by_itself(
    app: Flask, session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = after(session, forum, 1)
    session.rollback()  # the worker writes with a session of its own
    monkeypatch.setattr("matchmaker.privacy.retention.wall_now", lambda _zone: at)
    queue: Queue = make_worker(app)
    for event_id, row_id in queue.sweeps["retention"]():
        queue.kinds["retention"](event_id, row_id)
    session.rollback()
    assert forum.people_erased_at is not None
    assert CANARY not in dump(session)


def test_the_organiser_sets_the_time_and_sees_the_day(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    dounia = session.scalars(select(Account).where(Account.name == "Dounia")).one()
    cast.sign_in(client, dounia)
    path = f"/organise/{forum.id}/set-up/personal-data"
    assert client.post(path, data={"keep_days": "3000"}).location == path
    kept = last_kept_day(session, session.get_one(Event, forum.id))
    assert kept
    assert f"{kept.day} {kept:%B %Y}" in client.get(path).text
    for wrong in ("0", "3651", "soon", ""):
        assert client.post(path, data={"keep_days": wrong}).status_code == 200
    session.expire_all()
    assert forum.keep_days == 3000


def test_nobody_is_deleted_without_a_warning(session: Session, forum: Event) -> None:
    keep_for(session, forum, 100, BEFORE)
    at = after(session, forum, -20)
    with pytest.raises(Refusal, match="without a warning"):
        keep_for(session, forum, 93, at)
    assert forum.keep_days == 100
    keep_for(session, forum, 94, at)


def test_no_path_gets_round_the_limits(session: Session, forum: Event) -> None:
    with pytest.raises(Refusal, match="from 1 to 3650"):
        keep_for(session, forum, 0)
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE event SET keep_days = 0"))
