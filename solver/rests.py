"""How many slots of a class somebody can have busy: rests and limits keep some of them free.

What is counted here is true whatever else is placed, so that it bounds every schedule.
"""

from __future__ import annotations

from collections import defaultdict

from solver.possibilities import Possibilities
from solver.problem import Participant
from solver.slot_classes import SlotClasses


class Rests:
    """Slots of each class that have to stay free, person by person."""

    def __init__(self, possibilities: Possibilities, classes: SlotClasses) -> None:
        self.possibilities = possibilities
        self.classes = classes
        position = possibilities.problem.slot_position
        self.limits: dict[str, list[tuple[frozenset[int], int]]] = defaultdict(list)
        for limit in possibilities.problem.limits:
            if limit.free_slots is None or (limit.together and len(set(limit.participants)) > 1):
                continue
            slots = frozenset(position[slot] for slot in limit.slots)
            busy = max(0, len(slots) - limit.free_slots)
            for name in set(limit.participants):
                self.limits[name].append((slots, busy))

    def concern(self, person: Participant) -> bool:
        rests = person.seats == 1 and person.max_in_a_row is not None
        return rests or person.id in self.limits

    def most_busy(self, person: Participant) -> list[int]:
        """Slots of each class with meetings, at most."""
        absent = self.possibilities.absent[person.id]
        there: list[set[int]] = [set() for _ in self.classes.size]
        for slot, of_class in enumerate(self.classes.of):
            if of_class >= 0 and slot not in absent:
                there[of_class].add(slot)
        return [min(self._limited(person, mine), self._by_session(person, mine)) for mine in there]

    def _by_session(self, person: Participant, there: set[int]) -> int:
        parts = [there.intersection(session) for session in self.possibilities.sessions]
        return sum(min(self._limited(person, mine), self._rested(person, mine)) for mine in parts)

    def _limited(self, person: Participant, there: set[int]) -> int:
        """Of each limit whose slots no other has taken yet, what it keeps free of these."""
        found, seen = len(there), set[int]()
        for slots, busy in sorted(self.limits.get(person.id, ()), key=lambda row: sorted(row[0])):
            mine = there & slots
            if mine and seen.isdisjoint(mine):
                seen |= mine
                found -= max(0, len(mine) - busy)
        return found

    def _rested(self, person: Participant, there: set[int]) -> int:
        """In a run of n slots one of each k + 1 stays free, where k in a row are the most."""
        most = person.max_in_a_row
        if person.seats > 1 or most is None:
            return len(there)
        return len(there) - sum(run // (most + 1) for run in self._runs(there))

    def _runs(self, there: set[int]) -> list[int]:
        """Lengths of the runs of neighbours among these slots."""
        runs: list[int] = []
        for session in self.possibilities.sessions:
            length = 0
            for slot in (*session, None):
                if slot in there:
                    length += 1
                elif length:
                    runs.append(length)
                    length = 0
        return runs
