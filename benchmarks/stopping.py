"""Stopping: how long after Ctrl-C the engine answers, and how far it goes beyond its limit.

``python -m benchmarks.stopping [PEOPLE]``: forums of three families are stopped at several moments
of a run, and solved with several limits. The longest wait is told; every answer is checked by
``solve`` itself.
"""

from __future__ import annotations

import sys
import time

from benchmarks.lines import line
from solver.engine import solve
from solver.generation import generate
from solver.problem import Problem
from solver.settings import Settings

FAMILIES = ("all-rules", "everything", "half-absent")
MOMENTS = (0.1, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0)
LIMITS = (2.0, 5.0, 10.0, 20.0)


def main(people: int) -> None:
    for family in FAMILIES:
        problem = generate(people, seed=1, family=family)
        solve(problem, Settings(seconds=1.0))  # what is compiled is loaded once
        waits = [_wait(problem, moment) for moment in MOMENTS]
        what = f"{family}, {people:,} people: from being stopped to the answer, longest of"
        line(f"{what} {len(MOMENTS)}", f"{max(waits):.1f} s", "1 s")
        for limit in LIMITS:
            begun = time.monotonic()
            solve(problem, Settings(seconds=limit, started=begun))
            took = time.monotonic() - begun
            line(f"{family}, {people:,} people: limit of {limit:g} s", f"{took:.1f} s", "")


def _wait(problem: Problem, moment: float) -> float:
    begun = time.monotonic()

    def stop() -> bool:
        return time.monotonic() - begun > moment

    solve(problem, Settings(started=begun), stop=stop)
    return max(0.0, time.monotonic() - begun - moment)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
