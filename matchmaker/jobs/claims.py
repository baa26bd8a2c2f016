"""A job's row between the workers: claimed, kept alive, given back.

The row is the truth. Every write names the attempt under which a worker holds the row, so that one
that was thought dead cannot write into a row that another has taken.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Engine, and_, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matchmaker.database import now

MOST_ATTEMPTS = 3
BEAT_SECONDS = 0.5
STALE_AFTER = timedelta(seconds=60)
UNCLAIMED_AFTER = timedelta(seconds=10)
Key = tuple[str, str]  # event, row
log = structlog.get_logger()


class Lost(Exception):
    """Another worker has taken this row; what this one found is thrown away."""


@dataclass(frozen=True)
class Claims:
    """The rows of ``model``, which has ``event_id``, ``id``, ``state`` (waiting, running, done,
    failed), ``attempt``, ``beat_at``, ``created_at`` and ``finished_at``.
    """

    model: Any

    def claim(self, engine: Engine, key: Key, **values: Any) -> int | None:
        """Take the row; the attempt number, or None where there is nothing to take."""
        row = self.model
        free = or_(row.state == "waiting", and_(self._is_stale(), row.attempt < MOST_ATTEMPTS))
        values |= {"state": "running", "attempt": row.attempt + 1, "beat_at": now()}
        with Session(engine) as session, session.begin():
            taken = self._update(session, key, free, values)
            return session.scalar(select(row.attempt).where(*self._is(key))) if taken else None

    def write(self, engine: Engine, key: Key, attempt: int, **values: Any) -> None:
        """Change the row, which is a sign of life, if this attempt still holds it; else raise
        :class:`Lost`.
        """
        values = {"beat_at": now(), **values}
        held = and_(self.model.state == "running", self.model.attempt == attempt)
        with Session(engine) as session, session.begin():
            if not self._update(session, key, held, values):
                raise Lost(key[1])

    def left_behind(self, engine: Engine) -> list[Key]:
        """Rows to enqueue again; what cannot be tried once more is given up here."""
        row = self.model
        waiting = and_(row.state == "waiting", row.created_at < now() - UNCLAIMED_AFTER)
        with Session(engine) as session, session.begin():
            session.execute(
                update(row)
                .where(self._is_stale(), row.attempt >= MOST_ATTEMPTS)
                .values(state="failed", finished_at=now())
            )
            found = session.execute(
                select(row.event_id, row.id).where(or_(waiting, self._is_stale()))
            )
            return [(event_id, id_) for event_id, id_ in found]

    @contextmanager
    def beating(self, engine: Engine, key: Key, attempt: int) -> Iterator[threading.Event]:
        """Keep the row alive meanwhile; what is yielded is set once the row is lost."""
        lost, ended = threading.Event(), threading.Event()

        def beat_on() -> None:
            while not ended.wait(BEAT_SECONDS):
                try:
                    self.write(engine, key, attempt)
                except Lost:
                    lost.set()
                    return
                except OperationalError:  # the database is away: try again at the next beat
                    log.warning("job.no_heartbeat", row=key[1])

        thread = threading.Thread(target=beat_on, name=f"beat-{key[1]}", daemon=True)
        thread.start()
        try:
            yield lost
        finally:
            ended.set()
            thread.join()

    def _is_stale(self) -> Any:
        return and_(self.model.state == "running", self.model.beat_at < now() - STALE_AFTER)

    def _is(self, key: Key) -> tuple[Any, Any]:
        return self.model.event_id == key[0], self.model.id == key[1]

    def _update(self, session: Session, key: Key, condition: Any, values: dict[str, Any]) -> bool:
        """Whether exactly this row was changed: compared and changed in one statement."""
        changed = session.execute(
            update(self.model).where(*self._is(key), condition).values(**values)
        )
        return bool(changed.rowcount == 1)  # type: ignore[attr-defined]
