"""Rules about how meetings spread over time: limits in given slots, and breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

from solver.faults import shown
from solver.problem import Limit, Participant, Problem
from solver.validation.plan import Entry, Plan
from solver.validation.violation import Violation


def limits(plan: Plan) -> Iterator[Violation]:
    """In the slots of a limit: not too many meetings start, and enough slots stay free."""
    for position, limit in enumerate(plan.problem.limits):
        groups = [limit.participants] if limit.together else [(p,) for p in limit.participants]
        for people in groups:
            entries = _entries_of(plan, people)
            for text in _broken_limit(limit, entries):
                yield Violation(
                    rule="limits",
                    text=f"limit {position}, {', '.join(map(shown, people))}: {text}",
                    meetings=tuple(entry.id for entry in entries),
                    participants=tuple(people),
                    slots=tuple(sorted(limit.slots)),
                )


def _entries_of(plan: Plan, people: tuple[str, ...]) -> list[Entry]:
    found = chain.from_iterable(plan.by_person.get(person, []) for person in people)
    return list(dict.fromkeys(found))


def _broken_limit(limit: Limit, entries: list[Entry]) -> Iterator[str]:
    if limit.max_meetings is not None:
        starting = [entry for entry in entries if entry.placed.slot in limit.slots]
        if len(starting) > max(limit.max_meetings, sum(entry.kept for entry in starting)):
            yield f"{len(starting)} meetings start in its slots, at most {limit.max_meetings} may"
    if limit.free_slots is not None:
        taken = _taken(limit, entries)
        by_kept = _taken(limit, [entry for entry in entries if entry.kept])
        if taken > max(len(limit.slots) - limit.free_slots, by_kept):
            free = len(limit.slots) - taken
            yield f"{free} of its slots are free, at least {limit.free_slots} have to be"


def _taken(limit: Limit, entries: list[Entry]) -> int:
    return len({slot for entry in entries for slot in entry.slots if slot in limit.slots})


def breaks(plan: Plan) -> Iterator[Violation]:
    """Nobody with one seat has more breaks than ``breaks_per_participant``."""
    allowed = plan.problem.rules.breaks_per_participant
    if allowed is None:
        return
    count_breaks = break_counter(plan.problem)
    for person in plan.problem.participants:
        entries = plan.by_person.get(person.id, [])
        count = count_breaks(person, entries)
        if count <= allowed:
            continue
        if count > count_breaks(person, [entry for entry in entries if entry.kept]):
            text = f"participant {shown(person.id)} has {count} breaks, at most {allowed} may be"
            yield Violation(rule="breaks", text=text, participants=(person.id,))


def break_counter(problem: Problem) -> Callable[[Participant, Sequence[Entry]], int]:
    """A function that counts one participant's breaks, given their entries."""
    scope_of = _scopes(problem)
    absence_is_idle = problem.rules.absence_is_idle

    def count(person: Participant, entries: Sequence[Entry]) -> int:
        if person.seats > 1 or len(entries) < 2:
            return 0
        busy = {slot for entry in entries for slot in range(entry.first, entry.last + 1)}
        gone = frozenset() if absence_is_idle else person.absent
        return sum(
            later - earlier > 1
            and scope_of[earlier] == scope_of[later]
            and any(slot.id not in gone for slot in problem.slots[earlier + 1 : later])
            for earlier, later in pairwise(sorted(busy))
        )

    return count


def _scopes(problem: Problem) -> list[object]:
    """For each slot the session, day or event in which its breaks count; all in one piece."""
    within = problem.rules.breaks_within
    if within == "session":
        return [slot.session for slot in problem.slots]
    if within == "day":
        return [slot.start.date() for slot in problem.slots]
    return [None] * len(problem.slots)
