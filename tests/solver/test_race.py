"""Breaks where only times are left to decide: what is found is valid, what is proven is true."""

from __future__ import annotations

from typing import Any

import pytest
from solver_cases import tiny_problem
from solver_timetables import (
    SEEDS,
    annealed,
    fewest_breaks,
    placeable,
    timetable,
    timetable_problem,
)

import solver.race
from solver.breaks import breaks_of
from solver.engine import solve
from solver.lone_days import least_breaks
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.race import Staff, staff
from solver.schedule import Status
from solver.settings import Settings
from solver.timetable import timetable_of
from solver.validation import violations
from solver.workshop import Companion, Workshop


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


def test_a_run_with_steps_repeats_itself() -> None:
    problem = timetable_problem(11, people=10, meetings=14)
    one, other = (solve(problem, Settings(steps=500, workers=2)) for _ in range(2))
    assert one == other


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


def test_every_worker_has_something_to_do_at_any_time() -> None:
    for workers in range(1, 9):
        for passed in (0.0, 0.4, 0.6, 5.0, 29.0):
            shares = staff(workers, passed, seconds=30.0)
            assert shares.climbing + shares.mending + shares.searching == workers
            assert min(shares.climbing, shares.mending, shares.searching) >= 0


def test_one_worker_searches_first_then_climbs_then_mends() -> None:
    shares = [staff(1, passed, seconds=30.0) for passed in (0.1, 2.0, 20.0)]
    assert shares == [Staff(0, 0, 1), Staff(1, 0, 0), Staff(0, 1, 0)]


class Silent:
    """A workshop whose works never come to an end, and what is asked of it."""

    ended = False

    def __init__(self, *_given: Any) -> None:
        self.asked: list[tuple[str, Any]] = []
        ASKED.append(self)

    def begin(self, work: str, **question: Any) -> Silent:
        self.asked.append((work, question.get("blocks")))
        return self

    def take(self) -> None:
        return None

    def close(self) -> None:
        pass


ASKED: list[Silent] = []


def test_two_workers_climb_and_mend_once_annealing_had_its_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ASKED.clear()
    monkeypatch.setattr(solver.race, "Workshop", Silent)
    problem = timetable_problem(14, people=10, meetings=14)  # one break is the least
    schedule = solve(problem, Settings(seconds=2, workers=2))
    assert schedule.goals[0].value == 1
    (workshop,) = ASKED
    assert workshop.asked == [("climb", True), ("mending", None)]


def test_a_cancelled_race_ends_its_companions_and_keeps_a_valid_schedule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[Companion] = []

    class Noted(Workshop):
        def begin(self, work: str, **question: Any) -> Companion:
            begun.append(super().begin(work, **question))
            return begun[-1]

    monkeypatch.setattr(solver.race, "Workshop", Noted)
    problem = max(placeable(), key=lambda each: annealed(each, 1)[0])  # not settled at once
    schedule = solve(problem, Settings(seconds=60), stop=lambda: bool(begun))
    assert begun
    assert all(each.ended for each in begun)
    assert not violations(problem, schedule)
    assert len(schedule.meetings) == len(problem.meetings)


class Idle:
    """A workshop in which nothing is done."""

    def __init__(self, *_: object) -> None:
        """No process is begun."""

    def begin(self, work: str, **_: object) -> Companion:
        raise AssertionError(f"nobody was to {work}")

    def close(self) -> None:
        """There is nothing to end."""


def test_the_bound_of_lone_days_is_told_at_once_and_nobody_climbs_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver.race, "Workshop", Idle)
    problem = next(each for each in map(timetable_problem, range(80)) if _is_lone(each))
    heard: list[object] = []
    schedule = solve(problem, Settings(seconds=30), listen=lambda news: heard.append(news.bound))
    assert schedule.goals[0].bound in heard
    assert schedule.status is Status.OPTIMAL


def _is_lone(problem: Problem) -> bool:
    """Has somebody a break, and for no other reason than their own day?"""
    least = least_breaks(timetable(problem).appointments())
    return least > 0 and least == fewest_breaks(problem)


@pytest.mark.parametrize("settings", [Settings(steps=200), Settings(seconds=1.5)])
def test_bounds_beyond_what_is_climbed_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(solver.race, "least_breaks", lambda *_: 0)
    monkeypatch.setattr(solver.race, "MOST_CLIMBED", 0)
    monkeypatch.setattr(solver.race, "FIRST_SEARCH", 60.0)
    monkeypatch.setattr(solver.race, "Workshop", Idle)
    monkeypatch.setattr(solver.race.Race, "_begin_climb", _nobody_climbs)
    problem = next(each for each in map(timetable_problem, SEEDS) if fewest_breaks(each) == 1)
    schedule = solve(problem, settings)
    assert (schedule.goals[0].value, schedule.goals[0].bound) == (1, 0)


def _nobody_climbs(_: object) -> None:
    raise AssertionError("so high nobody climbs")
