"""The engine's value and bound are those found by trying every schedule."""

from __future__ import annotations

import pytest
from solver_enumeration import best_values, very_small_problem

from solver.engine import solve
from solver.schedule import Status
from solver.settings import Settings


@pytest.mark.parametrize("seed", range(40))
def test_best_value_and_bound_are_those_of_full_enumeration(seed: int) -> None:
    problem = very_small_problem(seed)
    schedule = solve(problem, Settings(seconds=60, workers=1))
    expected = best_values(problem)
    if expected is None:
        assert schedule.status is Status.INFEASIBLE
        return
    assert schedule.status is Status.OPTIMAL
    assert [goal.best for goal in schedule.goals] == expected
    assert [goal.bound for goal in schedule.goals] == expected
