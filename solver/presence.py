"""A bound on breaks that forgets who meets whom: only who is busy when.

Each person is busy in as many slots as they have meetings, in any set of slots at least as often
as meetings have to be there; a slot's people are no more than two per place, and nobody is busy
alone: one of those to meet then is busy too. Every schedule of the problem
keeps all this, so what these few clauses need in breaks, every schedule needs.
"""

from __future__ import annotations

from collections import defaultdict

from solver.clauses import Clauses
from solver.timetable import BORDER, END, Timetable


class Presence:
    """The clauses; as many of the literals ``breaks`` are true as there are breaks."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self.clauses = Clauses()
        self.slots = timetable.allowed.shape[1]
        self.starts = [frozenset(row.nonzero()[0].tolist()) for row in timetable.allowed]
        self.pairs = [tuple(pair) for pair in timetable.people.tolist()]
        self.meetings_of: dict[int, list[int]] = defaultdict(list)
        for meeting, pair in enumerate(self.pairs):
            for person in pair:
                self.meetings_of[person].append(meeting)
        self.busy = {
            (person, slot): self.clauses.new()
            for person, meetings in sorted(self.meetings_of.items())
            for slot in sorted(frozenset().union(*(self.starts[each] for each in meetings)))
        }
        self.breaks: list[int] = []
        for person in sorted(self.meetings_of):
            self._work(person)
            self._meet(person)
            self._pause(person)
        for slot in range(self.slots):
            self._gather(slot)

    def _work(self, person: int) -> None:
        """As many busy slots as meetings, and in no set of starts fewer than must be in it."""
        mine = [self.starts[each] for each in self.meetings_of[person]]
        own = [slot for slot in range(self.slots) if (person, slot) in self.busy]
        outputs = self.clauses.sort([self.busy[person, slot] for slot in own], len(mine) + 1)
        for index, output in enumerate(outputs):
            self.clauses.add(output if index < len(mine) else -output)
        if len(outputs) < len(mine):
            self.clauses.rows.append([])
        for starts in sorted(set(mine), key=sorted):
            inside = sum(1 for each in mine if each <= starts)
            if len(starts) - inside < len(own) - len(mine):
                idle = [(1, -self.busy[person, slot]) for slot in sorted(starts)]
                self.clauses.at_most(idle, len(starts) - inside, [])

    def _meet(self, person: int) -> None:
        others: dict[int, set[int]] = defaultdict(set)
        for meeting in self.meetings_of[person]:
            for slot in self.starts[meeting]:
                others[slot].update(set(self.pairs[meeting]) - {person})
        for slot, people in sorted(others.items()):
            literals = [self.busy[each, slot] for each in sorted(people)]
            self.clauses.add(-self.busy[person, slot], *literals)

    def _gather(self, slot: int) -> None:
        """No more than two people per place."""
        here = [self.busy[key] for key in sorted(self.busy) if key[1] == slot]
        most = min(self._room(slot), len(here))
        outputs = self.clauses.sort(here, most + 1)
        for output in outputs[most:]:
            self.clauses.add(-output)

    def _room(self, slot: int) -> int:
        pools = set(self.timetable.pool.tolist())
        if -1 in pools:
            return len(self.meetings_of)
        return 2 * int(sum(self.timetable.capacity[each, slot] for each in pools))

    def _pause(self, person: int) -> None:
        """The breaks, each by its end, and no more than a person may have."""
        mine: list[int] = []
        scope: list[int | None] = []
        for slot in self.timetable.calendar[person].tolist():
            if slot == END:
                break
            if slot != BORDER:
                scope.append(self.busy.get((person, slot)))
                continue
            mine += self._breaks(scope)
            scope = []
        most = self.timetable.most_breaks
        outputs = self.clauses.sort(mine, most + 1)
        for output in outputs[most:]:
            self.clauses.add(-output)
        self.breaks += outputs[:most]

    def _breaks(self, scope: list[int | None]) -> list[int]:
        """True wherever a break has to end; true without cause at most to its own harm."""
        found: list[int] = []
        started: int | None = None
        for here, following in zip(scope, [*scope[1:], None], strict=True):
            if started is not None and following is not None and here != started:
                found.append(self.clauses.new())
                idle = [] if here is None else [here]
                self.clauses.add(-started, *idle, -following, found[-1])
            if here is not None:
                started = here if started is None else self._either(started, here)
        return found

    def _either(self, one: int, other: int) -> int:
        either = self.clauses.new()
        self.clauses.rows += [[-one, either], [-other, either], [one, other, -either]]
        return either
