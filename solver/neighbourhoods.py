"""Large problems: free a few slots or people again and again, and solve that part exactly."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from solver.hints import hint
from solver.model import build
from solver.objective import Target
from solver.problem import Meeting
from solver.roster import Roster
from solver.search import Effort, search

if TYPE_CHECKING:
    from solver.stages import Stages

SLOTS = 4  # freed at once
SECONDS = 4.0  # for one part
MOST_UNPLACED = 400  # added to one part


class Neighbourhoods:
    def __init__(self, stages: Stages, target: Target, seconds: float, bound: int) -> None:
        self.stages = stages
        self.target = target
        self.bound = bound
        self.until = stages.clock.remaining() - seconds
        self.draw = Random(stages.settings.seed)

    def explore(self) -> None:
        """Improve until the time is used, the bound reached or the user stops."""
        clock = self.stages.clock
        while clock.remaining() > max(0.0, self.until):
            if self.stages.value_of(self.target) == self.bound:
                return
            if not self._step(min(SECONDS, clock.remaining() - self.until)):
                return

    def _step(self, seconds: float) -> bool:
        """One part solved. False where nothing is left to try."""
        from solver.stages import keep, set_objective

        slots = self._slots()
        free = self._free(slots)
        if not free:
            return False
        names = {meeting.id for meeting in free}
        stages = self.stages
        fixed = Roster(stages.possibilities)
        fixed.load(row for name, row in sorted(stages.placed.items()) if name not in names)
        v = build(stages.possibilities, fixed, free, slots=slots, relaxed=stages.relaxed)
        for result in stages.results:
            keep(v, result)
        set_objective(v, self.target)
        hint(v, stages.placed.values())
        news = stages.news(self.target, self.bound)
        found = search(
            v.model,
            stages.clock,
            stages.settings,
            Effort(seconds, good_enough=self.bound),
            lambda value, bound: news(value, None),
        )
        stages.take(v, found, self.target)
        return True

    def _slots(self) -> frozenset[int]:
        future = sorted(self.stages.possibilities.future)
        return frozenset(self.draw.sample(future, min(SLOTS, len(future))))

    def _free(self, slots: frozenset[int]) -> list[Meeting]:
        """Meetings that lie within these slots, and unplaced ones that could."""
        possibilities = self.stages.possibilities
        placed = self.stages.placed
        position = possibilities.problem.slot_position
        inside: list[Meeting] = []
        outside: list[Meeting] = []
        for meeting in self.stages.free_meetings():
            row = placed.get(meeting.id)
            if row is None:
                if not slots.isdisjoint(possibilities.starts[meeting.id]):
                    outside.append(meeting)
            elif position[row.slot] in slots:
                inside.append(meeting)
        self.draw.shuffle(outside)
        outside.sort(key=lambda meeting: -meeting.weight)
        return inside + outside[:MOST_UNPLACED]
