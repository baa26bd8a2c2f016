"""Annealing of times alone: it keeps every rule, and lets in what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from solver_timetables import SEEDS, annealed, placeable, timetable, timetable_problem

from solver.engine import Run, solve
from solver.kernel.chance import INCREMENT, MULTIPLIER, advance
from solver.kernel.compiling import njit
from solver.problem import Meeting, Participant, Problem, Rules, Slot
from solver.schedule import Schedule, Status
from solver.searcher import Searcher
from solver.settings import Settings
from solver.tightening import anneal
from solver.validation import goal_values, violations

FIVE_MINUTES = timedelta(minutes=5)
OTHERS = ("bilal", "chen", "dina", "ed")
ANY = np.array([1 << 30, 0])  # signals: any number of breaks will do


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


def test_meetings_that_are_missing_come_in_wherever_a_schedule_of_all_exists() -> None:
    entered = 0
    for seed in SEEDS:
        problem = timetable_problem(seed, people=5, meetings=6)
        possible = solve(problem, Settings(seconds=30)).status is Status.OPTIMAL
        arrays = timetable(problem)
        slots = np.full(len(problem.meetings), -1)
        value = anneal(arrays, slots, 100_000, seed, ANY)
        assert (value is not None) == possible
        if value is None:
            assert (slots == -1).all()
            continue
        entered += 1
        meetings = tuple(arrays.schedule(slots, {}))
        schedule = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=meetings)
        assert not violations(problem, schedule)
        assert goal_values(problem, meetings)["breaks"] == value
    assert 10 < entered < len(SEEDS)


def test_a_run_places_at_once_what_the_first_pass_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only CaDiCaL would find it else."""
    monkeypatch.setattr("solver.stages.appoint", _nobody_asks)
    monkeypatch.setattr("solver.engine.hopeless", lambda *_: frozenset())
    left_out = 0
    for seed in (30, 54, 65, 73, 89, 91):  # all can be placed
        problem = timetable_problem(seed, people=8, meetings=9)
        run = Run(problem, Settings(seconds=30), None, None)
        left_out += len(run.stages.placed) < len(problem.meetings)
        assert not run.answer().unplaced
    assert left_out > 3


def test_steps_that_do_not_last_for_it_are_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.tightening.anneal", _nobody_asks)
    problem = timetable_problem(30, people=8, meetings=9)
    run = Run(problem, Settings(steps=1), None, None)
    assert len(run.stages.placed) < len(problem.meetings)
    run._fill_in()
    assert len(run.stages.placed) < len(problem.meetings)


def _nobody_asks(*_: object) -> None:
    raise AssertionError("it was found at once")


def long_day(slots: int, starts: Sequence[Sequence[int]]) -> Problem:
    """Amal meets one after another in a day of so many slots of five minutes."""
    times = [datetime(2026, 10, 14, 8) + number * FIVE_MINUTES for number in range(slots + 1)]
    return Problem(
        slots=tuple(
            Slot(id=f"s{number}", start=start, end=end, session="day")
            for number, (start, end) in enumerate(pairwise(times))
        ),
        participants=tuple(Participant(id=name) for name in ("amal", *OTHERS)),
        meetings=tuple(
            Meeting(
                id=f"m{number}",
                sides=(("amal",), (other,)),
                must=True,
                slots=frozenset(f"s{start}" for start in row),
            )
            for number, (other, row) in enumerate(zip(OTHERS, starts, strict=False))
        ),
    )


@pytest.mark.parametrize(
    ("starts", "breaks"),
    [
        ([[61], [62], [63], [64]], 0),
        ([[61], [62], [64], [65]], 1),
        ([[0], [63], [127], [129]], 3),
        ([[62], [63], [130], [131]], 1),
        ([[5], [140]], 1),
    ],
)
def test_breaks_of_a_day_longer_than_a_word(starts: list[list[int]], breaks: int) -> None:
    problem = long_day(144, starts)
    arrays = timetable(problem)
    slots = np.full(len(starts), -1)
    assert anneal(arrays, slots, 10_000, 1, ANY) == breaks


def test_no_meeting_of_the_annealed_schedule_is_before_the_one_it_has_to_follow() -> None:
    problem = long_day(12, [range(12)] * 3)
    first, second, third = problem.meetings
    ordered = replace(problem, meetings=(first, replace(second, after=frozenset({"m2"})), third))
    for seed in range(20):
        slots = np.full(3, -1)
        assert anneal(timetable(ordered), slots, 5_000, seed, np.array([0, 0])) == 0
        assert slots[2] < slots[1]


def test_nobody_has_more_breaks_than_one_may_have() -> None:
    problem = replace(long_day(12, [range(12)] * 3), rules=Rules(breaks_per_participant=0))
    arrays = timetable(problem)
    after_few = [anneal(arrays, np.full(3, -1), 12, seed, ANY) for seed in range(200)]
    assert set(after_few) == {None, 0}  # none that has all meetings and a break


def test_random_numbers_are_the_same_compiled_with_a_constant_as_written_out() -> None:
    """The compiler takes for granted that products of signed numbers do not overflow."""
    state, seen = 1, []
    for _ in range(200):
        state = (state * int(MULTIPLIER) + int(INCREMENT)) % 2**64
        seen.append((state >> 33) % 2**31 * 2 >> 31)
    assert _halves(200).tolist() == seen


@njit
def _halves(count):  # type: ignore[no-untyped-def]
    state, seen = 1, np.zeros(count, np.int64)
    for each in range(count):
        state = advance(state)
        seen[each] = ((state >> 33) & 0x7FFFFFFF) * 2 >> 31
    return seen
