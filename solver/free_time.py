"""Who is there and free, and which places are left, slot by slot as the bits of whole numbers.

A large schedule leaves thousands of meetings out, and nearly all of them for one reason: in
every slot somebody who has to come is absent or busy, or the places are taken. These masks say
so without asking slot by slot; what they do not say is asked of the openings.
"""

from __future__ import annotations

from collections.abc import Iterator

from solver.openings import Openings
from solver.places import Pool
from solver.problem import Meeting, Participant


class FreeTime:
    """Masks of one roster; ``changed`` tells of people whose meetings are others now."""

    def __init__(self, openings: Openings) -> None:
        self.openings = openings
        self.roster = openings.roster
        self.possibilities = openings.possibilities
        self.seen: dict[str, tuple[int, int]] = {}
        self.filled: dict[tuple[Pool, ...], tuple[int, int]] = {}
        self.gone: dict[frozenset[int], int] = {}
        self.tells_absence = self.possibilities.enforces("absent")

    def changed(self, people: tuple[str, ...]) -> None:
        for person in people:
            self.seen.pop(person, None)

    def absent_and_busy(self, person: str) -> tuple[int, int]:
        """Slots in which the participant is absent, and those in which every seat is taken."""
        if person not in self.seen:
            seats = self.possibilities.participants[person].seats
            held = self.roster.held.get(person, {})
            busy = sum(1 << slot for slot, meetings in held.items() if len(meetings) >= seats)
            self.seen[person] = self._absent(person), busy
        return self.seen[person]

    def _absent(self, person: str) -> int:
        absent = self.possibilities.absent[person] if self.tells_absence else frozenset()
        if absent not in self.gone:
            self.gone[absent] = sum(1 << slot for slot in absent)
        return self.gone[absent]

    def likely_starts(self, meeting: Meeting) -> Iterator[int]:
        """Starts in which those who have to come are free and there may be a place; all others
        are out of the question.
        """
        starts = self.possibilities.starts[meeting.id]
        taken = 0
        for side in meeting.sides:
            if len(side) == 1:
                absent, busy = self.absent_and_busy(side[0])
                taken |= absent | busy
        casts = self.possibilities.casts[meeting.id]
        if len(casts) == 1 and casts[0].pools:
            taken |= self.full(casts[0].pools)
        return (start for start in starts if not taken >> start & 1)

    def full(self, pools: tuple[Pool, ...]) -> int:
        """Slots in which none of the pools has a place left."""
        now = len(self.roster.journal)
        known = self.filled.get(pools)
        if known is None or known[0] != now:
            used = self.roster.pool_used
            slots = range(len(self.roster.problem.slots))
            mask = sum(
                1 << slot
                for slot in slots
                if all(used.get((pool, slot), 0) >= pool.capacity[slot] for pool in pools)
            )
            known = self.filled[pools] = (now, mask)
        return known[1]

    def is_plain(self, person: Participant) -> bool:
        """Is there nothing to ask of the participant but absence and being busy?"""
        unlimited = person.max_meetings is None and person.max_in_a_row is None
        no_breaks = self.roster.problem.rules.breaks_per_participant is None
        return unlimited and no_breaks and person.id not in self.openings.attendance.limits
