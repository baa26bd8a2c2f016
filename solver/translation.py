"""The model's rows as clauses, for a solver that learns from conflicts (CaDiCaL).

Whatever ``solver.model.build`` states is translated row by row, so that there is no second model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from solver.clauses import Clauses, Terms, TooManySums
from solver.cp_sat import cp_model

LOOK = 500  # rows between two looks at whether to stop


class Untranslatable(Exception):
    """The model has a row or variable that clauses do not say (or only far too many of them)."""


class Truths:
    """An assignment of translated clauses, asked for the model's literals."""

    def __init__(self, true: frozenset[int]) -> None:
        self.true = true

    def boolean_value(self, expression: cp_model.LiteralT, /) -> bool:
        index = getattr(expression, "index", None)
        if index is None:  # a constant
            return bool(expression)
        literal = literal_of(index)
        return literal in self.true if literal > 0 else -literal not in self.true


def translate(model: cp_model.CpModel, stop: Callable[[], bool] | None = None) -> Clauses:
    """The rows of a model whose variables are all Boolean: variable i is literal i + 1.

    The objective is left out. Raises :class:`Untranslatable`, also once ``stop`` says so.
    """
    proto = model.proto
    clauses = Clauses(len(proto.variables))
    for index, variable in enumerate(proto.variables):
        domain = list(variable.domain)
        if domain[0] < 0 or domain[-1] > 1:
            raise Untranslatable("a variable is not Boolean")
        if domain[0] == domain[-1]:
            clauses.add(index + 1 if domain[0] else -index - 1)
    for number, row in enumerate(proto.constraints):
        if stop is not None and number % LOOK == 0 and stop():
            raise Untranslatable("nobody waits for it any more")
        try:
            _translate(clauses, row)
        except TooManySums as error:
            raise Untranslatable("a row has too many sums") from error
    return clauses


def literal_of(reference: int) -> int:
    """CP-SAT's reference i, or -i - 1 for its negation, as a literal."""
    return reference + 1 if reference >= 0 else reference


def _translate(clauses: Clauses, row: Any) -> None:
    unless = [-literal_of(each) for each in row.enforcement_literal]
    if row.has_bool_or():
        clauses.rows.append(unless + [literal_of(each) for each in row.bool_or.literals])
    elif row.has_bool_and():
        clauses.rows += [[*unless, literal_of(each)] for each in row.bool_and.literals]
    elif row.has_linear():
        _translate_linear(clauses, row.linear, unless)
    elif row.has_at_most_one() and not unless:
        clauses.at_most_one([literal_of(each) for each in row.at_most_one.literals])
    elif row.has_exactly_one() and not unless:
        literals = [literal_of(each) for each in row.exactly_one.literals]
        clauses.rows.append(literals)
        clauses.at_most_one(literals)
    elif row.has_lin_max() and not unless:
        _translate_maximum(clauses, row.lin_max)
    else:
        raise Untranslatable("a row is of a kind that has no clauses")


def _translate_linear(clauses: Clauses, linear: Any, unless: list[int]) -> None:
    if len(linear.domain) != 2:
        raise Untranslatable("a row has a domain with holes")
    least, most = linear.domain
    terms = list(zip(linear.coeffs, map(literal_of, linear.vars), strict=True))
    total = sum(abs(factor) for factor, _ in terms)
    if most < total:
        clauses.at_most(*_positive(terms, most), unless)
    if least > -total:
        clauses.at_most(*_positive([(-factor, each) for factor, each in terms], -least), unless)


def _positive(terms: Iterable[tuple[int, int]], most: int) -> tuple[Terms, int]:
    """The same row with factors above 0: ``-c x = c (not x) - c``."""
    turned: Terms = []
    for factor, literal in terms:
        if factor < 0:
            most -= factor
        if factor:
            turned.append((abs(factor), literal if factor > 0 else -literal))
    return turned, most


def _translate_maximum(clauses: Clauses, row: Any) -> None:
    """``target = max``: both are literals here."""
    target = _single(row.target)
    literals = [_single(each) for each in row.exprs]
    clauses.rows.append([*literals, -target])
    clauses.rows += [[-literal, target] for literal in literals]


def _single(expression: Any) -> int:
    """The literal that an affine expression is: x or 1 - x."""
    if len(expression.vars) != 1 or (expression.coeffs[0], expression.offset) not in {
        (1, 0),
        (-1, 1),
    }:
        raise Untranslatable("a maximum is not of literals")
    literal = literal_of(expression.vars[0])
    return literal if expression.coeffs[0] == 1 else -literal
