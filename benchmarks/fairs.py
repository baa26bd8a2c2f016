"""Fairs of every size by the whole command: wishes, bound, seconds and memory.

``python -m benchmarks.fairs [NAME ...]``: those whose name begins so, else all. Beside the small
ones stands the plain CP-SAT model with the same time and as many workers, in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lines import line
from benchmarks.plain_model import solve_plainly
from solver.families import FAMILIES, Family
from solver.files import write_problem
from solver.generation import generate
from solver.problem import Problem

WORKERS = 2
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """A generated problem, the seconds of the command, and the gap to reach in per cent."""

    name: str
    participants: int
    family: Family
    seconds: int
    to_reach: str
    plain: bool = False  # is the plain model given the same time?


def half_absent(absent: float, **more: float) -> Family:
    return Family(two_sided=False, absent=absent, wishes=8.0, **more)  # type: ignore[arg-type]


LARGE = Family(two_sided=False, absent=0.4, wishes=12.0, tables=0.25, days=4)
IMEX = Family(wishes=10.0, tables=1500 / 7000, days=4)
MILLION = Family(wishes=10.0, tables=0.2, days=4)
FAIRS = (
    Fair(name="two-sided-300", participants=300, family=FAMILIES["two-sided"], seconds=10,
         to_reach="0 %", plain=True),
    Fair(name="scarce-1000", participants=1000, family=FAMILIES["scarce"], seconds=20,
         to_reach="0 %", plain=True),
    Fair(name="stands-1000", participants=1000, family=FAMILIES["stands"], seconds=20,
         to_reach="0.01 %"),
    Fair(name="absent-300", participants=300, family=half_absent(0.5), seconds=60,
         to_reach="0.02 %", plain=True),
    Fair(name="absent-65-300", participants=300, family=half_absent(0.65), seconds=60,
         to_reach="0.02 %", plain=True),
    Fair(name="absent-1000", participants=1000, family=half_absent(0.5, tables=0.2), seconds=60,
         to_reach="0.1 %", plain=True),
    Fair(name="absent-7000", participants=7000, family=LARGE, seconds=60, to_reach="0.15 %"),
    Fair(name="imex-7000", participants=7000, family=IMEX, seconds=10, to_reach="0.01 %"),
    Fair(name="million-100000", participants=100_000, family=MILLION, seconds=120,
         to_reach="8 GiB"),
)  # fmt: skip


def main(prefixes: tuple[str, ...]) -> None:
    for fair in FAIRS:
        if fair.name.startswith(prefixes):
            _measure(fair)


def _measure(fair: Fair) -> None:
    problem = generate(fair.participants, seed=SEED, family=fair.family)
    with tempfile.TemporaryDirectory() as folder:
        path, answer = Path(folder) / "problem.json", Path(folder) / "schedule.json"
        write_problem(problem, path)
        size = f"{len(problem.meetings):,} wished meetings, {len(problem.slots)} slots"
        line(f"{fair.name}: {size}", _solve(path, answer, fair.seconds), fair.to_reach)
    if fair.plain:
        line(f"  plain CP-SAT model, {fair.seconds} s", _plain(problem, fair.seconds), "")


def _solve(path: Path, answer: Path, seconds: int) -> str:
    """The whole command, and what it took."""
    started = time.perf_counter()
    command = subprocess.Popen(
        [sys.executable, "-m", "solver", "solve", path, "--seconds", str(seconds),
         "--seed", str(SEED), "--workers", str(WORKERS), "--out", answer],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(command.pid, 0)
    taken = time.perf_counter() - started
    if status != 0:
        return f"exit status {os.waitstatus_to_exitcode(status)}"
    schedule = json.loads(answer.read_text(encoding="utf-8"))
    wishes = next(row for row in schedule["goals"] if row["goal"] == "wishes")
    worked = usage.ru_utime + usage.ru_stime
    spent = f"{taken:.1f} s, {worked:.1f} s of processor, {usage.ru_maxrss / 2**20:.2f} GiB"
    return f"{_gap(wishes['value'], wishes['bound'])}, {spent}"


def _plain(problem: Problem, seconds: int) -> str:
    answer = solve_plainly(problem, seconds, WORKERS)
    if answer.value is None:
        return f"nothing, bound {answer.bound:,}"
    return _gap(answer.value, answer.bound)


def _gap(value: int, bound: int) -> str:
    gap = 100 * (bound - value) / max(1, bound)
    return f"{value:,} of {bound:,} (gap {gap:.3f} %)"


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or ("",))
