"""Fewer breaks, a part of the schedule at a time: CaDiCaL decides some slots anew, the rest stays.

Large neighbourhood search (Shaw, CP 1998) on the clauses of the whole: what stays is assumed, so
that all that is learnt holds for good. The parts are what takes place in a run of slots, or in any
slots; they grow while they are refuted quickly and shrink where CaDiCaL does not get done, up to
all slots at once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from pysat.solvers import Cadical195

from solver.appointments import Encoding
from solver.climb import FEWEST

NEAR = {**FEWEST, "rephase": 0}  # to the last schedule
BOLD = 4  # at first ask for a quarter of the breaks less
FIRST_PART, LEAST_PART = 0.5, 0.3  # of the slots
WIDER, NARROWER = 0.01, 0.02
PATIENCE = 3_000  # conflicts spent on a part, at first
MORE_PATIENCE = 1.3  # times as many, once nothing smaller than nearly everything helps
WIDE = 0.9
RUNS = 0.7  # share of parts that are one run of slots


class Mending:
    """``slots`` of each meeting: the best so far, with ``breaks``."""

    def __init__(self, encoding: Encoding, slots: list[int], breaks: int, seed: int) -> None:
        self.encoding = encoding
        self.slots = slots
        self.breaks = breaks
        self.sums = encoding.clauses.total(encoding.breaks, breaks, both_ways=False)
        self.draw = random.Random(seed)
        self.part = FIRST_PART
        self.step = max(1, breaks // BOLD)  # breaks fewer, asked for at once
        self.patience = float(PATIENCE)
        self.solver = Cadical195()
        self.solver.configure(NEAR)
        self.solver.append_formula(encoding.clauses.rows)

    def __enter__(self) -> Mending:
        return self

    def __exit__(self, *error: object) -> None:
        self.solver.delete()

    def work(self) -> bool:
        """One part; returns whether the schedule has become better."""
        open_slots = self._open_slots()
        begins = zip(self.encoding.begins, self.slots, strict=True)
        kept = [row[slot] for row, slot in begins if slot not in open_slots]
        self.solver.conf_budget(int(self.patience))
        most = self.breaks - min(self.step, self.breaks)
        answer = self.solver.solve_limited(assumptions=[*kept, -self.sums[most]])
        self.step = self.step * 2 if answer else max(1, self.step // 2)
        if answer:
            true = {each for each in self.solver.get_model() if each > 0}
            self.slots = [
                next(slot for slot in row if row[slot] in true) for row in self.encoding.begins
            ]
            self.breaks = sum(each in true for each in self.encoding.breaks)
        elif answer is False and most == self.breaks - 1:
            self.part = min(1.0, self.part + WIDER)
        elif most == self.breaks - 1:
            self.patience *= MORE_PATIENCE if self.part > WIDE else 1.0
            self.part = max(LEAST_PART, self.part - NARROWER)
        return bool(answer)

    def _open_slots(self) -> frozenset[int]:
        number = 1 + max(max(row) for row in self.encoding.begins)
        width = max(2, min(number, round(self.part * number + self.draw.uniform(-1, 1))))
        if self.draw.random() > RUNS:
            return frozenset(self.draw.sample(range(number), min(number, width)))
        first = self.draw.randint(-(width // 3), number - 2 * width // 3)
        return frozenset(range(first, first + width))


def mend(encoding: Encoding, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """``{"slots": [...]}`` for each better schedule, until there are no breaks."""
    encoding.add_blocks()
    schedule = question["slots"], question["breaks"], question["seed"]
    with Mending(encoding, *schedule) as mending:
        while mending.breaks > 0:
            if mending.work():
                yield {"slots": mending.slots}
