"""The worker: performs what every feature enqueues, and ends without losing work."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from huey.consumer import Consumer

from matchmaker import FEATURES
from matchmaker.jobs.queue import Queue

THREADS = 3  # one may solve while others send mails and print
LONGEST_POLL = 0.5  # seconds


def make_worker(app: Flask) -> Queue:
    """The application's queue, knowing what every kind of job does."""
    queue: Queue = app.extensions["queue"]
    for feature in ("mails", *FEATURES):  # mails have a worker and no pages
        name = f"matchmaker.{feature}.worker"
        if find_spec(name) is not None:
            import_module(name).register(queue, app)
    return queue


def work(app: Flask, threads: int = THREADS) -> None:
    """Perform jobs until SIGTERM or SIGINT; what was left behind comes first."""
    queue = make_worker(app)
    queue.sweep()
    QuietConsumer(queue, threads).run()


def work_once(app: Flask) -> int:
    """Perform what is enqueued or was left behind, and return; how many jobs there were."""
    queue = make_worker(app)
    queue.sweep()
    count = 0
    while (task := queue.huey.dequeue()) is not None:
        queue.huey.execute(task)
        count += 1
    return count


class QuietConsumer(Consumer):  # type: ignore[misc]  # huey has no types
    """Tells the jobs that the end has come and waits for them: a solve then keeps its best."""

    def __init__(self, queue: Queue, threads: int) -> None:
        super().__init__(
            queue.huey, workers=threads, max_delay=LONGEST_POLL, graceful_signal="TERM"
        )
        self.queue = queue

    def stop(self, graceful: bool = False) -> None:
        self.queue.stopping.set()
        super().stop(graceful=True)
