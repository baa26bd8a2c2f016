"""All workers that the settings give are handed to each stage; with steps there is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from solver_cases import small_problem
from solver_timetables import timetable_problem

import solver.annealing
import solver.bounds
import solver.race
from solver.annealing import Annealing
from solver.bounds import matching_bound
from solver.clock import Clock
from solver.construction import construct
from solver.cp_sat import cp_model
from solver.engine import solve
from solver.linear import LinearEffort
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.race import Staff
from solver.search import Effort, search
from solver.settings import Settings
from solver.stages import Stages

SETTINGS = [
    (Settings(seconds=5, workers=5), 5),
    (Settings(seconds=5, workers=1), 1),
    (Settings(seconds=None, steps=100, workers=5), 1),
]


@pytest.mark.parametrize(("settings", "workers"), SETTINGS)
def test_cp_sat_works_with_all_of_them(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, workers: int
) -> None:
    told: list[int] = []
    solve_model = cp_model.CpSolver.solve

    def note(solver: cp_model.CpSolver, *given: object) -> object:
        told.append(solver.parameters.num_workers)
        return solve_model(solver, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(cp_model.CpSolver, "solve", note)
    model = cp_model.CpModel()
    model.new_bool_var("")
    search(model, Clock(settings, None), settings, Effort(1.0), lambda value, bound: None)
    assert told == [workers]


@pytest.mark.parametrize(("settings", "workers"), SETTINGS)
def test_annealing_runs_as_many_chains(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, workers: int
) -> None:
    told: list[int] = []

    def pool(count: int) -> ThreadPoolExecutor:
        told.append(count)
        return ThreadPoolExecutor(count)

    monkeypatch.setattr(solver.annealing, "ThreadPoolExecutor", pool)
    possibilities = Possibilities(small_problem(3))
    placed = construct(possibilities, matching_bound(possibilities), lambda: True)
    stages = Stages(possibilities, Clock(settings, None), settings, None, placed)
    Annealing(stages, GOALS["wishes"][0], 0.01, 10**9).explore()
    assert told == [workers]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_race_divides_all_of_them(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    told: list[int] = []
    staff = solver.race.staff

    def note(given: int, passed: float, seconds: float) -> Staff:
        told.append(given)
        return staff(given, passed, seconds)

    monkeypatch.setattr(solver.race, "staff", note)
    for seed in range(6):
        solve(timetable_problem(seed, people=6, meetings=6), Settings(seconds=5, workers=workers))
    assert set(told) == {workers}


@pytest.mark.parametrize(("settings", "workers"), SETTINGS)
def test_the_linear_programme_has_all_of_them(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, workers: int
) -> None:
    told: list[int] = []

    def note(_possibilities: Possibilities, effort: LinearEffort, _most: int) -> None:
        told.append(effort.threads)

    monkeypatch.setattr(solver.engine, "slotwise_bound", note)
    solve(small_problem(3), settings)
    assert told == [workers]
