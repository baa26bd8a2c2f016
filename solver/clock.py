"""How much time is left: seconds on the wall, or repeatable steps in their place."""

from __future__ import annotations

import time

from solver.settings import Settings, StopSignal

STEP = 0.01  # deterministic seconds of CP-SAT
RESERVE = 0.45  # of the time at most is kept for finishing: places, reasons, the check


class Interrupted(Exception):
    """The time was over, or the user stopped, before a model was built."""


def never() -> bool:
    return False


class Clock:
    """Counts down one run."""

    def __init__(self, settings: Settings, stop: StopSignal | None) -> None:
        self.started = time.monotonic() if settings.started is None else settings.started
        self.stop = stop
        self.stopped = False
        self.steps = settings.steps
        self.spent = 0.0  # deterministic seconds
        seconds = settings.seconds if settings.seconds is not None else 60.0
        self.deadline = self.started + seconds

    def keep_back(self, seconds: float) -> None:
        """Keep time for finishing, judged by what the first pass took on this machine."""
        left = max(0.0, self.deadline - self.started)
        self.deadline -= min(RESERVE * left, 0.1 + seconds)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def remaining(self) -> float:
        """Seconds, or deterministic seconds, until the search has to end."""
        if self.cancelled():
            return 0.0
        if self.steps is not None:
            return max(0.0, self.steps * STEP - self.spent)
        return max(0.0, self.deadline - time.monotonic())

    def extend(self, seconds: float) -> None:
        """There is no answer yet that may be given: overrun rather than give none."""
        self.deadline = max(self.deadline, time.monotonic() + seconds)
        self.spent = min(self.spent, (self.steps or 0) * STEP - seconds)

    def over(self) -> bool:
        return self.remaining() <= 0.0

    def late(self) -> bool:
        """As ``over``, for what is not counted in steps: only the wall and the user stop it."""
        if self.steps is not None:
            return self.cancelled()
        return self.over()

    def cancelled(self) -> bool:
        self.stopped = self.stopped or (self.stop is not None and self.stop())
        return self.stopped
