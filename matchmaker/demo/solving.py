"""Solve the demonstration forum with a progress line, and publish what comes out."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, TextIO

from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import db, reading
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.publishing import publish, revision_of
from matchmaker.schedules.runs import KIND
from matchmaker.schedules.services import start_run
from matchmaker.worker import work_once

LOOK_EVERY = 0.25
TAKEN_OVER_WITHIN = 120.0  # a worker that died is found out and replaced
WIDTH = 78


def solve_and_publish(app: Flask, event_id: str, *, seconds: int) -> Version:
    """The run goes through the same row, queue and worker as an organiser's."""
    event = db.session.get_one(Event, event_id)
    run = start_run(db.session, event, wanted="nobody_without", seconds=seconds)
    run_id = run.id
    db.session.commit()  # what was begun by looking would hold off the worker
    app.extensions["queue"].enqueue(KIND, event_id, run_id)
    worker = threading.Thread(target=work_once, args=(app,))
    worker.start()
    _follow((event_id, run_id), worker, seconds + TAKEN_OVER_WITHIN)
    run = db.session.get_one(Run, (event_id, run_id))
    if run.version_id is None:
        raise Refusal(f"The demonstration forum could not be solved: {run.failure or run.state}")
    version = db.session.get_one(Version, (event_id, run.version_id))
    return publish(db.session, event, version, seen=revision_of(db.session, event_id))


def _follow(key: tuple[str, str], worker: threading.Thread, until: float) -> None:
    """To the end of the run. A served application's worker may have taken it from ours."""
    started = time.monotonic()
    is_over = False
    while worker.is_alive() or not (is_over or time.monotonic() > started + until):
        worker.join(LOOK_EVERY) if worker.is_alive() else time.sleep(LOOK_EVERY)
        with reading(), Session(db.engine) as session:
            run = session.get_one(Run, key)
            is_over = run.state not in {"waiting", "running"}
            show_progress(sys.stderr, time.monotonic() - started, run.progress)
    sys.stderr.write("\n")


def show_progress(stream: TextIO, seconds: float, news: Mapping[str, Any]) -> None:
    """One live line on a terminal; nothing where nobody watches."""
    if not stream.isatty():
        return
    line = f"  solving, {seconds:4.0f} s"
    if news.get("goal"):
        line += f"   {news['goal']}: {_number(news.get('value'))}"
        line += f", no schedule can beat {_number(news.get('bound'))}"
    stream.write("\r" + line[:WIDTH].ljust(WIDTH))
    stream.flush()


def _number(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return "…" if value is None else str(value)
