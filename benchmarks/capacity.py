"""What an event needs: 300 participants with 1,500 wishes or more, whole command, 30 seconds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.lines import line

PARTICIPANTS = 300
SECONDS = 30
FAMILIES = ("two-sided", "scarce", "everything")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        problem, answer = Path(folder) / "problem.json", Path(folder) / "capacity.json"
        for family in FAMILIES:
            _command("generate", "--participants", PARTICIPANTS, "--family", family,
                     "--out", problem)  # fmt: skip
            started = time.perf_counter()
            _command("capacity", problem, "--seconds", SECONDS, "--out", answer)
            seconds = time.perf_counter() - started
            _tell(family, json.loads(answer.read_text(encoding="utf-8")), seconds)


def _command(*words: object) -> None:
    command = [sys.executable, "-m", "solver", *map(str, words)]
    subprocess.run(command, check=True, capture_output=True)


def _tell(family: str, found: dict[str, Any], seconds: float) -> None:
    what = f"capacity, {family}, {PARTICIPANTS} participants, {found['meetings']} wishes"
    line(what, f"{seconds:.1f} s", f"{SECONDS} s")
    for name in ("tables", "slots"):
        fewest = found[name]
        number = f"{fewest['at_least']} to {fewest['at_most']}, now {fewest['now']}"
        line(f"  fewest {name}", number, "exact")
    points = [point for curve in found["curves"] for point in curve["points"]]
    proven = sum(point["proven"] for point in points)
    line("  points of curves proven", f"{proven} of {len(points)}", "")


if __name__ == "__main__":
    main()
