"""The literature's instances: value, bound and seconds beside the known optimum.

``python -m benchmarks.literature FOLDER [SECONDS] [PREFIX ...]``: FOLDER holds ``.dzn`` files,
the file FOLDER.csv beside it the columns ``instance`` and ``optimum_breaks``.
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from solver.dzn import read_dzn
from solver.engine import solve
from solver.settings import Settings


def main(folder: Path, seconds: float, prefixes: tuple[str, ...]) -> int:
    with folder.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        known = {row["instance"]: row["optimum_breaks"] for row in csv.DictReader(file)}
    print("| instance | known | value | bound | status | seconds |")
    print("|---|---|---|---|---|---|")
    missed = 0
    for name, optimum in known.items():
        if name.startswith(prefixes):
            missed += _solve(folder / f"{name}.dzn", optimum, seconds)
    print(f"\n{missed} not solved to the known optimum")
    return missed


def _solve(path: Path, optimum: str, seconds: float) -> bool:
    """Solve and print one instance; True where it is not solved to the known optimum."""
    started = time.monotonic()
    schedule = solve(read_dzn(path), Settings(seconds=seconds, workers=2, started=started))
    taken = time.monotonic() - started
    goal = schedule.goals[0] if schedule.goals else None
    value, bound = (goal.value, goal.bound) if goal else ("", "")
    reached = str(value) if schedule.status == "optimal" else schedule.status.value
    print(
        f"| {path.stem} | {optimum} | {value} | {bound} | {schedule.status.value} | {taken:.1f} |",
        flush=True,
    )
    return reached != optimum


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    sys.exit(1 if main(Path(sys.argv[1]), limit, tuple(sys.argv[3:]) or ("",)) else 0)
