"""Take a rule out of the engine, and the independent check objects: each guard is needed."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model
from solver_cases import small_problem

from solver.constraints import RULES, STRUCTURAL
from solver.model import build, read
from solver.objective import GOALS, set_objective
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import Schedule, Status
from solver.search import Found, Outcome
from solver.validation import violations

MOST_PROBLEMS = 400


@pytest.mark.parametrize("rule", [*RULES, *STRUCTURAL])
def test_without_the_rule_the_check_objects(rule: str) -> None:
    objections = (
        rule in broken_rules(small_problem(seed, published=True), rule)
        for seed in range(MOST_PROBLEMS)
    )
    assert any(objections), f"{MOST_PROBLEMS} problems never needed {rule}"


def broken_rules(problem: Problem, without: str) -> set[str]:
    """What the check says to the most wishes that the model finds without this rule."""
    possibilities = Possibilities(problem, frozenset({without}))
    kept = possibilities.published.kept
    free = [meeting for meeting in possibilities.meetings if meeting.id not in kept]
    v = build(possibilities, Roster(possibilities), free)
    set_objective(v, GOALS["wishes"][0])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 1.0
    status = solver.solve(v.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return set()
    meetings = tuple(read(v, Found(Outcome.FOUND, solver), {}))
    schedule = Schedule(problem_sha256="", status=Status.OPTIMAL, meetings=meetings)
    return {violation.rule for violation in violations(problem, schedule)}
