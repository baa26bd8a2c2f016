"""The model's rows as clauses, for a solver that learns from conflicts (CaDiCaL).

Whatever ``solver.model.build`` states is translated row by row, so that there is no second model.
Rows of Booleans with equal factors become cardinality networks (Asin and others, *Cardinality
Networks: a theoretical and empirical study*, Constraints 16, 2011); other rows a decision diagram
(Eén and Sörensson, *Translating Pseudo-Boolean Constraints into SAT*, JSAT 2, 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

from solver.cp_sat import cp_model

LARGEST_CLIQUE = 24  # literals of an at-most-one written pair by pair; beyond, in groups
LOOK = 500  # rows between two looks at whether to stop
MOST_NODES = 20_000  # of the decision diagram of one row
Terms = list[tuple[int, int]]  # factor above 0, literal


class Untranslatable(Exception):
    """The model has a row or variable that clauses do not say (or only far too many of them)."""


class Clauses:
    """Clauses over the literals 1 ... ``top``; a negative number is a negation."""

    def __init__(self, top: int = 0) -> None:
        self.top = top
        self.rows: list[list[int]] = []

    def new(self) -> int:
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        self.rows.append(list(literals))

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Pairs; a long list is cut in groups, of which each but the last hands on its sum."""
        rest = list(literals)
        while len(rest) > LARGEST_CLIQUE:
            group, rest = rest[: LARGEST_CLIQUE // 2], rest[LARGEST_CLIQUE // 2 :]
            either = self.new()
            for literal in group:
                self.add(-literal, either)
            self.pairs(group)
            rest.append(either)
        self.pairs(rest)

    def pairs(self, literals: Sequence[int]) -> None:
        self.rows += [[-one, -other] for one, other in combinations(literals, 2)]

    def at_most(self, terms: Terms, most: int, unless: list[int]) -> None:
        """``sum of factor x literal <= most``, or one literal of ``unless`` is true."""
        terms = [(min(factor, most + 1), literal) for factor, literal in terms]
        if most < 0:
            self.rows.append(unless)
        elif sum(factor for factor, _ in terms) <= most:
            return
        elif any(factor != terms[0][0] for factor, _ in terms):
            self._weigh(terms, most, unless)
        else:
            literals = [literal for _, literal in terms]
            self.at_most_count(literals, most // terms[0][0], unless)

    def at_most_count(self, literals: list[int], most: int, unless: list[int]) -> None:
        if most == 0:
            self.rows += [[-literal, *unless] for literal in literals]
        elif most == 1 and not unless:
            self.at_most_one(literals)
        elif 2 * most > len(literals) and len(literals) - most <= 1:
            self.rows.append([-literal for literal in literals] + unless)
        else:
            self.rows.append([-self.sort(literals, most + 1)[most], *unless])

    def sort(self, literals: Sequence[int], first: int) -> list[int]:
        """The first outputs of a merge sort: output i is true where more than i literals are.

        Both ways: an output that is true needs so many literals. Batcher's odd-even merge,
        without what only later outputs need.
        """
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        upper, lower = self.sort(literals[:half], first), self.sort(literals[half:], first)
        return self._merge(upper, lower)[:first]

    def _merge(self, one: list[int], other: list[int]) -> list[int]:
        if not one or not other:
            return one or other
        if len(one) == len(other) == 1:
            return self._compare(one[0], other[0])
        even = self._merge(one[0::2], other[0::2])
        odd = self._merge(one[1::2], other[1::2])
        merged = [even[0]]
        for index in range(max(len(even) - 1, len(odd))):
            here = [lines[at] for lines, at in ((odd, index), (even, index + 1)) if at < len(lines)]
            merged += self._compare(*here) if len(here) == 2 else here
        return merged

    def _compare(self, one: int, other: int) -> list[int]:
        either, both = self.new(), self.new()
        self.rows += [[-one, either], [-other, either], [one, other, -either]]
        self.rows += [[-both, one], [-both, other], [-one, -other, both]]
        return [either, both]

    def _weigh(self, terms: Terms, most: int, unless: list[int]) -> None:
        """A decision diagram: a node's literal is false where its rest cannot be kept."""
        terms = sorted(terms, reverse=True)
        tails = [0]
        for factor, _ in reversed(terms):
            tails.append(tails[-1] + factor)
        tails.reverse()
        nodes: dict[tuple[int, int], int] = {}
        open_nodes = [(0, most)]
        while open_nodes:
            index, left = open_nodes.pop()
            factor, literal = terms[index]
            node = self._node(nodes, (index, left))
            for spent, condition in ((factor, [-literal]), (0, [])):
                rest = left - spent
                if rest < 0:
                    self.rows.append([*condition, -node])
                elif tails[index + 1] > rest:
                    if (index + 1, rest) not in nodes:
                        open_nodes.append((index + 1, rest))
                    self.rows.append([*condition, -node, self._node(nodes, (index + 1, rest))])
            if len(nodes) > MOST_NODES:
                raise Untranslatable("a row has too many sums")
        self.rows.append([nodes[0, most], *unless])

    def _node(self, nodes: dict[tuple[int, int], int], key: tuple[int, int]) -> int:
        if key not in nodes:
            nodes[key] = self.new()
        return nodes[key]


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
        _translate(clauses, row)
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
