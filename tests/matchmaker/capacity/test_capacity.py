"""Before solving: the organiser asks whether it will fit, and is answered exactly."""

from __future__ import annotations

import json

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.capacity.findings import Findings
from matchmaker.capacity.models import CapacityStudy
from matchmaker.capacity.queries import is_current, latest_study, loads_of
from matchmaker.capacity.services import KIND, ask_study
from matchmaker.capacity.worker import STUDIES
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import PlaceClosure
from matchmaker.jobs.claims import Lost
from matchmaker.jobs.queue import Queue
from matchmaker.worker import make_worker


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


def work_off(app: Flask, study: CapacityStudy) -> None:
    queue: Queue = make_worker(app)
    queue.kinds[KIND](study.event_id, study.id)


def answered(app: Flask, session: Session, forum: Forum) -> CapacityStudy:
    study = ask_study(session, forum.event, seconds=5)
    work_off(app, study)
    session.expire_all()
    session.rollback()
    return study


def test_the_engine_answers_exactly(app: Flask, session: Session, forum: Forum) -> None:
    study = answered(app, session, forum)
    answer = json.loads(study.answer)
    assert study.state == "done"
    assert answer["now"]["proven"]
    assert answer["tables"]["at_least"] == answer["tables"]["at_most"]
    assert latest_study(session, forum.event.id) == study


def test_the_page_says_it_in_sentences(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    answer = json.loads(answered(app, session, forum).answer)
    cast.sign_in(client, forum.dounia)
    shown = client.get(f"/organise/{forum.event.id}/capacity").text
    if answer["now"]["placed"] == answer["meetings"]:
        assert "Everything fits" in shown
    else:
        assert f"{answer['now']['placed']} of {answer['meetings']} meetings have a place" in shown
    assert f"You have {answer['tables']['now']}." in shown
    assert "have changed" not in shown


def test_a_bound_that_bounds_nothing_is_not_said(
    app: Flask, session: Session, forum: Forum
) -> None:
    study = answered(app, session, forum)
    answer = json.loads(study.answer)
    for part in ("tables", "slots"):
        answer[part] |= {"at_least": 0, "at_most": 2, "now": 3}
    study.answer = json.dumps(answer)
    with speak("en"):
        found = Findings(session, study)
        said = [fewest.sentence for fewest in (found.tables(), found.slots()) if fewest]
    assert said == [
        f"2 {part} are enough for that; whether fewer are is open. You have 3."
        for part in ("tables", "slots")
    ]


def test_an_answer_of_yesterday_says_that_it_is_old(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    study = answered(app, session, forum)
    assert is_current(session, forum.event, study)
    cast.make_place(session, forum.event, "T99")
    session.commit()
    assert not is_current(session, forum.event, study)
    cast.sign_in(client, forum.dounia)
    assert "have changed" in client.get(f"/organise/{forum.event.id}/capacity").text


def test_closed_places_hold_nothing(app: Flask, session: Session, forum: Forum) -> None:
    study = answered(app, session, forum)
    before = loads_of(session, forum.event.id, study)
    place = cast.make_place(session, forum.event, "T99")
    slot = before[0].slot
    closed = PlaceClosure(event_id=forum.event.id, place_id=place.id, slot_id=slot.id)
    session.add(closed)
    session.flush()
    after = loads_of(session, forum.event.id, study)
    more = [new.seats - old.seats for new, old in zip(after, before, strict=True)]
    assert more == [0] + [1] * (len(more) - 1)
    total = sum(load.expected for load in before)
    assert total == pytest.approx(json.loads(study.answer)["meetings"], abs=0.1)


def test_asking_by_the_page_gives_the_worker_something_to_do(
    app: Flask, client: FlaskClient, forum: Forum
) -> None:
    cast.sign_in(client, forum.dounia)
    path = f"/organise/{forum.event.id}/capacity"
    assert client.post(path, data={"seconds": "5"}).location == path
    assert "at work" in client.get(path).text
    assert client.get(f"{path}/state").json["over"] is False
    assert "already" in client.post(path, data={"seconds": "5"}).text


@pytest.mark.parametrize("seconds", [0, 4, 601])
def test_limits_of_time(session: Session, forum: Forum, seconds: int) -> None:
    with pytest.raises(Refusal, match="between 5 and 600"):
        ask_study(session, forum.event, seconds=seconds)


def test_what_cannot_be_answered_is_refused_at_once(session: Session) -> None:
    event = cast.make_event(session, "empty")
    with pytest.raises(Refusal, match="no slot yet"):
        ask_study(session, event, seconds=5)


def test_one_study_at_a_time_whatever_the_code_does(session: Session, forum: Forum) -> None:
    ask_study(session, forum.event, seconds=5)
    with pytest.raises(IntegrityError):
        session.execute(insert(CapacityStudy).values(event_id=forum.event.id, id="second"))


def test_a_worker_that_was_overtaken_writes_nothing(session: Session, forum: Forum) -> None:
    study = ask_study(session, forum.event, seconds=5)
    key = (study.event_id, study.id)
    assert STUDIES.claim(db.engine, key) == 1
    assert STUDIES.claim(db.engine, key) is None
    with pytest.raises(Lost):
        STUDIES.write(db.engine, key, 2, answer="of another attempt")
    session.rollback()
    session.expire_all()
    assert study.answer == ""
