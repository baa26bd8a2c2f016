"""A run of the engine that Ctrl-C ends well: the best schedule so far is the answer."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from solver.settings import StopSignal

POLL_SECONDS = 0.1
Answer = TypeVar("Answer")


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


def run(work: Callable[[StopSignal], Answer], asked_to_stop: threading.Event) -> Answer:
    """Work in a thread of its own: Python hands signals to the main thread only, and that one
    would be deep in the search. ``work`` is given what tells it to stop.
    """
    answers: list[Answer] = []
    failures: list[BaseException] = []

    def attempt() -> None:
        try:
            answers.append(work(asked_to_stop.is_set))
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=attempt, name="solve", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
    if failures:
        raise failures[0]
    return answers[0]
