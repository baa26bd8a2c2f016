"""The queue: Huey on SQLite in the instance folder, or on Redis.

Huey loses a job whose worker is killed, by design. Hence: whoever enqueues has committed a row
first, the job claims that row, and a ``sweep`` of each kind enqueues again what was left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.api import Task

from matchmaker.config import Config

Perform = Callable[[str, str], None]  # event id ("" for none), row id
Sweep = Callable[[], list[tuple[str, str]]]  # the rows to enqueue again

TASK = "matchmaker-job"
SWEEP = "matchmaker-sweep"


@dataclass
class Queue:
    """``kinds`` names what a job does; the worker performs them, the web only enqueues."""

    huey: Huey
    kinds: dict[str, Perform] = field(default_factory=dict)
    sweeps: dict[str, Sweep] = field(default_factory=dict)
    stopping: Event = field(default_factory=Event)  # set when this worker was told to end

    def register(self, kind: str, perform: Perform, sweep: Sweep | None = None) -> None:
        self.kinds[kind] = perform
        if sweep:
            self.sweeps[kind] = sweep

    def enqueue(self, kind: str, event_id: str, row_id: str) -> None:
        self._job(kind, event_id, row_id)

    def sweep(self) -> int:
        """Enqueue what was left behind; return how many."""
        count = 0
        for kind, sweep in self.sweeps.items():
            for event_id, row_id in sweep():
                self.enqueue(kind, event_id, row_id)
                count += 1
        return count

    def __post_init__(self) -> None:
        @self.huey.task(name=TASK)  # type: ignore[untyped-decorator]
        def job(kind: str, event_id: str, row_id: str) -> None:
            self.kinds[kind](event_id, row_id)

        @self.huey.periodic_task(crontab(), name=SWEEP)  # type: ignore[untyped-decorator]
        def sweep() -> None:
            self.sweep()

        self._job: Callable[[str, str, str], Task] = job


def make_queue(config: Config) -> Queue:
    url = config.jobs_url
    if url.startswith("redis://"):
        return Queue(RedisHuey("matchmaker", url=url, results=False))
    if config.testing:
        return Queue(
            SqliteHuey(
                "matchmaker",
                filename=str(config.instance / "jobs.sqlite"),
                results=False,
                immediate=False,
            )
        )
    return Queue(
        SqliteHuey("matchmaker", filename=str(config.instance / "jobs.sqlite"), results=False)
    )
