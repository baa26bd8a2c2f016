"""Reasons that masks of slots give: for meetings between people with nothing special about them.

They are the reasons that :class:`~solver.openings.Openings` would give slot by slot, in the same
order: first who has to come, side by side, absent before busy; then the places.
"""

from __future__ import annotations

from solver.blocks import Blocks
from solver.free_time import FreeTime
from solver.openings import Openings
from solver.problem import Meeting
from solver.schedule import Reason


class Shortcuts:
    def __init__(self, openings: Openings) -> None:
        self.openings = openings
        self.roster = openings.roster
        self.possibilities = openings.possibilities
        self.problem = openings.problem
        self.free_time = FreeTime(openings)
        self.limited_together = any(limit.together for limit in self.problem.limits)

    def add(self, meeting: Meeting, blocks: Blocks) -> list[int]:
        """Add what the masks tell; return the slots that are left to be asked one by one."""
        slots = range(len(self.problem.slots))
        left = (1 << len(slots)) - 1
        if self._is_simple(meeting):
            left = self._add_people(meeting, blocks, left)
        return [slot for slot in slots if left >> slot & 1]

    def _is_simple(self, meeting: Meeting) -> bool:
        """One cast of single people, in one slot, whenever they like."""
        tied = meeting.slots is not None or meeting.fixed_slot is not None or meeting.after
        if tied or meeting.length > 1 or self.problem.rules.now is not None:
            return False
        name = meeting.id
        if name in self.openings.exclusive or name in self.openings.followers:
            return False
        if name in self.possibilities.published.locked:
            return False
        casts = self.possibilities.casts[name]
        return len(casts) == 1 and all(len(side) == 1 for side in meeting.sides)

    def _add_people(self, meeting: Meeting, blocks: Blocks, left: int) -> int:
        for (person,) in meeting.sides:
            absent, busy = self.free_time.absent_and_busy(person)
            if here := left & absent:
                blocks.add(Reason(rule="absent", participants=(person,)), here)
            left &= ~absent
            if here := left & busy:
                meetings = self._held(person, here)
                blocks.add(Reason(rule="busy", participants=(person,), meetings=meetings), here)
            left &= ~busy
            if not self.free_time.is_plain(self.possibilities.participants[person]):
                return left
        return self._add_places(meeting, blocks, left)

    def _held(self, person: str, mask: int) -> tuple[str, ...]:
        held = self.roster.held[person]
        return tuple([name for slot in held if mask >> slot & 1 for name in held[slot]])

    def _add_places(self, meeting: Meeting, blocks: Blocks, left: int) -> int:
        cast = self.possibilities.casts[meeting.id][0]
        if self.limited_together or cast.rooms or not cast.pools:
            return left
        full = left & self.free_time.full(cast.pools)
        alone = len(cast.pools) == 1 == len(cast.pools[0].places)
        places = (cast.pools[0].name,) if alone else ()
        for slot in range(full.bit_length()):
            if full >> slot & 1:
                is_open = any(pool.capacity[slot] for pool in cast.pools)
                rule = "place_taken" if is_open else "place_closed"
                blocks.add(Reason(rule=rule, places=places), 1 << slot)
        return left & ~full
