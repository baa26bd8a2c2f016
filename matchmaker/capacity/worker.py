"""Works off studies: claim, make the problem, ask the engine, keep its answer under the fence."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import structlog
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matchmaker.capacity.models import CapacityStudy
from matchmaker.capacity.services import KIND
from matchmaker.config import Config
from matchmaker.database import db, now, reading
from matchmaker.events.models import Event
from matchmaker.jobs.claims import Claims, Key, Lost
from matchmaker.jobs.queue import Queue
from matchmaker.schedules import bridge

STUDIES = Claims(CapacityStudy)
log = structlog.get_logger()


def register(queue: Queue, app: Flask) -> None:
    config: Config = app.extensions["matchmaker"]

    def perform(event_id: str, study_id: str) -> None:
        with app.app_context():
            Study(db.engine, config.solver_workers, queue.stopping).perform((event_id, study_id))

    def sweep() -> list[Key]:
        with app.app_context():
            return STUDIES.left_behind(db.engine)

    queue.register(KIND, perform, sweep)


@dataclass(frozen=True)
class Study:
    """Works on one study after the other with these means."""

    engine: Engine
    workers: int
    stopping: threading.Event

    def perform(self, key: Key) -> None:
        attempt = STUDIES.claim(self.engine, key)
        if attempt is None:
            return
        try:
            end = self._answer(key, attempt)
        except Lost:
            log.warning("capacity.overtaken", study=key[1], attempt=attempt)
            return
        except Exception:
            log.exception("capacity.failed", study=key[1])
            end = {"state": "failed"}
        self._finish(key, attempt, end)

    def _answer(self, key: Key, attempt: int) -> dict[str, object]:
        with reading(), Session(self.engine) as session:
            study, event = session.get_one(CapacityStudy, key), session.get_one(Event, key[0])
            problem, sha256 = bridge.write_problem(session, event, "most_wishes")
            settings = {"seconds": float(study.seconds), "workers": self.workers}
        with STUDIES.beating(self.engine, key, attempt) as lost:
            answer = bridge.study_capacity(
                problem, settings, lambda: lost.is_set() or self.stopping.is_set()
            )
        return {
            "state": "done",
            "problem_sha256": sha256,
            "demand": bridge.expect_demand(problem),
            "answer": answer,
        }

    def _finish(self, key: Key, attempt: int, end: dict[str, object]) -> None:
        try:
            STUDIES.write(self.engine, key, attempt, finished_at=now(), **end)
        except Lost:
            log.warning("capacity.overtaken", study=key[1], attempt=attempt)
