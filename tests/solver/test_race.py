"""Breaks where only times are left to decide: what is found is valid, what is proven is true."""

from __future__ import annotations

import numpy as np
import pytest
from solver_cases import tiny_problem
from solver_timetables import fewest_breaks, timetable_problem

from solver.breaks import breaks_of
from solver.climb import Climb
from solver.engine import solve
from solver.possibilities import Possibilities
from solver.presence import Presence
from solver.problem import Problem
from solver.schedule import Schedule, Status
from solver.searcher import Searcher
from solver.settings import Settings
from solver.tightening import anneal
from solver.timetable import Timetable, timetable_of
from solver.validation import goal_values, violations

SEEDS = range(40)


def timetable(problem: Problem) -> Timetable:
    found = timetable_of(Possibilities(problem))
    assert found is not None
    return found


def presence_bound(problem: Problem) -> int | None:
    """What the people's presence alone proves; None where it proves that nothing is possible."""
    presence = Presence(timetable(problem))
    with Climb(presence.clauses, presence.breaks, most=len(presence.breaks)) as climb:
        while not climb.done:
            climb.work(1000)
        return None if climb.impossible else climb.bound


def test_presence_alone_never_claims_more_than_all_schedules_show() -> None:
    bounds = []
    for seed in SEEDS:
        problem = timetable_problem(seed)
        best = fewest_breaks(problem)
        bound = presence_bound(problem)
        bounds.append(bound)
        if best is not None:
            assert bound is not None
            assert bound <= best
    assert any(bounds)  # and it does prove something


@pytest.mark.parametrize("settings", [Settings(steps=3000), Settings(seconds=30)])
def test_breaks_of_small_timetables_are_the_best_of_all_schedules(settings: Settings) -> None:
    for seed in SEEDS:
        problem = timetable_problem(seed)
        best = fewest_breaks(problem)
        schedule = solve(problem, settings)
        if best is None:
            assert schedule.status is Status.INFEASIBLE
        else:
            (goal,) = schedule.goals
            assert (schedule.status, goal.value, goal.bound) == (Status.OPTIMAL, best, best)


def placeable() -> list[Problem]:
    """Those of which the first pass places every meeting."""
    problems = [timetable_problem(seed, people=8, meetings=9) for seed in SEEDS]
    return [each for each in problems if not solve(each, Settings(seconds=0)).unplaced]


def annealed(problem: Problem, seed: int) -> tuple[int, Schedule]:
    first = solve(problem, Settings(seconds=0))
    placed = {each.meeting: each for each in first.meetings}
    arrays = timetable(problem)
    slots = arrays.slots_of(placed)
    value = anneal(arrays, slots, 20_000, seed, np.array([0, 0]))
    meetings = tuple(arrays.schedule(slots, placed))
    return value, Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=meetings)


def test_annealing_keeps_every_rule_and_counts_breaks_as_the_check_does() -> None:
    problems = placeable()
    assert len(problems) > 5
    for seed, problem in enumerate(problems):
        value, schedule = annealed(problem, seed)
        assert not violations(problem, schedule)
        assert goal_values(problem, schedule.meetings)["breaks"] == value


def test_annealing_with_the_same_seed_gives_the_same_times() -> None:
    problem = placeable()[0]
    assert annealed(problem, 7) == annealed(problem, 7)


def test_a_run_with_steps_repeats_itself() -> None:
    problem = timetable_problem(11, people=10, meetings=14)
    one, other = (solve(problem, Settings(steps=500, workers=2)) for _ in range(2))
    assert one == other


def test_a_searcher_stops_at_its_target() -> None:
    problem = placeable()[0]
    placed = {each.meeting: each for each in solve(problem, Settings(seconds=0)).meetings}
    arrays = timetable(problem)
    searcher = Searcher(arrays, arrays.slots_of(placed), 100, seed=1)
    searcher.work()
    found = searcher.take()
    assert found is not None
    assert (found == arrays.slots_of(placed)).all()  # good enough from the start
    assert searcher.take() is None


@pytest.mark.parametrize(
    "change",
    [
        {"limits": [{"participants": ["amal"], "slots": ["am1"], "max_meetings": 1}]},
        {"exclusive": [["ab", "ac"]]},
        {"participants": [{"id": "amal", "seats": 2}, {"id": "bilal"}, {"id": "chen"}]},
        {"participants": [{"id": "amal", "max_in_a_row": 1}, {"id": "bilal"}, {"id": "chen"}]},
        {"meetings": [{"id": "ab", "sides": [["amal"], ["bilal"]]}]},
        {"meetings": [{"id": "ab", "sides": [["amal"], ["bilal", "chen"]], "must": True}]},
    ],
)
def test_where_more_than_times_is_to_be_decided_there_is_no_timetable(change: object) -> None:
    musts = {
        "meetings": [
            {"id": "ab", "sides": [["amal"], ["bilal"]], "must": True},
            {"id": "ac", "sides": [["amal"], ["chen"]], "must": True},
        ]
    }
    assert timetable_of(Possibilities(tiny_problem(**musts))) is not None
    assert timetable_of(Possibilities(tiny_problem(**musts | change))) is None  # type: ignore[operator]


def test_breaks_count_within_their_scope_and_not_across_it() -> None:
    for seed in SEEDS:
        problem = timetable_problem(seed)
        possibilities = Possibilities(problem)
        arrays = timetable(problem)
        for index, person in enumerate(possibilities.participants):
            busy = [slot for slot in range(len(problem.slots)) if (seed + slot) % 2]
            counted = 0
            last = None
            for slot in arrays.calendar[index].tolist():
                if slot < 0:
                    last = None
                elif slot in busy:
                    counted += last is False
                    last = True
                elif last is not None:
                    last = False
            assert counted == breaks_of(possibilities, person, busy)
