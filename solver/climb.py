"""A bound that climbs: ask CaDiCaL again and again whether so few are enough.

``at most k``, under an assumption, for k = 0, 1, 2 ...: each no is a proof that k + 1 are needed,
and what was learnt on the way is kept; the first yes is an optimum (bottom-up MaxSAT with one
incremental solver). The work is cut in slices of conflicts, so that limits and cancelling hold
and the same work gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from pysat.solvers import Cadical195

from solver.clauses import Clauses, literal_of
from solver.cp_sat import cp_model


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


class Climb:
    """``bound``: fewer than this many of the counted literals cannot be true, proven.

    ``truths``: an assignment that has no more, once it is found;
    ``impossible``: the clauses contradict each other.
    """

    def __init__(
        self, clauses: Clauses, counted: Sequence[int], *, most: int, bound: int = 0
    ) -> None:
        """``most``: the value that is known to be possible; no question asks for more."""
        self.sums = clauses.sort(counted, most + 1)
        self.bound = bound
        self.truths: Truths | None = None
        self.impossible = False
        self.conflicts = 0
        self.solver = Cadical195(bootstrap_with=clauses.rows)

    def __enter__(self) -> Climb:
        return self

    def __exit__(self, *error: object) -> None:
        self.solver.delete()

    @property
    def done(self) -> bool:
        return self.impossible or self.truths is not None

    def work(self, conflicts: int) -> None:
        """Go on for about so many conflicts, or to the end of one question."""
        assumptions = [-each for each in self.sums[self.bound : self.bound + 1]]
        self.solver.conf_budget(conflicts)
        before = self.solver.accum_stats()["conflicts"]
        answer = self.solver.solve_limited(assumptions=assumptions)
        self.conflicts += self.solver.accum_stats()["conflicts"] - before
        if answer:
            self.truths = Truths(frozenset(each for each in self.solver.get_model() if each > 0))
        elif answer is False and self.solver.get_core():
            self.bound += 1
        elif answer is False:
            self.impossible = True
