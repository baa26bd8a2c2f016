"""A run of the engine that Ctrl-C ends well: the best schedule so far is the answer."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from solver.engine import solve
from solver.problem import Problem
from solver.schedule import Schedule
from solver.settings import Listener, Settings

POLL_SECONDS = 0.1


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a request to end sets; a second one ends the command at once."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    earlier = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def run(
    problem: Problem, settings: Settings, listen: Listener, asked_to_stop: threading.Event
) -> Schedule:
    """Solve in a thread of its own: Python hands signals to the main thread only, and that one
    would be deep in the search.
    """
    answers: list[Schedule] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(solve(problem, settings, listen, asked_to_stop.is_set))
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=work, name="solve", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
    if failures:
        raise failures[0]
    return answers[0]
