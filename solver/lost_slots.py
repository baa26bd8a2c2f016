"""A slot that falls away: the problem without it, and sessions that it tears in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from solver.faults import shown
from solver.incidents import IncidentError
from solver.problem import Limit, Meeting, Problem, Slot


def slot_lost(problem: Problem, slot: str) -> Problem:
    """The problem without this slot and without every mention of it (but published rows).

    A session whose rest then has a pause longer than ``pause_within_session`` becomes two. A
    meeting that could only be in the slot has no start any more. The slot is sure to stay without
    a meeting, so ``free_slots`` of limits that name it ask for one less.
    """
    lost = problem.slot_by_id.get(slot)
    if lost is None:
        raise IncidentError(f"no slot {shown(slot)}")
    if problem.rules.now is not None and lost.start < problem.rules.now:
        raise IncidentError(f"slot {shown(slot)} has begun")
    here = frozenset({slot})
    return replace(
        problem,
        slots=_whole_sessions(problem, [each for each in problem.slots if each is not lost]),
        participants=tuple(replace(p, absent=p.absent - here) for p in problem.participants),
        interpreters=tuple(replace(i, absent=i.absent - here) for i in problem.interpreters),
        places=None
        if problem.places is None
        else tuple(replace(place, closed=place.closed - here) for place in problem.places),
        meetings=tuple(_elsewhere(meeting, slot) for meeting in problem.meetings),
        limits=tuple(_fewer(problem.limits, slot)),
    )


def _whole_sessions(problem: Problem, slots: list[Slot]) -> tuple[Slot, ...]:
    """Slots in the order of time; what follows too long a pause gets a session of its own."""
    names = set(problem.sessions)
    longest = timedelta(minutes=problem.rules.pause_within_session)
    renamed: dict[str, str] = {}
    found = slots[:1]
    for earlier, later in pairwise(slots):
        if earlier.session == later.session and later.start - earlier.end > longest:
            renamed[later.session] = _new_name(later.session, names)
        found.append(replace(later, session=renamed.get(later.session, later.session)))
    return tuple(found)


def _new_name(session: str, names: set[str]) -> str:
    name = f"{session}-2"
    while name in names:
        name += "-2"
    names.add(name)
    return name


def _elsewhere(meeting: Meeting, slot: str) -> Meeting:
    if meeting.fixed_slot == slot:
        return replace(meeting, fixed_slot=None, slots=frozenset())
    if meeting.slots is not None and slot in meeting.slots:
        return replace(meeting, slots=meeting.slots - {slot})
    return meeting


def _fewer(limits: tuple[Limit, ...], slot: str) -> Iterator[Limit]:
    for limit in limits:
        if slot not in limit.slots:
            yield limit
            continue
        free = (limit.free_slots or 0) - 1
        left = replace(limit, slots=limit.slots - {slot}, free_slots=free if free > 0 else None)
        if left.slots and (left.max_meetings is not None or left.free_slots is not None):
            yield left
