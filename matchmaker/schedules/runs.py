"""A run's row between the workers: claimed, kept alive, given back.

The row is the truth. Whoever works on a run holds it under an attempt number; every write names
that number, so that a worker that was thought dead cannot write into a run that another took.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Engine, and_, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.schedules.models import Run
from matchmaker.schedules.progress import with_goals

log = structlog.get_logger()

KIND = "run"  # as the queue knows it
MOST_ATTEMPTS = 3
BEAT_SECONDS = 0.5
STALE_AFTER = timedelta(seconds=30)
UNCLAIMED_AFTER = timedelta(seconds=10)
RunKey = tuple[str, str]  # event, run


class LostRun(Exception):
    """Another worker has taken this run; what this one found is thrown away."""


def claim(engine: Engine, key: RunKey) -> int | None:
    """Take the run; the attempt number, or None where there is nothing to take."""
    with Session(engine) as session, session.begin():
        taken = _update(
            session,
            key,
            _can_be_taken(now()),
            state="running",
            worker=f"{socket.gethostname()}:{os.getpid()}"[:80],
            attempt=Run.attempt + 1,
            beat_at=now(),
            started_at=now(),
            progress={},
        )
        return session.scalar(select(Run.attempt).where(*_is(key))) if taken else None


def write(session: Session, key: RunKey, attempt: int, **values: Any) -> None:
    """Change the run if this attempt still holds it, else raise :class:`LostRun`."""
    held = and_(Run.state == "running", Run.attempt == attempt)
    if not _update(session, key, held, **values):
        raise LostRun(key[1])


def left_behind(engine: Engine) -> list[RunKey]:
    """Runs to enqueue again; what cannot be tried once more is given up here."""
    with Session(engine) as session, session.begin():
        _give_up(session)
        waiting = and_(Run.state == "waiting", Run.created_at < now() - UNCLAIMED_AFTER)
        rows = session.execute(
            select(Run.event_id, Run.id).where(or_(waiting, _is_stale(now())))
        ).all()
        return [(row.event_id, row.id) for row in rows]


def waiting_runs(engine: Engine) -> list[RunKey]:
    """The runs nobody has taken yet, oldest first."""
    with Session(engine) as session:
        rows = session.execute(
            select(Run.event_id, Run.id).where(Run.state == "waiting").order_by(Run.created_at)
        ).all()
        return [(row.event_id, row.id) for row in rows]


def _give_up(session: Session) -> None:
    stale = _is_stale(now())
    session.execute(
        update(Run)
        .where(stale, Run.cancel_at.is_not(None))
        .values(state="cancelled", finished_at=now())
    )
    session.execute(
        update(Run)
        .where(stale, Run.attempt >= MOST_ATTEMPTS)
        .values(state="failed", failure="died", finished_at=now())
    )


def _can_be_taken(at: datetime) -> Any:
    again = and_(_is_stale(at), Run.attempt < MOST_ATTEMPTS, Run.cancel_at.is_(None))
    return or_(Run.state == "waiting", again)


def _is_stale(at: datetime) -> Any:
    return and_(Run.state == "running", Run.beat_at < at - STALE_AFTER)


def _is(key: RunKey) -> tuple[Any, Any]:
    return Run.event_id == key[0], Run.id == key[1]


def _update(session: Session, key: RunKey, condition: Any, **values: Any) -> bool:
    """Whether exactly this row was changed: the comparison and the change are one statement."""
    changed = session.execute(update(Run).where(*_is(key), condition).values(**values))
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]


class Heartbeat:
    """While a worker works: its progress into the row, the wish to stop out of it.

    A thread of its own, since the engine's news may be far apart.
    """

    def __init__(
        self, engine: Engine, key: RunKey, attempt: int, is_closing: Callable[[], bool]
    ) -> None:
        self.engine, self.key, self.attempt = engine, key, attempt
        self.is_closing = is_closing
        self.progress: dict[str, Any] = {}
        self.is_lost = self.is_cancelled = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name=f"beat-{key[1]}", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def tell(self, news: dict[str, Any]) -> None:
        self.progress = with_goals(self.progress, news)

    def must_stop(self) -> bool:
        return self.is_lost or self.is_cancelled or self.is_closing()

    def _beat_on(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            try:
                self.beat()
            except LostRun:
                self.is_lost = True
                return
            except OperationalError:  # the database is away: try again at the next beat
                log.warning("run.no_heartbeat", run=self.key[1])

    def beat(self) -> None:
        with Session(self.engine) as session, session.begin():
            write(session, self.key, self.attempt, beat_at=now(), progress=self.progress)
            cancelled = select(Run.cancel_at).where(*_is(self.key))
            self.is_cancelled = session.scalar(cancelled) is not None
