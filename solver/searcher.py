"""Annealing again and again, in longer and longer runs, with news for others."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np

from solver.tightening import STOP, TARGET, anneal
from solver.timetable import Integers, Timetable

FIRST_RUN = 125_000  # moves; that is enough for easy problems
SECOND_RUN = 1_000_000  # two of them, mostly before others begin
LONGEST_RUN = 8_000_000


def lengths() -> Iterator[int]:
    """Of run after run, in moves."""
    yield FIRST_RUN
    yield SECOND_RUN
    run = SECOND_RUN
    while True:
        yield run
        run = min(2 * run, LONGEST_RUN)


class Searcher:
    """Runs of annealing from a first schedule; every run begins with what the first was."""

    def __init__(self, timetable: Timetable, slots: Integers, target: int, seed: int) -> None:
        self.timetable = timetable
        self.slots = slots
        self.seed = seed
        self.runs = lengths()
        self.signals = np.array([target, 0], dtype=np.int64)
        self.best: int | None = None
        self.news: Integers | None = None
        self.thread: threading.Thread | None = None

    def work(self) -> int:
        """One run; returns its length in moves."""
        slots = self.slots.copy()
        self.seed += 1
        moves = next(self.runs)
        value = anneal(self.timetable, slots, moves, self.seed, self.signals)
        if value is not None and (self.best is None or value < self.best):
            self.best, self.news = value, slots
        return moves

    def start(self, changed: threading.Event) -> None:
        """Work in a thread of its own, unless it does; ``changed`` is set after each run."""
        if self.thread is None:
            self.signals[STOP] = 0
            self.thread = threading.Thread(target=self._keep_on, args=(changed,))
            self.thread.start()

    def _keep_on(self, changed: threading.Event) -> None:
        """Run after run until stopped or at the target."""
        while not self.signals[STOP] and (self.best is None or self.best > self.signals[TARGET]):
            self.work()
            changed.set()

    def take(self) -> Integers | None:
        """The best slots, if they are new."""
        news, self.news = self.news, None
        return news

    def aim(self, target: int) -> None:
        """So few breaks are known to be the best possible."""
        self.signals[TARGET] = target

    def stop(self) -> None:
        self.signals[STOP] = 1
        if self.thread is not None:
            self.thread.join()
            self.thread = None
