"""When each meeting may start, as far as that depends on it alone.

Slots are the bits of a whole number here: who attends, what is open and where a meeting ends
within its session are masks, and meetings with the same mask share one tuple of starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from solver.casts import Cast
from solver.places import Pool
from solver.problem import Meeting

if TYPE_CHECKING:
    from solver.possibilities import Possibilities


class Starts:
    def __init__(self, possibilities: Possibilities) -> None:
        self.possibilities = possibilities
        self.problem = possibilities.problem
        self.every = (1 << len(self.problem.slots)) - 1
        self.attended = self._attended()
        self.open: dict[tuple[Pool, ...], int] = {}
        self.listed: dict[frozenset[str], int] = {}
        self.tuples: dict[int, tuple[int, ...]] = {}
        self.within: dict[int, dict[int, int]] = {}  # of a length: mask of the span by start
        kept = possibilities.enforces("kept")
        self.left = _mask(possibilities.future) if kept else self.every

    def _attended(self) -> dict[str, int]:
        if not self.possibilities.enforces("absent"):
            return dict.fromkeys(self.possibilities.absent, self.every)
        known: dict[frozenset[int], int] = {}
        for absent in self.possibilities.absent.values():
            if absent not in known:
                known[absent] = self.every & ~_mask(absent)
        return {name: known[absent] for name, absent in self.possibilities.absent.items()}

    def of(self, meeting: Meeting) -> tuple[int, ...]:
        """Positions of the slots in which the meeting may start, in the order of time."""
        casts = self.possibilities.casts[meeting.id]
        mask = 0
        for cast in casts:
            mask |= self._fitting(cast)
        mask &= self.left & self._allowed(meeting)
        if meeting.length > 1:
            mask = self._long(meeting, casts, mask)
        if mask not in self.tuples:
            slots = range(len(self.problem.slots))
            self.tuples[mask] = tuple(slot for slot in slots if mask >> slot & 1)
        return self.tuples[mask]

    def _fitting(self, cast: Cast) -> int:
        """Slots in which every side has somebody and every need has an open place."""
        mask = self.every
        for side in cast.members:
            there = 0
            for person in side:
                there |= self.attended[person]
            mask &= there
        for pools in (cast.pools, cast.rooms):
            if pools:
                mask &= self._open(pools)
        return mask

    def _open(self, pools: tuple[Pool, ...]) -> int:
        if pools not in self.open:
            slots = range(len(self.problem.slots))
            found = (slot for slot in slots if any(pool.capacity[slot] for pool in pools))
            self.open[pools] = _mask(found)
        return self.open[pools]

    def _allowed(self, meeting: Meeting) -> int:
        """What ``slots`` and ``fixed_slot`` say."""
        mask = self.every
        if not self.possibilities.enforces("start_slot"):
            return mask
        position = self.problem.slot_position
        if meeting.fixed_slot is not None:
            mask &= 1 << position[meeting.fixed_slot]
        if meeting.slots is not None:
            if meeting.slots not in self.listed:
                self.listed[meeting.slots] = _mask(position[slot] for slot in meeting.slots)
            mask &= self.listed[meeting.slots]
        return mask

    def _long(self, meeting: Meeting, casts: tuple[Cast, ...], mask: int) -> int:
        """Of these starts those with a span in which one cast is there throughout."""
        if meeting.length not in self.within:
            spans = self.possibilities.span
            slots = range(len(self.problem.slots))
            self.within[meeting.length] = {slot: _mask(spans(meeting, slot)) for slot in slots}
        spans_of = self.within[meeting.length]
        found = (
            start
            for start, span in spans_of.items()
            if mask >> start & 1 and span and any(self._lasts(cast, span) for cast in casts)
        )
        return _mask(found)

    def _lasts(self, cast: Cast, span: int) -> bool:
        if not all(any(self.attended[p] & span == span for p in side) for side in cast.members):
            return False
        slots = tuple(slot for slot in range(span.bit_length()) if span >> slot & 1)
        needed = (cast.pools, cast.rooms)
        return all(not pools or any(pool.open_in(slots) for pool in pools) for pools in needed)


def _mask(slots: Iterable[int]) -> int:
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask
