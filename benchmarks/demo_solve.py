"""The demonstration forum solved by the whole command, in ten seconds: value against bound."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ground import forum
from benchmarks.lines import line
from matchmaker.database import db
from matchmaker.schedules.bridge import write_problem

SECONDS = 10


def main() -> None:
    with forum(120) as (_app, event), tempfile.TemporaryDirectory() as folder:
        problem, answer = Path(folder) / "problem.json", Path(folder) / "schedule.json"
        for wanted in ("most_wishes", "nobody_without"):
            problem.write_text(write_problem(db.session, event, wanted)[0], encoding="utf-8")
            seconds = _solve(problem, answer)
            _check(problem, answer)
            _tell(wanted, json.loads(answer.read_text(encoding="utf-8")), seconds)


def _solve(problem: Path, answer: Path) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "solver", "solve", problem, "--seconds", str(SECONDS),
         "--seed", "1", "--workers", "2", "--out", answer],
        check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - started


def _check(problem: Path, answer: Path) -> None:
    command = [sys.executable, "-m", "solver", "check", problem, answer]
    subprocess.run(command, check=True, capture_output=True)


def _tell(wanted: str, schedule: dict[str, object], seconds: float) -> None:
    goals = {row["goal"]: row for row in schedule["goals"]}  # type: ignore[attr-defined]
    wishes = goals["wishes"]
    share = 100 * wishes["best"] / wishes["bound"]
    line(f"demonstration forum, {wanted}: wishes of the bound", f"{share:.3f} %", "99.9 %")
    line(f"demonstration forum, {wanted}: whole command", f"{seconds:.1f} s", f"{SECONDS} s")
    for name in ("worst_off", "breaks", "moves"):
        goal = goals[name]
        line(f"  {name}: value, bound", f"{goal['value']}, {goal['bound']}", "")


if __name__ == "__main__":
    main()
