"""A run becomes a version, whatever happens to those who work on it."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.database import db, now
from matchmaker.errors import Refusal
from matchmaker.participants.models import Participant
from matchmaker.schedules import bridge, runs, worker
from matchmaker.schedules.goals import failure_text
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.queries import find_version, meetings_of
from matchmaker.schedules.runs import Heartbeat, LostRun
from matchmaker.schedules.services import open_run, start_run, stop_run
from matchmaker.wishes.queries import count_unanswered
from matchmaker.worker import make_worker


def begin(session: Session, event, **values) -> Run:
    return start_run(session, event, **{"wanted": "most_wishes", "seconds": 5, **values})


def test_a_run_makes_a_checked_version_with_every_meeting(app: Flask, session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    run = schedule_cast.finish_run(app, begin(session, forum.event))
    assert (run.state, run.attempt) == ("done", 1)
    version = find_version(session, forum.event.id, str(run.version_id))
    assert version is not None
    assert version.status == "optimal"
    assert {meeting.people for meeting in meetings_of(session, version)} == {
        ("bilal", "amal"),  # the side that was asked comes first
        ("bilal", "chen"),
        ("chen", "amal"),
    }
    assert bridge.objections(version.problem, version.schedule) == []


def test_absences_reach_the_engine_and_unplaced_meetings_their_reason(
    app: Flask, session: Session
) -> None:
    forum = schedule_cast.make_forum(session)
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    version = schedule_cast.make_version(app, forum.event)
    unplaced = json.loads(version.schedule)["unplaced"]
    assert sorted((row["meeting"], row["reason"]["rule"]) for row in unplaced) == [
        ("amal~bilal", "absent"),
        ("bilal~chen", "absent"),
    ]


def test_names_stay_out_of_the_problem(app: Flask, session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    version = schedule_cast.make_version(app, forum.event)
    assert "people.example" not in version.problem
    assert "Amal" not in version.problem


def test_one_run_of_an_event_at_a_time(session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    begin(session, forum.event)
    with pytest.raises(Refusal):
        begin(session, forum.event)
    assert len(session.scalars(select(Run)).all()) == 1


@pytest.mark.parametrize("seconds", [0, 4, 601])
def test_time_limits_outside_the_range_are_refused(session: Session, seconds: int) -> None:
    forum = schedule_cast.make_forum(session)
    with pytest.raises(Refusal, match="between 5 and 600"):
        begin(session, forum.event, seconds=seconds)


def test_a_forum_without_people_is_refused_with_the_cure(session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    session.execute(update(Participant).values(state="registered"))
    with pytest.raises(Refusal, match="Validate them first"):
        begin(session, forum.event)


def test_a_run_of_wishes_that_all_wait_for_an_answer_is_refused_with_the_cure(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    """It would be empty, and nobody would know why."""
    forum = schedule_cast.make_forum(session)
    forum.event.needs_acceptance = True
    session.commit()
    with pytest.raises(Refusal, match="No wish counts yet"):
        begin(session, forum.event)
    cast.make_wish(session, forum.bilal, forum.amal)  # from both sides: it counts
    session.commit()
    assert count_unanswered(session, forum.event) == 2
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    page = client.get(f"/organise/{forum.event.id}/schedule/").text
    assert "2 wishes wait for an answer and do not count yet." in page
    run = schedule_cast.finish_run(app, begin(session, forum.event))
    version = find_version(session, forum.event.id, str(run.version_id))
    assert version is not None
    assert len(meetings_of(session, version)) == 1
    forum.event.needs_acceptance = False
    session.commit()
    assert count_unanswered(session, forum.event) == 0
    assert "wait for an answer" not in client.get(f"/organise/{forum.event.id}/schedule/").text


def test_two_workers_take_one_run_once(session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    key, engine, start = (run.event_id, run.id), db.engine, threading.Barrier(4)
    taken: list[int | None] = []

    def take() -> None:
        start.wait()
        taken.append(runs.claim(engine, key))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=str) == [1, None, None, None]


def test_without_the_condition_every_worker_takes_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    monkeypatch.setattr(runs, "_can_be_taken", lambda _at: Run.id == run.id)
    key = (run.event_id, run.id)
    assert [runs.claim(db.engine, key) for _ in range(2)] == [1, 2]


def forget(session: Session, run: Run) -> None:
    """As if the worker had been silent for longer than is allowed."""
    session.execute(update(Run).values(beat_at=now() - runs.STALE_AFTER - timedelta(seconds=1)))
    session.commit()


def test_a_stale_worker_cannot_write_any_more(app: Flask, session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    key = (run.event_id, run.id)
    first = runs.claim(db.engine, key)
    forget(session, run)
    second = runs.claim(db.engine, key)
    assert (first, second) == (1, 2)
    overtaken = Heartbeat(db.engine, key, 1, lambda: False)
    with pytest.raises(LostRun):
        overtaken.beat()
    problem, _sha = bridge.write_problem(session, forum.event, "most_wishes")
    session.commit()
    schedule = bridge.solve(problem, {"seconds": 5.0}, lambda _news: None, lambda: False)
    solve = worker.Solve(db.engine, make_worker(app), 1)
    with pytest.raises(LostRun):
        solve._store(overtaken, problem, schedule)
    assert session.scalars(select(Version)).all() == []
    session.commit()
    solve._store(Heartbeat(db.engine, key, 2, lambda: False), problem, schedule)
    assert len(session.scalars(select(Version)).all()) == 1


def test_the_sweep_gives_back_what_is_stale_and_gives_up_after_three_attempts(
    session: Session,
) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    key = (run.event_id, run.id)
    for attempt in (1, 2, 3):
        assert runs.claim(db.engine, key) == attempt
        assert runs.left_behind(db.engine) == []  # its worker still breathes
        forget(session, run)
        assert runs.left_behind(db.engine) == ([key] if attempt < 3 else [])
    schedule_cast.look_again(session, run)
    assert (run.state, run.failure) == ("failed", "died")
    assert "three times" in failure_text(run)
    assert open_run(session, forum.event.id) is None


def test_what_was_committed_and_not_enqueued_is_found(session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    assert runs.left_behind(db.engine) == []
    session.execute(update(Run).values(created_at=now() - timedelta(minutes=1)))
    session.commit()
    assert runs.left_behind(db.engine) == [(run.event_id, run.id)]


def test_stopping_a_waiting_run_ends_it(session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    stop_run(session, run)
    schedule_cast.look_again(session, run)
    assert (run.state, run.version_id) == ("cancelled", None)
    assert runs.claim(db.engine, (run.event_id, run.id)) is None


def test_a_stopped_run_keeps_its_best(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The organiser stops it in the middle of the search."""
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    real = bridge.solve

    def solve_when_stopped(problem, settings, tell, stop):  # type: ignore[no-untyped-def]
        stop_run(db.session, run)
        while not stop():
            pass
        return real(problem, settings, tell, stop)

    monkeypatch.setattr(bridge, "solve", solve_when_stopped)
    schedule_cast.finish_run(app, run)
    assert (run.state, run.progress["stopped"]) == ("cancelled", "organiser")
    assert find_version(session, forum.event.id, str(run.version_id)) is not None


def test_a_worker_that_is_told_to_end_keeps_the_best(app: Flask, session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event, seconds=600)
    queue = make_worker(app)
    queue.stopping.set()
    queue.kinds["run"](run.event_id, run.id)
    schedule_cast.look_again(session, run)
    assert (run.state, run.progress["stopped"]) == ("cancelled", "worker")
    assert run.version_id is not None


def test_a_schedule_that_the_check_refuses_is_thrown_away(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)
    real = bridge.solve

    def double_book(*arguments):  # type: ignore[no-untyped-def]
        answer = json.loads(real(*arguments))
        for row in answer["meetings"]:
            row["slot"] = answer["meetings"][0]["slot"]
        return json.dumps(answer)

    monkeypatch.setattr(bridge, "solve", double_book)
    schedule_cast.finish_run(app, run)
    assert (run.state, run.failure.partition("\n")[0]) == ("failed", "objected")
    assert "busy" in failure_text(run)
    assert session.scalars(select(Version)).all() == []


def test_a_fault_of_the_program_fails_the_run_and_names_it(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum = schedule_cast.make_forum(session)
    run = begin(session, forum.event)

    def break_down(*_arguments: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(bridge, "solve", break_down)
    schedule_cast.finish_run(app, run)
    assert (run.state, run.failure) == ("failed", "error\nZeroDivisionError")
    assert run.id in failure_text(run)
