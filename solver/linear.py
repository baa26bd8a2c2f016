"""Linear programmes solved by OR-Tools: by GLOP's primal simplex where they are small, by PDLP
(a first-order method: Applegate and others, 2021) where they are large; in whole numbers by SCIP.

The primal simplex starts from "nothing placed" and ends at a vertex, mostly in whole numbers;
PDLP ends near the middle of the best face, and much sooner. Both let other threads of Python
run meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver as math_opt
from ortools.util.python.pybind_solve_interrupter import PySolveInterrupter
from pybind11_abseil.status import StatusNotOk  # comes with OR-Tools

from solver.relaxation import Real, Relaxation

Result: TypeAlias = result_pb2.SolveResultProto
MOST_FOR_SIMPLEX = 30_000  # variables
MOST_MATCHING_FOR_SIMPLEX = 2_000  # rows, whatever the number of variables
SECONDS_PER_VARIABLE = 5e-5  # of one processor, about, for either
ACCURACY = 1e-5
MOST_ITERATIONS = 20_000
MOST_NODES = 300  # of the tree of SCIP: what is nearly whole is whole at its root
POLL = 0.1  # seconds between two looks at the stop signal


@dataclass(frozen=True, slots=True)
class LinearEffort:
    """``seconds`` None: none is counted, so that the answer repeats. ``stop``: asked often."""

    seconds: float | None
    threads: int
    stop: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Least:
    """``number`` of these variables at least are taken."""

    variables: list[int]
    number: int


@dataclass(frozen=True, slots=True)
class LinearSolution:
    """``prices`` of the rows (>= 0) and ``taken``: how much of each variable; zeros where the
    solver came to nothing in time.
    """

    prices: Real
    taken: Real


def solve_linear(relaxation: Relaxation, effort: LinearEffort) -> LinearSolution:
    prices, taken = np.zeros(relaxation.rows.count), np.zeros(relaxation.size)
    if relaxation.size == 0:
        return LinearSolution(prices, taken)
    result = run(linear_model(relaxation), *_parameters(relaxation, effort), effort)
    for solution in result.solutions[:1] if result is not None else ():
        values = solution.primal_solution.variable_values
        taken[np.array(values.ids, dtype=np.int64)] = values.values
        duals = solution.dual_solution.dual_values
        ids = np.array(duals.ids, dtype=np.int64)
        mine = ids < len(prices)  # the others belong to "once at most"
        prices[ids[mine]] = np.array(duals.values)[mine]
    return LinearSolution(np.maximum(prices, 0.0), np.clip(taken, 0.0, 1.0))


def solve_whole(relaxation: Relaxation, least: list[Least], effort: LinearEffort) -> Real | None:
    """How much of each variable the best solution in whole numbers takes, as near to the best as
    SCIP comes in the time; None where it finds none. Floating point: no proof of anything.
    """
    model = linear_model(relaxation)
    model.variables.integers[:] = [True] * relaxation.size
    for row in least:
        _add_least(model, row)
    parameters = parameters_pb2.SolveParametersProto(node_limit=MOST_NODES, threads=1)
    result = run(model, parameters_pb2.SOLVER_TYPE_GSCIP, parameters, effort)
    for solution in result.solutions[:1] if result is not None else ():
        values = solution.primal_solution.variable_values
        taken = np.zeros(relaxation.size)
        taken[np.array(values.ids, dtype=np.int64)] = np.rint(values.values)
        return taken
    return None


def _await(call: Callable[[], Result | None], effort: LinearEffort) -> Result | None:
    """OR-Tools cannot interrupt SCIP: who stops does not wait for its end, which is near."""
    results: list[Result | None] = []
    thread = threading.Thread(target=lambda: results.append(call()), daemon=True)
    thread.start()
    while thread.is_alive() and not effort.stop():
        thread.join(POLL)
    return results[0] if results else None


def _add_least(model: model_pb2.ModelProto, least: Least) -> None:
    """As the last row: a proto's matrix is sorted by rows."""
    rows = model.linear_constraints
    number = len(rows.ids)
    rows.ids.append(number)
    rows.lower_bounds.append(float(least.number))
    rows.upper_bounds.append(np.inf)
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend([number] * len(least.variables))
    matrix.column_ids.extend(sorted(least.variables))
    matrix.coefficients.extend([1.0] * len(least.variables))


def linear_model(relaxation: Relaxation) -> model_pb2.ModelProto:
    """What to solve. Rows as they are, then one for each meeting that has several variables."""
    model = model_pb2.ModelProto()
    size = relaxation.size
    model.variables.ids.extend(range(size))
    model.variables.lower_bounds.extend(np.zeros(size))
    model.variables.upper_bounds.extend(np.ones(size))
    model.variables.integers.extend(np.zeros(size, dtype=bool))
    model.objective.maximize = True
    model.objective.linear_coefficients.ids.extend(range(size))
    weights = relaxation.weight[relaxation.meeting].astype(float)
    model.objective.linear_coefficients.values.extend(weights)
    several = np.bincount(relaxation.meeting, minlength=len(relaxation.meetings)) > 1
    once = np.flatnonzero(several[relaxation.meeting])
    number = np.cumsum(several) - 1 + relaxation.rows.count
    rows = np.concatenate([relaxation.rows.row, number[relaxation.meeting[once]]])
    columns = np.concatenate([relaxation.rows.variable, once])
    factors = np.concatenate([relaxation.rows.factor, np.ones(len(once), dtype=np.int32)])
    limits = np.concatenate([relaxation.rows.limit.astype(float), np.ones(int(several.sum()))])
    model.linear_constraints.ids.extend(range(len(limits)))
    model.linear_constraints.lower_bounds.extend(np.full(len(limits), -np.inf))
    model.linear_constraints.upper_bounds.extend(limits)
    order = np.lexsort((columns, rows))
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend(rows[order])
    matrix.column_ids.extend(columns[order])
    matrix.coefficients.extend(factors[order].astype(float))
    return model


def _parameters(
    relaxation: Relaxation, effort: LinearEffort
) -> tuple[parameters_pb2.SolverTypeProto, parameters_pb2.SolveParametersProto]:
    parameters = parameters_pb2.SolveParametersProto()
    few_rows = relaxation.rows.count <= MOST_MATCHING_FOR_SIMPLEX
    if relaxation.size <= MOST_FOR_SIMPLEX or few_rows:
        parameters.lp_algorithm = parameters_pb2.LP_ALGORITHM_PRIMAL_SIMPLEX
        return parameters_pb2.SOLVER_TYPE_GLOP, parameters
    parameters.threads = effort.threads
    parameters.iteration_limit = MOST_ITERATIONS
    criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_relative = ACCURACY
    criteria.eps_optimal_absolute = ACCURACY
    return parameters_pb2.SOLVER_TYPE_PDLP, parameters


def run(
    model: model_pb2.ModelProto,
    solver: parameters_pb2.SolverTypeProto,
    parameters: parameters_pb2.SolveParametersProto,
    effort: LinearEffort,
) -> Result | None:
    """None where the solver comes to nothing in the effort's time."""
    if effort.seconds is not None:
        parameters.time_limit.FromMicroseconds(int(max(0.0, effort.seconds) * 1e6))
    if solver == parameters_pb2.SOLVER_TYPE_GSCIP:
        return _await(partial(_call, model, solver, parameters), effort)
    return _interruptible(model, solver, parameters, effort.stop)


def _interruptible(
    model: model_pb2.ModelProto,
    solver: parameters_pb2.SolverTypeProto,
    parameters: parameters_pb2.SolveParametersProto,
    stop: Callable[[], bool],
) -> Result | None:
    interrupter = PySolveInterrupter()
    done = threading.Event()

    def watch() -> None:
        while not done.wait(POLL):
            if stop():
                interrupter.interrupt()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return _call(model, solver, parameters, interrupter)
    finally:
        done.set()
        watcher.join()


def _call(
    model: model_pb2.ModelProto,
    solver: parameters_pb2.SolverTypeProto,
    parameters: parameters_pb2.SolveParametersProto,
    interrupter: PySolveInterrupter | None = None,
) -> Result | None:
    try:
        return math_opt.solve(
            model,
            solver,
            parameters_pb2.SolverInitializerProto(),
            parameters,
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            interrupter,
        )
    except StatusNotOk:  # the solver gave up: its prices are not needed for a true bound
        return None
