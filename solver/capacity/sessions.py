"""Sessions that end later or earlier: slots added behind the last one, or last ones taken away.

New slots have the length and the change-over of the session's last ones. Whoever is absent in the
last slot has left and is absent in the new ones; places closed in it stay closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from solver.problem import Limit, Meeting, Problem, Slot

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """``new``: the slots that fit behind the last one, before the next session or midnight."""

    session: str
    slots: tuple[Slot, ...]
    pitch: timedelta  # from the start of one slot to the start of the next
    new: tuple[Slot, ...]

    @property
    def minutes(self) -> int:
        """From one slot's start to the next one's."""
        return self.pitch // MINUTE

    def slots_in(self, minutes: int) -> int:
        """How many new slots fit into so many more minutes."""
        return min(len(self.new), minutes // self.minutes)


def session_ends(problem: Problem) -> tuple[SessionEnd, ...]:
    """In the order of time."""
    taken = set(problem.slot_by_id)
    usual = min(_changeovers(problem), default=timedelta())
    ends = []
    for session, names in problem.sessions.items():
        slots = tuple(problem.slot_by_id[name] for name in names)
        gap = slots[-1].start - slots[-2].end if len(slots) > 1 else usual
        pitch = slots[-1].end - slots[-1].start + gap
        new = tuple(_new_slots(problem, slots[-1], pitch, taken))
        ends.append(SessionEnd(session, slots, pitch, new))
    return tuple(ends)


def _changeovers(problem: Problem) -> Iterator[timedelta]:
    for one, other in pairwise(problem.slots):
        if one.session == other.session:
            yield other.start - one.end


def _new_slots(problem: Problem, last: Slot, pitch: timedelta, taken: set[str]) -> Iterator[Slot]:
    later = [slot.start for slot in problem.slots if slot.start > last.start]
    starts = [start for start in later if start.date() == last.start.date()]
    slot, number = last, 0
    while True:
        slot = replace(slot, start=slot.start + pitch, end=slot.end + pitch)
        if slot.end.date() != last.start.date() or any(slot.end > start for start in starts):
            return
        number += 1
        while f"{last.session}+{number}" in taken:
            number += 1
        slot = replace(slot, id=f"{last.session}+{number}")
        yield slot


def with_slots(problem: Problem, ends: tuple[SessionEnd, ...], added: tuple[int, ...]) -> Problem:
    """The problem with so many slots more (or fewer, below 0) at the end of each session."""
    both = list(zip(ends, added, strict=True))
    gone = frozenset(slot.id for end, n in both if n < 0 for slot in end.slots[n:])
    follows = {end.slots[-1].id: [slot.id for slot in end.new[:n]] for end, n in both if n > 0}
    if not gone and not follows:
        return problem
    new = [slot for end, n in both if n > 0 for slot in end.new[:n]]
    slots = sorted([*problem.slots, *new], key=lambda slot: slot.start)

    def without(names: frozenset[str]) -> frozenset[str]:
        return names - gone

    def onwards(names: frozenset[str]) -> frozenset[str]:
        return without(names.union(*(follows[name] for name in names if name in follows)))

    return replace(
        problem,
        slots=tuple(slot for slot in slots if slot.id not in gone),
        places=problem.places
        and tuple(replace(each, closed=onwards(each.closed)) for each in problem.places),
        participants=tuple(
            replace(each, absent=onwards(each.absent)) for each in problem.participants
        ),
        interpreters=tuple(
            replace(each, absent=onwards(each.absent)) for each in problem.interpreters
        ),
        meetings=tuple(_without(meeting, gone) for meeting in problem.meetings),
        limits=tuple(_limit_without(limit, gone) for limit in problem.limits),
    )


def _without(meeting: Meeting, gone: frozenset[str]) -> Meeting:
    if meeting.fixed_slot in gone:
        return replace(meeting, fixed_slot=None, slots=frozenset())
    return replace(meeting, slots=None if meeting.slots is None else meeting.slots - gone)


def _limit_without(limit: Limit, gone: frozenset[str]) -> Limit:
    """A slot that is gone counts as free."""
    free = (limit.free_slots or 0) - len(limit.slots & gone)
    return replace(limit, slots=limit.slots - gone, free_slots=free if free > 0 else None)
