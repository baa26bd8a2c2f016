"""The published mixed-integer model by HiGHS: ``python -m benchmarks.breaks_highs FILE SECONDS``.

Bofill and others (JAIR 74, 2022): a meeting's slot, who is busy, who has started and where a break
ends, with both implied rows. In a process of its own, because HiGHS and OR-Tools cannot share one.
"""

from __future__ import annotations

import math
import sys
import time
from collections import defaultdict
from pathlib import Path

import highspy

from solver.appointments import Appointments
from solver.dzn import read_dzn
from solver.possibilities import Possibilities
from solver.timetable import timetable_of

TOLERANCE = 1e-6


class Programme:
    def __init__(self, of: Appointments) -> None:
        self.of = of
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.begins = [{slot: self._binary() for slot in row} for row in of.starts]
        self.meetings_of: dict[int, list[int]] = defaultdict(list)
        for meeting, pair in enumerate(of.people):
            self._row([(1, each) for each in self.begins[meeting].values()], 1, 1)
            for person in pair:
                self.meetings_of[person].append(meeting)
        self.busy: dict[tuple[int, int], int] = {}
        for person, meetings in sorted(self.meetings_of.items()):
            self._attend(person, meetings)
        for earlier, later in of.order:
            self._follow(self.begins[earlier], self.begins[later])
        for slot in range(len(of.capacity[0])):
            self._seat(slot)

    def _binary(self, cost: float = 0.0) -> int:
        index = int(self.highs.getNumCol())
        self.highs.addCol(cost, 0.0, 1.0, 0, [], [])
        self.highs.changeColIntegrality(index, highspy.HighsVarType.kInteger)
        return index

    def _row(self, terms: list[tuple[float, int]], least: float, most: float) -> None:
        columns = [column for _, column in terms]
        self.highs.addRow(least, most, len(terms), columns, [factor for factor, _ in terms])

    def _attend(self, person: int, meetings: list[int]) -> None:
        for slot in range(len(self.of.capacity[0])):
            here = [self.begins[each][slot] for each in meetings if slot in self.begins[each]]
            if here:
                self.busy[person, slot] = self._binary()
                self._row([*((1.0, each) for each in here), (-1.0, self.busy[person, slot])], 0, 0)
        mine = [column for (each, _), column in self.busy.items() if each == person]
        self._row([(1, each) for each in mine], len(meetings), len(meetings))
        ends = [each for scope in self.of.scopes[person] for each in self._breaks(person, scope)]
        self._row([(1, each) for each in ends], 0, self.of.most_breaks)

    def _breaks(self, person: int, scope: list[int]) -> list[int]:
        found = []
        busy = [self.busy.get((person, slot)) for slot in scope]
        started = None
        for here, following in zip(busy, [*busy[1:], None], strict=True):
            if started is not None and following is not None:
                found.append(self._binary(cost=1.0))
                idle = [] if here is None else [(1.0, here)]
                terms = [(1.0, found[-1]), (-1.0, following), (-1.0, started), *idle]
                self._row(terms, -1, highspy.kHighsInf)
            if here is not None:
                begun = self._binary()
                self._row([(1, begun), (-1, here)], 0, highspy.kHighsInf)
                if started is not None:
                    self._row([(1, begun), (-1, started)], 0, highspy.kHighsInf)
                started = begun
        return found

    def _follow(self, first: dict[int, int], second: dict[int, int]) -> None:
        """The later slot is at least one more than the earlier one."""
        terms = [(float(slot), each) for slot, each in second.items()]
        terms += [(-float(slot), each) for slot, each in first.items()]
        self._row(terms, 1, highspy.kHighsInf)

    def _seat(self, slot: int) -> None:
        tables = sum(row[slot] for row in self.of.capacity)
        on = [(1.0, row[slot]) for row in self.begins if slot in row]
        people = [(1.0, column) for (_, each), column in self.busy.items() if each == slot]
        self._row(on, 0, tables)
        self._row(people, 0, 2 * tables)

    def solve(self, seconds: float) -> str:
        self.highs.setOptionValue("time_limit", seconds)
        self.highs.setOptionValue("threads", 2)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return "infeasible"
        info = self.highs.getInfo()
        if status == highspy.HighsModelStatus.kOptimal:
            return str(round(info.objective_function_value))
        bound = info.mip_dual_bound  # not finite where the time was too short for any
        return f">= {math.ceil(bound - TOLERANCE) if math.isfinite(bound) else 0}"


def main(path: Path, seconds: float) -> None:
    begun = time.monotonic()
    timetable = timetable_of(Possibilities(read_dzn(path)))
    assert timetable is not None
    proven = Programme(timetable.appointments()).solve(seconds)
    print(f"{proven} | {time.monotonic() - begun:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
