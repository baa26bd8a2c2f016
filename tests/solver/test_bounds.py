"""The matching bound is true, and tight where only people and tables are scarce."""

from __future__ import annotations

import pytest
from solver_cases import tiny_problem
from solver_enumeration import all_schedules, very_small_problem

from solver.bounds import Row, _dual_bound, matching_bound
from solver.possibilities import Possibilities
from solver.validation import goal_values


@pytest.mark.parametrize("seed", range(219, 231))
def test_no_schedule_beats_the_matching_bound(seed: int) -> None:
    problem = very_small_problem(seed)
    bound = matching_bound(Possibilities(problem)).bound
    for placed in all_schedules(problem):
        wishes = goal_values(problem, placed)["wishes"]
        assert isinstance(wishes, int)
        assert wishes <= bound


def test_one_table_in_two_slots_takes_the_two_heaviest() -> None:
    slots = ["am2", "am3", "pm1", "pm2"]
    problem = tiny_problem(places=[{"id": "T1", "closed": slots}])
    assert matching_bound(Possibilities(problem)).bound == 14


def test_any_prices_give_a_true_bound() -> None:
    """Weak duality: prices that a solver got wrong make the bound weaker, never false."""
    meetings = list(tiny_problem().meetings)
    row = Row(1, {"ab": 1, "ac": 1})
    best = 10 + 1  # one of ab (10) and ac (4), and bc (1)
    for price in (-3.0, 0.0, 0.1, 3.999999, 4.0, 7.5, 10.0, 1e6):
        assert _dual_bound(meetings, [row], [price]) >= best
    assert _dual_bound(meetings, [row], [4.0]) == best
