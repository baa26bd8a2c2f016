"""Counting with clauses: Batcher's odd-even merge sort of literals.

CP-SAT's own counter is a linear row. As a network of comparators the same count is visible to
clause learning, which proves what the row does not (engine notes).
"""

from __future__ import annotations

from solver.variables import Literal, Variables


def sort_literals(v: Variables, literals: list[Literal]) -> list[Literal]:
    """As many outputs as literals: output i is true where more than i literals are.

    One way only: an output may be true without cause, so forbid outputs, never ask for them.
    """
    outputs: list[Literal | None] = list(literals)
    size = 1
    while size < len(outputs):
        size *= 2
    outputs += [None] * (size - len(outputs))  # constants that are false
    _sort(v, outputs, 0, size)
    return [each for each in outputs if each is not None]


def _sort(v: Variables, lines: list[Literal | None], first: int, size: int) -> None:
    if size > 1:
        half = size // 2
        _sort(v, lines, first, half)
        _sort(v, lines, first + half, half)
        _merge(v, lines, first, size, 1)


def _merge(v: Variables, lines: list[Literal | None], first: int, size: int, step: int) -> None:
    double = step * 2
    if double >= size:
        _compare(v, lines, first, first + step)
        return
    _merge(v, lines, first, size, double)
    _merge(v, lines, first + step, size, double)
    for line in range(first + step, first + size - step, double):
        _compare(v, lines, line, line + step)


def _compare(v: Variables, lines: list[Literal | None], upper: int, lower: int) -> None:
    """The larger of the two truths goes up, the smaller down."""
    one, other = lines[upper], lines[lower]
    if one is None or other is None:
        lines[upper], lines[lower] = one if other is None else other, None
        return
    either, both = v.new(), v.new()
    v.model.add_implication(one, either)
    v.model.add_implication(other, either)
    v.model.add_bool_or([~one, ~other, both])
    lines[upper], lines[lower] = either, both
