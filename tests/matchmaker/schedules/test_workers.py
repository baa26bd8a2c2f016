"""Workers as real processes: killed in a solve, told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import cast
import pytest
import redis
import schedule_cast
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.config import Config
from matchmaker.database import now
from matchmaker.schedules import runs
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.services import start_run

REDIS = os.environ.get("MATCHMAKER_TEST_REDIS", "redis://127.0.0.1:6379")
ROOT = Path(__file__).parents[3]
WORKER = """
import logging, sys
from pathlib import Path
from matchmaker import create_app
from matchmaker.config import Config
from matchmaker.worker import work
instance, database, jobs = sys.argv[1:]
work(create_app(Config(instance=Path(instance), secret_key="x" * 40, database_url=database,
    jobs_url=jobs, solver_workers=1)))
"""


@pytest.fixture
def jobs_url(database_url: str) -> Iterator[str]:
    """Where the queue lies: a file beside SQLite, a Redis database beside PostgreSQL."""
    if database_url.startswith("sqlite"):
        yield ""
        return
    url = f"{REDIS}/{uuid.uuid4().int % 8 + 8}"
    server = redis.Redis.from_url(url)
    try:
        server.ping()
    except redis.exceptions.ConnectionError:
        pytest.skip(f"Redis does not answer at {REDIS}")
    server.flushdb()
    yield url
    server.flushdb()
    server.close()


@pytest.fixture
def config(database_url: str, tmp_path: Path, jobs_url: str) -> Config:
    return Config(
        instance=tmp_path,
        secret_key="x" * 40,
        database_url=database_url,
        jobs_url=jobs_url,
        testing=True,
    )


@pytest.fixture
def start_worker(config: Config) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [str(config.instance), config.database, config.jobs_url]
        process = subprocess.Popen([sys.executable, "-c", WORKER, *command], cwd=ROOT, stderr=None)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(session: Session, run: Run, holds: Callable[[Run], bool]) -> Run:
    """Look at the row until it is so; a test that waits for nothing ends by its time-out."""
    while not holds(schedule_cast.look_again(session, run)):
        time.sleep(0.1)
    return run


def begin(app: Flask, session: Session, seconds: int) -> Run:
    forum = schedule_cast.make_forum(session)
    crowd(session, forum)
    run = start_run(session, forum.event, wanted="most_wishes", seconds=seconds)
    app.extensions["queue"].enqueue(runs.KIND, run.event_id, run.id)
    return run


def crowd(session: Session, forum: schedule_cast.Forum) -> None:
    """Enough people and too few tables: the search does not end before somebody ends it."""
    cast.make_slots(session, forum.event, 12, "pm", first_hour=14)
    people = [cast.make_participant(session, forum.event, f"Guest{number}") for number in range(40)]
    for number, person in enumerate(people):
        for step in (1, 5, 9, 13, 17):
            wished = people[(number + step) % len(people)]
            cast.make_wish(session, person, wished, "like" if step % 3 else "top")
    session.commit()


def test_a_run_whose_worker_was_killed_is_finished_by_another(
    app: Flask, session: Session, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    run = begin(app, session, 15)
    first = start_worker()
    wait_until(session, run, lambda row: bool(row.progress.get("goal")))
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert session.scalars(select(Version)).all() == []
    past = now() - runs.STALE_AFTER - timedelta(seconds=1)
    session.execute(update(Run).values(beat_at=past, seconds=5))
    session.commit()
    start_worker()
    wait_until(session, run, lambda row: row.state not in ("waiting", "running"))
    assert (run.state, run.attempt, run.failure) == ("done", 2, "")
    assert [version.id for version in session.scalars(select(Version))] == [run.version_id]


def test_a_worker_that_is_told_to_end_keeps_the_best_so_far(
    app: Flask, session: Session, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    run = begin(app, session, 600)
    worker = start_worker()
    wait_until(session, run, lambda row: bool(row.progress.get("goal")))
    worker.terminate()
    assert worker.wait() == 0
    schedule_cast.look_again(session, run)
    assert (run.state, run.progress["stopped"]) == ("cancelled", "worker")
    assert [version.id for version in session.scalars(select(Version))] == [run.version_id]
