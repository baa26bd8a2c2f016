"""Large problems: free a few slots or people again and again, and solve that part exactly."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from solver.hints import hint
from solver.model import build
from solver.objective import Target, set_objective
from solver.problem import Meeting
from solver.roster import Roster
from solver.search import Effort, Outcome, search

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
        self.by_session = target.goal == "breaks" and stages.breaks_by_session()
        self.settled: set[frozenset[int]] = set()  # sessions proven to be as good as they get

    def explore(self) -> None:
        """Improve until the time is used, the bound reached or the user stops."""
        clock = self.stages.clock
        while clock.remaining() > max(0.0, self.until):
            if self.stages.value_of(self.target) == self.bound:
                return
            left = clock.remaining() - max(0.0, self.until)
            if not self._step(min(SECONDS, left / self._parts())):
                return

    def _step(self, seconds: float) -> bool:
        """One part solved. False where nothing is left to try."""
        from solver.stages import keep

        self.turn += 1
        slots, free = self._part()
        if not free:
            return self.turn < 2
        names = {meeting.id for meeting in free}
        stages = self.stages
        fixed = Roster(stages.possibilities)
        fixed.load(row for name, row in sorted(stages.placed.items()) if name not in names)
        v = build(
            stages.possibilities, fixed, free,
            slots=slots, relaxed=stages.relaxed, stop=stages.clock.late,
        )  # fmt: skip
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
        better = stages.take(v, found, self.target)
        return self._unsettled(slots, better, found.outcome is Outcome.PROVEN)

    def _parts(self) -> int:
        """How many parts the time is for at least."""
        return len(self.stages.possibilities.sessions) if self.by_session else 1

    def _unsettled(self, slots: frozenset[int] | None, better: bool, proven: bool) -> bool:
        """Is there still a session that could become better?"""
        if not self.by_session or slots is None:
            return True
        if better:
            self.settled.clear()
        if proven:
            self.settled.add(slots)
        return len(self.settled) < len(self.stages.possibilities.sessions)

    def _part(self) -> tuple[frozenset[int] | None, list[Meeting]]:
        """What is freed in this turn."""
        sessions = self.stages.possibilities.sessions
        if self.by_session:
            slots = frozenset(sessions[self.turn % len(sessions)])
            return slots, self._placed_in(slots)
        return self._around_people() if self.turn % 2 else self._within_slots()

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

    def _placed_in(self, slots: frozenset[int]) -> list[Meeting]:
        """Only what lies there: everybody keeps as many meetings in a session as before."""
        placed = self.stages.placed
        position = self.stages.possibilities.problem.slot_position
        free = self.stages.free_meetings()
        return [
            each for each in free if each.id in placed and position[placed[each.id].slot] in slots
        ]

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
