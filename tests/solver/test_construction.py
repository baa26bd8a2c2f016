"""The first schedule is valid, near the bound, and the same again."""

from __future__ import annotations

import pytest
from solver_cases import small_problem

from solver.bounds import Matching, matching_bound, slotwise_bound
from solver.construction import construct
from solver.generation import generate
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.validation import violations


def first_schedule(problem: Problem) -> tuple[int, tuple[PlacedMeeting, ...]]:
    """The best bound, and the schedule that follows its programme."""
    possibilities = Possibilities(problem)
    matching = matching_bound(possibilities)
    slotwise = slotwise_bound(possibilities)
    if slotwise is not None:
        bound = min(matching.bound, slotwise.bound)
        matching = Matching(bound, slotwise.chosen(), slotwise)
    return matching.bound, tuple(construct(possibilities, matching, lambda: False).values())


def weight(problem: Problem, placed: tuple[PlacedMeeting, ...]) -> int:
    return sum(problem.meeting_by_id[each.meeting].weight for each in placed)


@pytest.mark.parametrize("family", ["two-sided", "scarce", "anyone"])
def test_without_absences_the_bound_is_reached(family: str) -> None:
    problem = generate(120, seed=4, family=family)
    bound, placed = first_schedule(problem)
    assert weight(problem, placed) == bound


@pytest.mark.parametrize("family", ["half-absent", "often-absent"])
def test_with_many_absences_the_slotwise_bound_is_nearly_reached(family: str) -> None:
    problem = generate(120, seed=4, family=family)
    bound, placed = first_schedule(problem)
    assert 0.995 * bound <= weight(problem, placed) <= bound


@pytest.mark.parametrize("seed", range(30))
def test_it_breaks_no_rule_whatever_the_problem_asks(seed: int) -> None:
    problem = small_problem(seed, published=False)
    _, placed = first_schedule(problem)
    schedule = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=placed)
    assert violations(problem, schedule) == []


def test_it_repeats() -> None:
    problem = generate(60, seed=5, family="everything")
    assert first_schedule(problem) == first_schedule(problem)
