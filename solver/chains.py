"""Making room: swaps of two slots along a Kempe chain.

It works on the roster by removing meetings and asking for openings again, so that every rule is
checked, and undoes everything where it does not come out.
"""

from __future__ import annotations

from solver.openings import Openings
from solver.problem import Meeting
from solver.schedule import PlacedMeeting

LONGEST_CHAIN = 60
MOST_CHAINS = 40  # tried for one meeting


class Chains:
    def __init__(self, openings: Openings) -> None:
        self.openings = openings
        self.roster = openings.roster
        self.possibilities = openings.possibilities

    def insert(self, meeting: Meeting) -> bool:
        """Place the meeting, after one swap of two slots if need be."""
        for start in self.openings.likely_starts(meeting):
            answer = self.openings.find(meeting, start)
            if isinstance(answer, PlacedMeeting):
                self.roster.add(answer)
                return True
        return meeting.length == 1 and self._swap_in(meeting)

    def _swap_in(self, meeting: Meeting) -> bool:
        people = [side[0] for side in meeting.sides if len(side) == 1]
        if len(people) != 2 or len(meeting.sides) != 2:
            return False
        starts = self.possibilities.starts[meeting.id]
        held = self.roster.held
        tried = 0
        for first, second in ((people[0], people[1]), (people[1], people[0])):
            for here in (s for s in starts if s not in held[first] and s in held[second]):
                for there in (s for s in starts if s not in held[second] and s in held[first]):
                    tried += 1
                    if tried > MOST_CHAINS:
                        return False
                    if self._swap(meeting, second, here, there):
                        return True
        return False

    def _swap(self, meeting: Meeting, person: str, here: int, there: int) -> bool:
        """Free ``person`` in slot ``here`` by swapping it with ``there`` along their chain."""
        chain = self._chain(person, here, there)
        if not chain or any(not self.roster.movable(name) for name in chain):
            return False
        mark = len(self.roster.journal)
        before = [self.roster.remove(name) for name in chain]
        for placed in before:
            start = self.roster.problem.slot_position[placed.slot]
            moved = self.openings.find_for(placed, there if start == here else here)
            if moved is None:
                break
            self.roster.add(moved)
        else:
            answer = self.openings.find(meeting, here)
            if isinstance(answer, PlacedMeeting) and self.days_hold(before):
                self.roster.add(answer)
                return True
        self.roster.undo_to(mark)
        return False

    def days_hold(self, touched: list[PlacedMeeting]) -> bool:
        people = {person for placed in touched for person in placed.participants}
        return all(self.openings.attendance.breaks_allowed(person) for person in people)

    def _chain(self, person: str, here: int, there: int) -> list[str]:
        """Meetings in the two slots that hang together with the person's one, if not too many."""
        found: dict[str, None] = {}
        waiting = [person]
        seen = {person}
        while waiting:
            slots = self.roster.held[waiting.pop()]
            for name in (*slots.get(here, ()), *slots.get(there, ())):
                if name in found:
                    continue
                found[name] = None
                if len(found) > LONGEST_CHAIN or len(self.roster.span[name]) > 1:
                    return []
                people = [p for p in self.roster.placed[name].participants if p not in seen]
                waiting.extend(people)
                seen.update(people)
        return list(found)
