"""Works off runs: claim, make the problem, solve, check, store under the fence."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import structlog
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from matchmaker.config import Config
from matchmaker.database import db, now, reading
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.jobs.queue import Queue
from matchmaker.schedules import bridge, runs
from matchmaker.schedules.aims import aim_from
from matchmaker.schedules.models import Run
from matchmaker.schedules.runs import Heartbeat, LostRun, RunKey
from matchmaker.schedules.scenarios import try_out
from matchmaker.schedules.storing import analyze, store_version

log = structlog.get_logger()

# One solve at a time in a process: it uses every core it is given, and mails and prints must
# not wait behind several of them. A run that finds it taken stays waiting and is enqueued later.
_solving = threading.Lock()


class Objected(Exception):
    """The independent check does not accept the schedule; the text says why."""


def register(queue: Queue, app: Flask) -> None:
    config: Config = app.extensions["matchmaker"]

    def perform(event_id: str, run_id: str) -> None:
        with app.app_context():
            Solve(db.engine, queue, config.solver_workers).perform((event_id, run_id))

    def sweep() -> list[RunKey]:
        with app.app_context():
            return runs.left_behind(db.engine)

    queue.register(runs.KIND, perform, sweep)


@dataclass(frozen=True)
class Solve:
    """Works on one run after the other with these means."""

    engine: Engine
    queue: Queue
    workers: int

    def perform(self, key: RunKey) -> None:
        if not _solving.acquire(blocking=False):
            return
        try:
            attempt = runs.claim(self.engine, key)
            if attempt is not None:
                self._work(key, attempt)
        finally:
            _solving.release()
        self._call_next()

    def _call_next(self) -> None:
        if self.queue.stopping.is_set():
            return
        for event_id, run_id in runs.waiting_runs(self.engine)[:1]:
            self.queue.enqueue(runs.KIND, event_id, run_id)

    def _work(self, key: RunKey, attempt: int) -> None:
        started = time.monotonic()
        try:
            with Heartbeat(self.engine, key, attempt, self.queue.stopping.is_set) as beat:
                problem, schedule = self._solve(beat, started)
            self._store(beat, problem, schedule)
        except LostRun:
            log.warning("run.overtaken", run=key[1], attempt=attempt)
        except Objected as objected:
            log.error("run.objected", run=key[1])
            self._fail(key, attempt, f"objected\n{objected}")
        except bridge.InvalidProblem as invalid:
            self._fail(key, attempt, f"invalid\n{invalid}")
        except Refusal as refusal:
            self._fail(key, attempt, f"refused\n{refusal}")
        except Exception as error:
            log.exception("run.failed", run=key[1])
            self._fail(key, attempt, f"error\n{type(error).__name__}")

    def _solve(self, beat: Heartbeat, started: float) -> tuple[str, str]:
        run, problem = self._prepare(beat)
        settings = {
            "seconds": float(run.seconds),
            "seed": run.seed,
            "workers": self.workers,
            "started": started,
        }
        size = bridge.size_of(problem)
        schedule = bridge.solve(
            problem, settings, lambda news: beat.tell({**news, **size}), beat.must_stop
        )
        if found := bridge.objections(problem, schedule):
            raise Objected("\n".join(found))
        return problem, schedule

    def _prepare(self, beat: Heartbeat) -> tuple[Run, str]:
        """The run and its problem: made now, or by the attempt before."""
        event_id, run_id = beat.key
        with reading(), Session(self.engine, expire_on_commit=False) as session:
            run = session.get_one(Run, (event_id, run_id))
            if run.problem:
                return run, run.problem
            event = session.scalars(select(Event).where(Event.id == event_id)).one()
            if run.scenario:
                return self._tried(beat)
            problem, sha256 = bridge.write_problem(session, event, aim_from(run.settings))
        with Session(self.engine) as session, session.begin():
            values = {"problem": problem, "problem_sha256": sha256}
            runs.write(session, beat.key, beat.attempt, **values)
        return run, problem

    def _tried(self, beat: Heartbeat) -> tuple[Run, str]:
        """The run of a scenario and its problem, made on a set-up that is taken back at once."""
        event_id, run_id = beat.key
        with Session(self.engine, expire_on_commit=False) as session:
            run = session.get_one(Run, (event_id, run_id))
            event = session.scalars(select(Event).where(Event.id == event_id)).one()
            problem, sha256, codes = try_out(session, event, run)
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            values = {"problem": problem, "problem_sha256": sha256, "outcome": {"places": codes}}
            runs.write(session, beat.key, beat.attempt, **values)
            return session.get_one(Run, (event_id, run_id)), problem

    def _store(self, beat: Heartbeat, problem: str, schedule: str) -> None:
        """The version and the end of the run, both or neither."""
        stopped = "organiser" if beat.is_cancelled else "worker" if beat.is_closing() else ""
        with Session(self.engine) as session, session.begin():
            end = {
                "state": "cancelled" if stopped else "done",
                "progress": {**beat.progress, "stopped": stopped},
                "finished_at": now(),
            }
            runs.write(session, beat.key, beat.attempt, **end)
            self._keep(session, session.get_one(Run, beat.key), problem, schedule)
        with Session(self.engine) as session:
            analyze(session)

    def _keep(self, session: Session, run: Run, problem: str, schedule: str) -> None:
        """As a version; of a scenario on the run itself, as its slots and tables are nowhere."""
        if run.scenario:
            told = bridge.outcome_of(problem, schedule)
            run.schedule, run.outcome = schedule, {**run.outcome, **told}
            return
        version = store_version(
            session, event_id=run.event_id, problem=problem, schedule=schedule, run_id=run.id
        )
        run.version_id = version.id

    def _fail(self, key: RunKey, attempt: int, failure: str) -> None:
        try:
            with Session(self.engine) as session, session.begin():
                end = {"state": "failed", "failure": failure, "finished_at": now()}
                runs.write(session, key, attempt, **end)
        except LostRun:
            log.warning("run.overtaken", run=key[1], attempt=attempt)
