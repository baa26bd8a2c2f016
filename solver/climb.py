"""A bound on breaks that climbs: ask CaDiCaL again and again whether so few are enough.

``at most k``, under an assumption, for k = 0, 1, 2 ...: each no is a proof that k + 1 are needed,
and what was learnt on the way is kept; the first yes is an optimum (bottom-up MaxSAT with one
incremental solver). CaDiCaL plans its phases over one long question: cut in slices of a few hundred
conflicts it takes ten times as long. So it is asked in a process of its own (``workshop``), which
can be ended at any moment; slices are for where work is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pysat.solvers import Cadical195

from solver.appointments import Encoding

REACH = 12  # breaks that are counted at first: short sums are quicker
# Of CaDiCaL. Any schedule at all, or that there is none: no elimination of variables, no rephasing,
# no chronological backtracking.
ANY_SCHEDULE = {"rephase": 0, "elim": 0, "chrono": 0}
# As few breaks as possible: stable mode only, no random walks, elimination of variables or
# chronological backtracking.
FEWEST = {"stabilizeonly": 1, "walk": 0, "elim": 0, "chrono": 0}


class Climb:
    """``bound``: fewer breaks are not possible, proven. ``slots``: of each meeting, in a schedule
    that has no more, once it is found. ``impossible``: the clauses contradict each other.
    """

    def __init__(
        self,
        encoding: Encoding,
        *,
        most: int | None,
        bound: int = 0,
    ) -> None:
        """``most``: a value that is known to be possible; no question asks for more. None: ask
        only whether anything is possible.
        """
        self.encoding = encoding
        self.counted = encoding.breaks if most is not None else []
        self.sums = self._total(bound + REACH)
        self.most = most
        self.bound = bound
        self.slots: list[int] | None = None
        self.impossible = False
        self.conflicts = 0
        self.solver = Cadical195()
        self.solver.configure(ANY_SCHEDULE if most is None else FEWEST)
        self.solver.append_formula(encoding.clauses.rows)
        self.written = len(encoding.clauses.rows)

    def __enter__(self) -> Climb:
        return self

    def __exit__(self, *error: object) -> None:
        self.solver.delete()

    @property
    def done(self) -> bool:
        return (
            self.impossible
            or self.slots is not None
            or (self.most is not None and self.bound >= self.most)
        )

    def work(self, conflicts: int | None = None) -> None:
        """Go on for about so many conflicts, or to the end of one question."""
        self._reach_further()
        assumptions = [-each for each in self.sums[self.bound : self.bound + 1]]
        before = self.solver.accum_stats()["conflicts"]
        self.solver.conf_budget(-1 if conflicts is None else conflicts)
        answer = self.solver.solve_limited(assumptions=assumptions)
        self.conflicts += self.solver.accum_stats()["conflicts"] - before
        if answer:
            true = {each for each in self.solver.get_model() if each > 0}
            begins = self.encoding.begins
            self.slots = [next(slot for slot in row if row[slot] in true) for row in begins]
        elif answer is False and self.solver.get_core():
            self.bound += 1
        elif answer is False:
            self.impossible = True

    def _reach_further(self) -> None:
        """Count on, where the bound has come to the end of the sums; what was learnt stays."""
        if self.bound < len(self.sums) or self.bound >= len(self.counted):
            return
        rows = self.encoding.clauses.rows
        self.sums = self._total(2 * self.bound)
        self.solver.append_formula(rows[self.written :])
        self.written = len(rows)

    def _total(self, first: int) -> list[int]:
        return self.encoding.clauses.total(self.counted, first, both_ways=False)


def climb(encoding: Encoding, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """``{"bound": 3}``, and at last ``{"slots": [...]}`` or ``{"impossible": true}``.

    ``most`` None: any schedule will do, and nothing is said of breaks.
    """
    if question["blocks"]:
        encoding.add_blocks()
    with Climb(encoding, most=question["most"], bound=question["bound"]) as climbing:
        while not climbing.done:
            climbing.work()
            if climbing.slots is None and not climbing.impossible:
                yield {"bound": climbing.bound}
        if climbing.slots is not None or climbing.impossible:
            yield {"slots": climbing.slots, "impossible": climbing.impossible}
