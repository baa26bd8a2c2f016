"""Meetings apportioned to sessions: no schedule beats the bound, and walking costs slots."""

from __future__ import annotations

from itertools import product

import pytest
from ortools.sat.python import cp_model
from solver_cases import tiny_problem
from solver_enumeration import all_schedules, very_small_problem

from solver.apportionment import Apportionment
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.relaxed_travel import most_in_two_zones
from solver.validation import goal_values


def bound_of(problem: Problem) -> int | None:
    """None where not even the sums over sessions can be met."""
    whole = Apportionment(Possibilities(problem), balanced=False)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(whole.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


@pytest.mark.parametrize("seed", range(200, 224))
def test_no_schedule_beats_the_bound_of_sessions(seed: int) -> None:
    problem = very_small_problem(seed)
    wishes = [goal_values(problem, placed)["wishes"] for placed in all_schedules(problem)]
    bound = bound_of(problem)
    if wishes:
        assert bound is not None
        assert max(wishes) <= bound


def best_in_two_zones(positions: list[int], walk: int) -> int:
    """The same by trying everything: each slot idle or in one of two zones."""
    best = 0
    for zones in product((None, "one", "two"), repeat=len(positions)):
        used = [(slot, zone) for slot, zone in zip(positions, zones, strict=True) if zone]
        far_enough = all(
            here == there or abs(slot - other) > walk
            for slot, here in used
            for other, there in used
        )
        if far_enough and {zone for _, zone in used} == {"one", "two"}:
            best = max(best, len(used))
    return best


@pytest.mark.parametrize("walk", [1, 2, 3])
@pytest.mark.parametrize(
    "positions", [[], [0], [0, 1], [0, 2], [0, 1, 2, 3, 4, 5, 6], [0, 1, 4, 5], [0, 3, 4, 6]]
)
def test_the_most_meetings_in_two_zones(positions: list[int], walk: int) -> None:
    assert most_in_two_zones(tuple(positions), walk) == best_in_two_zones(positions, walk)


def two_halls(walk: int) -> Problem:
    """Amal meets Bilal at his stand in one hall and Chen at his in the other, in two slots."""
    return tiny_problem(
        slots=[
            {"id": "s1", "start": "2026-10-14T09:00", "end": "2026-10-14T09:20", "session": "am"},
            {"id": "s2", "start": "2026-10-14T09:20", "end": "2026-10-14T09:40", "session": "am"},
        ],
        places=[
            {"id": "B", "kind": "stand", "zone": "hall 1"},
            {"id": "C", "kind": "stand", "zone": "hall 2"},
        ],
        participants=[{"id": "a"}, {"id": "b", "place": "B"}, {"id": "c", "place": "C"}],
        meetings=[
            {"id": "ab", "sides": [["a"], ["b"]], "weight": 10},
            {"id": "ac", "sides": [["a"], ["c"]], "weight": 4},
        ],
        travel=[{"from": "hall 1", "to": "hall 2", "slots": walk}] if walk else [],
    )


def test_who_has_no_time_to_walk_stays_in_one_hall() -> None:
    assert bound_of(two_halls(walk=0)) == 14
    assert bound_of(two_halls(walk=1)) == 10
