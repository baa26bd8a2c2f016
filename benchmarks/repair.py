"""A forum of 1,000 people repaired after each kind of incident: seconds, changes, bound, proven.

The whole command is run for each (reading and check included), and its processor time stands
beside its time on the wall. Beside it the plain way: one CP-SAT model of everything, few changes
as its goal, told the published schedule, and given as long to search (its building is not counted).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from benchmarks.lines import line
from solver.clock import Clock
from solver.engine import solve
from solver.files import write_problem
from solver.generation import generate
from solver.hints import hint
from solver.incidents import (
    interpreter_ill,
    late_arrival,
    left_early,
    no_show,
    place_closed,
    publish,
    walk_in,
)
from solver.lost_slots import slot_lost
from solver.model import build
from solver.objective import GOALS, set_objective
from solver.possibilities import Possibilities
from solver.problem import Meeting, Participant, Problem
from solver.published import as_placed
from solver.roster import Roster
from solver.search import Effort, search
from solver.settings import Settings

PARTICIPANTS = 1_000
FAMILIES = ("two-sided", "everything")
SECONDS_FIRST = 20.0  # for the schedule that is then published
SECONDS = 2.0  # for each repair
BEGUN = 4  # slots that are over when it happens


def main(families: list[str]) -> None:
    for family in families or FAMILIES:
        problem = generate(PARTICIPANTS, seed=1, family=family)
        told = publish(
            problem,
            solve(problem, Settings(seconds=SECONDS_FIRST)),
            now=problem.slots[BEGUN].start,
        )
        for number, (name, happened) in enumerate(incidents(told)):
            _tell(f"{family}, {name}", *_repair(happened))
            if number == 1:
                _tell_plain(f"{family}, {name}, plain model", happened)


def incidents(told: Problem) -> Iterator[tuple[str, Problem]]:
    """Each kind once, and no-shows that touch 1 to 40 meetings."""
    now = told.rules.now
    begun = {slot.id for slot in told.slots if now is not None and slot.start < now}
    rows = [row for row in told.published if row.slot not in begun]
    load = Counter(person for row in rows for person in row.participants)
    people = [name for name, _ in load.most_common()]
    yield "one no-show with few meetings", no_show(told, people[-1])
    yield "one no-show with most meetings", no_show(told, people[0])
    yield "five no-shows", reduce(no_show, people[len(people) // 2 :][:5], told)
    yield "late by six slots", late_arrival(told, people[10], until=told.slots[BEGUN + 6].id)
    yield "left six slots early", left_early(told, people[10], since=told.slots[-6].id)
    table = Counter(row.place for row in rows if row.place is not None).most_common(1)[0][0]
    yield "a table closed", place_closed(told, table)
    wishes = [
        Meeting(id=f"walk-in {other}", sides=(("walk-in",), (other,)), weight=10)
        for other in people[100:110]
    ]
    yield "a walk-in with ten wishes", walk_in(told, Participant(id="walk-in"), wishes)
    served = Counter(row.interpreter for row in rows if row.interpreter is not None)
    for name, _ in served.most_common(1):
        yield "an interpreter ill", interpreter_ill(told, name)
    yield "a slot lost", slot_lost(told, told.slots[BEGUN + 8].id)


def _repair(problem: Problem) -> tuple[dict[str, object], float, float]:
    """The answer of the whole command, its seconds on the wall and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        source, answer = Path(folder) / "problem.json", Path(folder) / "schedule.json"
        write_problem(problem, source)
        started, before = time.perf_counter(), _processor()
        subprocess.run(
            [sys.executable, "-m", "solver", "solve", source, "--seconds", str(SECONDS),
             "--workers", "2", "--out", answer],
            check=True, capture_output=True,
        )  # fmt: skip
        seconds, work = time.perf_counter() - started, _processor() - before
        schedule: dict[str, object] = json.loads(answer.read_text(encoding="utf-8"))
        return schedule, seconds, work


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tell(name: str, schedule: dict[str, object], seconds: float, work: float) -> None:
    goals = {row["goal"]: row for row in schedule["goals"]}  # type: ignore[attr-defined]
    changes = goals["stability"]
    said = "proven" if changes["proven"] else f"bound {changes['bound']}"
    proven = [goal for goal, row in goals.items() if row["proven"]]
    line(f"{name}: changes", f"{changes['best']} ({said})", "proven up to 20")
    line(f"{name}: whole command", f"{seconds:.1f} s ({work:.1f} s of processor)", "2 s")
    line(f"{name}: goals proven", ", ".join(proven), "")


def _tell_plain(name: str, problem: Problem) -> None:
    possibilities = Possibilities(problem)
    started = time.perf_counter()
    kept = possibilities.published.kept
    free = [each for each in possibilities.meetings if each.id not in kept]
    v = build(possibilities, Roster(possibilities), free)
    set_objective(v, GOALS["stability"][0])
    hint(v, (as_placed(row) for row in problem.published))
    built = time.perf_counter() - started
    settings = Settings(seconds=SECONDS)
    clock = Clock(settings, None)
    found = search(v.model, clock, settings, Effort(SECONDS), lambda value, bound: None)
    said = f"{found.value} changes, bound {found.bound}" if found.value is not None else "nothing"
    line(name, f"{said}, {built:.1f} s to build, then {clock.seconds:.1f} s", "")


if __name__ == "__main__":
    main(sys.argv[1:])
