"""A schedule in the making: who is where in every slot, kept up to date meeting by meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from solver.places import Pool
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.published import as_placed
from solver.schedule import PlacedMeeting


class Roster:
    """Placed meetings with the counts that the rules ask for. It does not judge: openings do."""

    def __init__(self, possibilities: Possibilities) -> None:
        self.possibilities = possibilities
        self.problem = possibilities.problem
        self.placed: dict[str, PlacedMeeting] = {}
        self.span: dict[str, tuple[int, ...]] = {}
        self.held: dict[str, dict[int, list[str]]] = defaultdict(dict)
        self.interpreted: dict[str, dict[int, list[str]]] = defaultdict(dict)
        self.meetings_of: dict[str, set[str]] = defaultdict(set)
        self.used: dict[tuple[str, int], int] = defaultdict(int)  # place or interpreter, slot
        self.undone = 0  # changes that were taken back
        self.journal: list[tuple[bool, PlacedMeeting]] = []  # added or removed, in order
        self.pool_used: dict[tuple[Pool, int], int] = defaultdict(int)
        for entry in possibilities.published.kept.values():
            self.add(as_placed(entry))

    def add(self, placed: PlacedMeeting) -> None:
        meeting = self.problem.meeting_by_id[placed.meeting]
        span = self._occupied(meeting, placed)
        self.placed[placed.meeting] = placed
        self.span[placed.meeting] = span
        for person in placed.participants:
            self.meetings_of[person].add(placed.meeting)
        for slots in self._calendars(placed):
            for slot in span:
                slots.setdefault(slot, []).append(placed.meeting)
        self._use(placed, span, 1)
        self.journal.append((True, placed))

    def undo_to(self, length: int) -> None:
        """Take back what was done since the journal had this length."""
        while len(self.journal) > length:
            added, placed = self.journal.pop()
            if added:
                self.remove(placed.meeting)
            else:
                self.add(placed)
            self.journal.pop()
            self.undone += 2

    def remove(self, meeting: str) -> PlacedMeeting:
        placed = self.placed.pop(meeting)
        span = self.span.pop(meeting)
        for person in placed.participants:
            self.meetings_of[person].discard(meeting)
        for slots in self._calendars(placed):
            for slot in span:
                slots[slot].remove(meeting)
                if not slots[slot]:
                    del slots[slot]
        self._use(placed, span, -1)
        self.journal.append((False, placed))
        return placed

    def _calendars(self, placed: PlacedMeeting) -> list[dict[int, list[str]]]:
        """Slot by slot, the meetings of each person and of the interpreter."""
        calendars = [self.held[person] for person in placed.participants]
        if placed.interpreter is not None:
            calendars.append(self.interpreted[placed.interpreter])
        return calendars

    def _occupied(self, meeting: Meeting, placed: PlacedMeeting) -> tuple[int, ...]:
        start = self.problem.slot_position[placed.slot]
        session = self.possibilities.session_of[start]
        first = session.index(start)
        return session[first : first + meeting.length]

    def _use(self, placed: PlacedMeeting, span: tuple[int, ...], by: int) -> None:
        pools = self.possibilities.pools
        for name in (placed.place, placed.room):
            place = self.problem.place_by_id.get(name or "")
            if place is None:
                continue
            for slot in span:
                self.used[place.id, slot] += by
                if pools.is_open(place, self.problem.slots[slot].id):
                    self.pool_used[pools.pool_of[place.id], slot] += by
        for slot in span if placed.interpreter is not None else ():
            self.used["interpreter " + (placed.interpreter or ""), slot] += by

    def start(self, meeting: str) -> int:
        return self.problem.slot_position[self.placed[meeting].slot]

    def movable(self, meeting: str) -> bool:
        published = self.possibilities.published
        return meeting not in published.kept and meeting not in published.locked

    def load(self, meetings: Iterable[PlacedMeeting]) -> Roster:
        """Add all that are not there yet (kept ones always are)."""
        for placed in meetings:
            if placed.meeting not in self.placed:
                self.add(placed)
        return self

    def schedule(self) -> tuple[PlacedMeeting, ...]:
        return tuple(self.placed[meeting] for meeting in sorted(self.placed))
