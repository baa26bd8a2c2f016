"""One call of CP-SAT: watched, told about, stopped in time, and read in plain words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from solver.clock import Clock
from solver.cp_sat import cp_model
from solver.settings import Settings

POLL = 0.1  # seconds between two looks at the stop signal
News = Callable[[int | None, int | None], None]  # value, bound


class Outcome(Enum):
    PROVEN = "proven"
    FOUND = "found"
    NOTHING = "nothing"  # no answer in time: says nothing about the problem
    IMPOSSIBLE = "impossible"  # proven


@dataclass(frozen=True, slots=True)
class Effort:
    """How CP-SAT is to work: its seconds (deterministic ones with steps) and subsolvers."""

    seconds: float
    subsolvers: Sequence[str] = ()
    linearization: int | None = None
    workers: int | None = None  # None: as many as the settings say
    gap: float = 0.0  # stop so near to the bound, as a part of it
    presolve: bool = True  # costs more than it gains where a linear programme decides
    probing: bool = True  # in presolve; the same
    good_enough: int | None = None  # stop at this value: it is known to be the best
    enough: Callable[[], bool] = lambda: False  # stop: others have found what was looked for


class Assignment(Protocol):
    """What says of every literal whether it is true."""

    def boolean_value(self, expression: cp_model.LiteralT, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Found:
    outcome: Outcome
    solver: Assignment
    value: int | None = None
    bound: int | None = None


class _Callback(cp_model.CpSolverSolutionCallback):
    def __init__(self, news: News, good_enough: int | None) -> None:
        super().__init__()
        self.news = news
        self.good_enough = good_enough

    def on_solution_callback(self) -> None:
        value = round(self.objective_value)
        self.news(value, None)
        if value == self.good_enough:
            self.stop_search()


def search(
    model: cp_model.CpModel, clock: Clock, settings: Settings, effort: Effort, news: News
) -> Found:
    """Solve the model; raise where the model itself is wrong."""
    solver = cp_model.CpSolver()
    _set_parameters(solver, clock, settings, effort)
    solver.best_bound_callback = lambda bound: news(None, round(bound))
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(solver, clock, effort, done), daemon=True)
    watcher.start()
    try:
        if model.has_objective():
            status = solver.solve(model, _Callback(news, effort.good_enough))
        else:
            status = solver.solve(model)
    finally:
        done.set()
        watcher.join()
    clock.spent += solver.deterministic_time
    return _read(model, solver, status)


def _set_parameters(
    solver: cp_model.CpSolver, clock: Clock, settings: Settings, effort: Effort
) -> None:
    parameters = solver.parameters
    seconds = max(0.0, effort.seconds)  # the clock may have passed the end just now
    parameters.catch_sigint_signal = False
    parameters.random_seed = settings.seed
    if clock.steps is None:
        parameters.num_workers = effort.workers or max(1, settings.workers)
        parameters.max_time_in_seconds = seconds
        if effort.subsolvers and settings.workers > 1:
            parameters.subsolvers.extend(effort.subsolvers[: settings.workers])
    else:
        parameters.num_workers = 1
        parameters.max_deterministic_time = seconds
    parameters.relative_gap_limit = effort.gap
    parameters.cp_model_presolve = effort.presolve
    if not effort.probing:
        parameters.cp_model_probing_level = 0
    if effort.linearization is not None:
        parameters.linearization_level = effort.linearization


def _watch(solver: cp_model.CpSolver, clock: Clock, effort: Effort, done: threading.Event) -> None:
    while not done.wait(POLL):
        if clock.late() or effort.enough():
            solver.stop_search()


def _read(
    model: cp_model.CpModel, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus
) -> Found:
    if status == cp_model.MODEL_INVALID:
        raise ValueError(f"the model is not valid: {model.validate()}")
    if status == cp_model.INFEASIBLE:
        return Found(Outcome.IMPOSSIBLE, solver)
    if status == cp_model.UNKNOWN:  # the bound may be 0 then for no reason
        return Found(Outcome.NOTHING, solver)
    has_objective = model.has_objective()
    bound = round(solver.best_objective_bound) if has_objective else None
    value = round(solver.objective_value) if has_objective else None
    proven = status == cp_model.OPTIMAL
    return Found(Outcome.PROVEN if proven else Outcome.FOUND, solver, value, bound)
