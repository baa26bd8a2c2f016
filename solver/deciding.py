"""Can the demands be met at all? Asked of CaDiCaL first: it refutes in a second what CP-SAT
needs a minute for. What it leaves open, CP-SAT has the rest of the time for.
"""

from __future__ import annotations

from collections.abc import Iterable

from pysat.solvers import Cadical195

from solver.clock import Clock
from solver.cp_sat import cp_model
from solver.search import Found, Outcome
from solver.translation import Truths, Untranslatable, literal_of, translate
from solver.variables import Literal

MOST_VARIABLES = 60_000  # of a model that clauses are written for
SHARE = 0.5  # of the time that is left, at most
SLICE, LONGEST_SLICE = 500, 4_000  # conflicts between two looks at the clock; they grow
CONFLICTS_PER_SECOND = 3e3  # of steps' time


class Ground:
    """One model as clauses, asked again and again under other assumptions."""

    def __init__(self, model: cp_model.CpModel) -> None:
        """Raises :class:`Untranslatable`."""
        if len(model.proto.variables) > MOST_VARIABLES:
            raise Untranslatable("the model is too large")
        self.solver = Cadical195(bootstrap_with=translate(model).rows)

    def ask(self, assumed: Iterable[Literal], clock: Clock) -> bool | None:
        """Is there an assignment in which all of these are true? None: not known in time."""
        literals = [literal_of(each.index) for each in assumed]
        until = SHARE * clock.remaining()
        conflicts_at_once = SLICE
        while clock.remaining() > until:
            before = self.solver.accum_stats()["conflicts"]
            self.solver.conf_budget(conflicts_at_once)
            conflicts_at_once = min(2 * conflicts_at_once, LONGEST_SLICE)
            answer: bool | None = self.solver.solve_limited(assumptions=literals)
            if clock.steps is not None:
                conflicts = self.solver.accum_stats()["conflicts"] - before
                clock.spent += max(1, conflicts) / CONFLICTS_PER_SECOND
            if answer is not None:
                return answer
        return None

    def truths(self) -> Truths:
        """The assignment found last."""
        return Truths(frozenset(each for each in self.solver.get_model() if each > 0))

    def core(self) -> frozenset[int]:
        """Indexes of the assumed literals that were refuted together last."""
        return frozenset(each - 1 for each in self.solver.get_core() or ())


def decide(model: cp_model.CpModel, clock: Clock) -> Found | None:
    """An assignment of the model's literals, or that there is none; None: not known."""
    try:
        ground = Ground(model)
    except Untranslatable:
        return None
    answer = ground.ask((), clock)
    if answer is None:
        return None
    truths = ground.truths() if answer else Truths(frozenset())
    return Found(Outcome.FOUND if answer else Outcome.IMPOSSIBLE, truths)
