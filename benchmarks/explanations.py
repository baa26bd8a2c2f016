"""Five hundred explanations with blockers and cures, of a forum of a thousand people."""

from __future__ import annotations

import time

from benchmarks.lines import line
from solver.bounds import matching_bound
from solver.construction import construct
from solver.explanation import Explainer, Explanation
from solver.generation import generate
from solver.possibilities import Possibilities
from solver.problem import Problem

PEOPLE = 1_000
EXPLAINED = 500
FAMILIES = ("scarce", "half-absent", "everything")


def main() -> None:
    for family in FAMILIES:
        problem = generate(PEOPLE, seed=1, family=family)
        found, seconds, processor = _explain(problem)
        cured = sum(bool(each.cures) for each in found)
        swapped = sum(any(len(cure.moves) > 1 for cure in each.cures) for each in found)
        name = f"{len(found)} explanations, {family}, {PEOPLE} people"
        line(name, f"{seconds:.1f} s ({processor:.1f} s of processor)", "10 s")
        line("  with a cure, with one that moves or drops others", f"{cured}, {swapped}", "")


def _explain(problem: Problem) -> tuple[list[Explanation], float, float]:
    """What was found, the seconds on the wall and of the processor, set-up included."""
    possibilities = Possibilities(problem)
    schedule = tuple(construct(possibilities, matching_bound(possibilities), lambda: True).values())
    placed = {row.meeting for row in schedule}
    unplaced = [meeting.id for meeting in problem.meetings if meeting.id not in placed]
    started, used = time.perf_counter(), time.process_time()
    explainer = Explainer(problem, schedule)
    found = [explainer.explain(name) for name in unplaced[:EXPLAINED]]
    return found, time.perf_counter() - started, time.process_time() - used


if __name__ == "__main__":
    main()
