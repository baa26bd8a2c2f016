"""Take a rule out of the engine, and the independent check objects: each guard is needed.

Take a goal out, and what it counts gets worse.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from ortools.sat.python import cp_model
from solver_cases import small_problem

from solver.constraints import RULES, STRUCTURAL
from solver.engine import solve
from solver.model import build, read
from solver.objective import GOALS, set_objective
from solver.possibilities import Possibilities
from solver.problem import Goal, Problem
from solver.roster import Roster
from solver.schedule import GoalValue, Schedule, Status
from solver.search import Found, Outcome
from solver.settings import Settings
from solver.validation import RULES as CHECKED
from solver.validation import goal_values, violations

MOST_PROBLEMS = 400
REPEATABLE = Settings(seconds=None, steps=50, workers=1)
BY_CONSTRUCTION = {"once"}  # the model has one place in the answer for each meeting


def test_every_rule_of_the_check_is_one_of_the_model() -> None:
    assert {*RULES, *STRUCTURAL} | BY_CONSTRUCTION == set(CHECKED)
    assert len({*RULES, *STRUCTURAL}) == len(RULES) + len(STRUCTURAL)


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


@pytest.mark.parametrize("goal", GOALS)
def test_without_the_goal_its_value_is_worse(goal: str) -> None:
    earlier = "minimum" if goal == "wishes" else "wishes"
    assert any(is_needed(goal, earlier, seed) for seed in range(MOST_PROBLEMS)), goal


def is_needed(goal: str, earlier: str, seed: int) -> bool:
    """Does a problem with this goal after the earlier one end better than without it?"""
    problem = small_problem(seed, published=goal == "stability")
    problem = replace(problem, goals=(Goal(goal=earlier),))
    both = replace(problem, goals=(Goal(goal=earlier), Goal(goal=goal)))
    without, having = (
        goal_values(each, solve(each, REPEATABLE).meetings) for each in (problem, both)
    )
    if without[earlier] != having[earlier]:
        return False
    return without[goal] != having[goal] and is_better(goal, having[goal], without[goal])


def is_better(goal: str, one: GoalValue, other: GoalValue) -> bool:
    new, old = (each if isinstance(each, tuple) else (each,) for each in (one, other))
    return new > old if goal == "wishes" else new < old
