"""How much there has to be at least: a linear programme in which sizes are variables.

Its limits grow with the sizes (a longer session holds more of everybody's meetings). The prices of
the optimum say what a unit of each size is worth at most, and so how many are needed for a
target, whatever the solver's floating point made of them (weak duality, in whole numbers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

import numpy as np
from ortools.math_opt import model_pb2, parameters_pb2, result_pb2, solution_pb2

from solver.linear import LinearEffort, linear_model, run
from solver.relaxation import SCALE, Real, Relaxation, Whole


@dataclass(frozen=True)
class Growing:
    """``growth[k][r]``: how much the limit of row r grows with a unit of size k, of which there
    are ``least[k]`` to ``most[k]``; the limits of ``relaxation`` are those without any units.
    """

    relaxation: Relaxation
    growth: Whole
    least: tuple[int, ...]
    most: tuple[int, ...]

    def reachable(self) -> Growing:
        """Without the rows that no schedule could break whatever the sizes."""
        kept = self.relaxation.rows.reachable()
        rows = self.relaxation.rows.chosen(kept)
        return replace(
            self, relaxation=replace(self.relaxation, rows=rows), growth=self.growth[:, kept]
        )

    def halves(self, kind: int, size: float) -> Iterator[Growing]:
        """Less of this kind than ``size``, which is no whole number, or more; these last."""
        below, above = list(self.most), list(self.least)
        below[kind], above[kind] = floor(size), ceil(size)
        yield replace(self, most=tuple(below))
        yield replace(self, least=tuple(above))

    def needs(self, prices: Real, target: int) -> Needs:
        """What prices of the rows say of a weight of ``target`` at least."""
        relaxation = self.relaxation
        scaled = relaxation.scaled(prices)
        rest = (target - relaxation.fixed) * SCALE - relaxation.worth(scaled)
        priced = [(row, int(scaled[row])) for row in np.flatnonzero(scaled).tolist()]
        worth = (sum(int(row[at]) * price for at, price in priced) for row in self.growth)
        return Needs(tuple(worth), rest)


@dataclass(frozen=True, slots=True)
class Needs:
    """All sizes n that do have ``sum of worth[k] x n[k] >= rest``."""

    worth: tuple[int, ...]
    rest: int

    def fewest(self, least: Sequence[int], most: Sequence[int]) -> int | None:
        """The least sum of sizes from ``least`` to ``most``; None where no sizes do."""
        total = sum(least)
        rest = self.rest - sum(w * n for w, n in zip(self.worth, least, strict=True))
        room = (high - low for low, high in zip(least, most, strict=True))
        for worth, limit in sorted(zip(self.worth, room, strict=True), reverse=True):
            if rest > 0 and worth > 0:
                units = min(limit, -(-rest // worth))
                total, rest = total + units, rest - units * worth
        return total if rest <= 0 else None


@dataclass(frozen=True, slots=True)
class Sized:
    """The least sizes for a target, in fractions, and the rows' prices for a unit of weight."""

    sizes: Real
    prices: Real


def least_sizes(growing: Growing, target: int, effort: LinearEffort) -> Sized | None:
    """Sizes of the least sum whose linear programme reaches the target, or the most of it that any
    sizes do; None where the time was too short.
    """
    parameters = parameters_pb2.SolveParametersProto(threads=1)
    result = run(_model(growing, target), parameters_pb2.SOLVER_TYPE_GLOP, parameters, effort)
    if result is None or result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    solution = result.solutions[0]
    return Sized(_sizes(growing, solution), _prices(growing, solution))


def _sizes(growing: Growing, solution: solution_pb2.SolutionProto) -> Real:
    found, size = solution.primal_solution.variable_values, growing.relaxation.size
    values = np.zeros(size + len(growing.most) + 1)
    values[np.array(found.ids, dtype=np.int64)] = found.values
    return np.clip(values[size:-1], growing.least, growing.most)


def _prices(growing: Growing, solution: solution_pb2.SolutionProto) -> Real:
    """The last row is that of the target."""
    duals = solution.dual_solution.dual_values
    prices = dict(zip(duals.ids, duals.values, strict=True))
    unit = prices.get(max(prices, default=0), 0.0)
    rows = range(growing.relaxation.rows.count)
    each = np.array([-prices.get(row, 0.0) for row in rows])
    return each / unit if unit > 0.0 else np.zeros(len(rows))


def _model(growing: Growing, target: int) -> model_pb2.ModelProto:
    """The relaxation's rows less what sizes add to them; last the row of the target.

    A unit of weight that the target lacks is dearer than all sizes: so there is always a solution,
    and prices that tell where no sizes do.
    """
    relaxation, model = growing.relaxation, linear_model(growing.relaxation)
    size, kinds = relaxation.size, len(growing.most)
    more = range(size, size + kinds + 1)
    model.variables.ids.extend(more)
    model.variables.lower_bounds.extend([*map(float, growing.least), 0.0])
    model.variables.upper_bounds.extend([*map(float, growing.most), np.inf])
    model.variables.integers.extend([False] * len(more))
    model.objective.Clear()
    model.objective.linear_coefficients.ids.extend(more)
    model.objective.linear_coefficients.values.extend([*[1.0] * kinds, sum(growing.most) + 1.0])
    _add_growth(model, growing)
    rows, matrix = model.linear_constraints, model.linear_constraint_matrix
    number = len(rows.ids)
    rows.ids.append(number)
    rows.lower_bounds.append(float(target - relaxation.fixed))
    rows.upper_bounds.append(np.inf)
    matrix.row_ids.extend([number] * (size + 1))
    matrix.column_ids.extend([*range(size), size + kinds])
    matrix.coefficients.extend([*relaxation.weight[relaxation.meeting].astype(float), 1.0])
    return model


def _add_growth(model: model_pb2.ModelProto, growing: Growing) -> None:
    """A proto's matrix is sorted by rows, then columns."""
    matrix = model.linear_constraint_matrix
    kinds, rows = np.nonzero(growing.growth)
    row = np.concatenate([np.array(matrix.row_ids, dtype=np.int64), rows])
    column = np.concatenate(
        [np.array(matrix.column_ids, dtype=np.int64), growing.relaxation.size + kinds]
    )
    factor = np.concatenate([np.array(matrix.coefficients), -growing.growth[kinds, rows]])
    order = np.lexsort((column, row))
    matrix.Clear()
    matrix.row_ids.extend(row[order])
    matrix.column_ids.extend(column[order])
    matrix.coefficients.extend(factor[order])
