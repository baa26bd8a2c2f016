"""Large problems: free a few slots or people again and again, and solve that part exactly."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from solver.hints import hint
from solver.model import build
from solver.objective import Target, set_objective
from solver.problem import Meeting
from solver.roster import Roster
from solver.search import Effort, search

if TYPE_CHECKING:
    from solver.stages import Stages

SLOTS = 4  # freed at once
UNPLACED = 3  # meetings whose people are freed at once
SECONDS = 3.0  # for one part
MOST_UNPLACED = 400  # added to one part


class Neighbourhoods:
    def __init__(self, stages: Stages, target: Target, seconds: float, bound: int) -> None:
        self.stages = stages
        self.target = target
        self.bound = bound
        self.until = stages.clock.remaining() - seconds
        self.draw = Random(stages.settings.seed)
        self.turn = 0

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
        from solver.stages import keep

        self.turn += 1
        slots, free = self._around_people() if self.turn % 2 else self._within_slots()
        if not free:
            return self.turn < 2
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

    def _within_slots(self) -> tuple[frozenset[int] | None, list[Meeting]]:
        """A few slots: what lies in them, and what could."""
        future = sorted(self.stages.possibilities.future)
        slots = frozenset(self.draw.sample(future, min(SLOTS, len(future))))
        return slots, self._free(slots)

    def _around_people(self) -> tuple[frozenset[int] | None, list[Meeting]]:
        """Unplaced meetings with all that their people and possible interpreters have."""
        possibilities = self.stages.possibilities
        placed = self.stages.placed
        free = self.stages.free_meetings()
        unplaced = [each for each in free if each.id not in placed]
        if not unplaced:
            return None, []
        people: set[str] = set()
        helpers: set[str] = set()
        for meeting in self.draw.sample(unplaced, min(UNPLACED, len(unplaced))):
            people |= meeting.people()
            for cast in possibilities.casts[meeting.id]:
                helpers |= {each.id for each in cast.interpreters}
        around = []
        for meeting in free:
            row = placed.get(meeting.id)
            if row is None:
                near = not people.isdisjoint(meeting.people())
            else:
                near = row.interpreter in helpers or not people.isdisjoint(row.participants)
            if near:
                around.append(meeting)
        return None, around

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
