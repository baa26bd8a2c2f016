"""How a run is limited and repeated, and what it tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from solver.schedule import GoalValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``seconds`` bounds the whole call; with ``steps`` in its place the answer repeats byte
    for byte. ``workers`` is the number of CP-SAT workers. ``started`` is the ``time.monotonic``
    at which the clock began, so that reading a file counts too (None: now).
    """

    seconds: float | None = 60.0
    steps: int | None = None
    seed: int = 1
    workers: int = 2
    started: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A line of news: seconds since the start, the goal in turn, its value and bound."""

    seconds: float
    goal: str
    value: GoalValue | None
    bound: GoalValue | None


Listener = Callable[[Progress], None]
StopSignal = Callable[[], bool]
