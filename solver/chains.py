"""Making room: swaps of two slots along a Kempe chain, and pushing lighter meetings out.

Both work on the roster by removing meetings and asking for openings again, so that every rule
is checked, and undo everything where it does not come out.
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
            if isinstance(answer, PlacedMeeting) and self._days_hold(before):
                self.roster.add(answer)
                return True
        self.roster.undo_to(mark)
        return False

    def _days_hold(self, touched: list[PlacedMeeting]) -> bool:
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

    def push_in(self, meeting: Meeting) -> bool:
        """Place the meeting where less weight (or no must) has to leave, and seat those again."""
        for start in self.possibilities.starts[meeting.id]:
            leaving = self._in_the_way(meeting, start)
            if leaving is None:
                continue
            mark = len(self.roster.journal)
            before = [self.roster.remove(name) for name in leaving]
            answer = self.openings.find(meeting, start)
            if isinstance(answer, PlacedMeeting):
                self.roster.add(answer)
                if self._settle(meeting, before):
                    return True
            self.roster.undo_to(mark)
        return False

    def _in_the_way(self, meeting: Meeting, start: int) -> list[str] | None:
        """The meetings that its people have then; None where one of them may not leave."""
        span = self.possibilities.span(meeting, start)
        people = [side[0] for side in meeting.sides if len(side) == 1]
        names = {
            name
            for person in people
            for slot in span
            for name in self.roster.held[person].get(slot, ())
        }
        if any(not self.roster.movable(name) for name in names):
            return None
        return sorted(names)

    def _settle(self, meeting: Meeting, removed: list[PlacedMeeting]) -> bool:
        """Seat the removed again: does what stays out weigh less than the newcomer?"""
        by_id = self.roster.problem.meeting_by_id
        gain = rank(meeting)
        loss = (0, 0)
        for placed in removed:
            homeless = by_id[placed.meeting]
            if not self.insert(homeless):
                musts, weight = rank(homeless)
                loss = loss[0] + musts, loss[1] + weight
            if loss >= gain:
                return False
        return self._days_hold(removed)


def rank(meeting: Meeting) -> tuple[int, int]:
    """What placing the meeting is worth: musts before weight."""
    return int(meeting.must), meeting.weight
