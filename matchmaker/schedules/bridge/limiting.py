"""The event's limits, as the engine knows them: rest, pauses, sessions, organisations once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.limits.queries import (
    limits_of,
    rest_wishes,
    session_limits,
    slots_of_sessions,
    taken_pauses,
)
from matchmaker.participants.models import Participant as Person
from solver.problem import Limit, Meeting, Participant, Problem, PublishedMeeting

Group = tuple[str, ...]


def limited(session: Session, event: Event, problem: Problem) -> Problem:
    """The problem with the limits that hold for its people, and for its meetings together.

    What is locked was agreed on before: nobody is held to fewer than they have locked.
    """
    people = tuple(row.id for row in problem.participants)
    limits = [*_of_sessions(session, event, people), *_of_pauses(session, event, people)]
    return replace(
        problem,
        participants=_with_their_runs(problem),
        limits=tuple(part for row in limits for part in _eased(row, problem.published)),
        exclusive=exclusive_groups(
            organisations_once(session, event), problem.meetings, problem.published
        ),
    )


def _with_their_runs(problem: Problem) -> tuple[Participant, ...]:
    """Whoever has more locked meetings in a row than allowed is allowed as many."""
    held: dict[str, set[str]] = {}
    for row in problem.published:
        for person in row.participants if row.locked else ():
            held.setdefault(person, set()).add(row.slot)
    if not held:
        return problem.participants
    return tuple(
        replace(row, max_in_a_row=max(row.max_in_a_row, _longest_run(problem, held[row.id])))
        if row.max_in_a_row is not None and row.id in held
        else row
        for row in problem.participants
    )


def _longest_run(problem: Problem, busy: set[str]) -> int:
    """In slots of one session that follow each other."""
    longest, run, before = 0, 0, ""
    for slot in problem.slots:
        run = (run if slot.session == before else 0) + 1 if slot.id in busy else 0
        longest, before = max(longest, run), slot.session
    return longest


def rests(session: Session, event: Event) -> tuple[int | None, Mapping[str, int]]:
    """The most meetings in a row: of everybody, and of those who want fewer."""
    return limits_of(session, event.id).in_a_row, rest_wishes(session, event.id)


def least(*numbers: int | None) -> int | None:
    """Of those that are given."""
    return min((number for number in numbers if number is not None), default=None)


def organisations_once(session: Session, event: Event) -> dict[str, str] | None:
    """Whose organisation is which, where two organisations meet only once."""
    if not limits_of(session, event.id).organisations_once:
        return None
    rows = session.execute(
        select(Person.id, Person.organisation_id).where(
            Person.event_id == event.id, Person.organisation_id.is_not(None)
        )
    )
    return {person: organisation for person, organisation in rows if organisation}


def exclusive_groups(
    organisations: Mapping[str, str] | None,
    meetings: Iterable[Meeting],
    locked: Sequence[PublishedMeeting] = (),
) -> tuple[Group, ...]:
    """Meetings of which one takes place at most: those between two organisations. Of several
    that are locked the first stands for all: they stay, and no other comes.
    """
    if organisations is None:
        return ()
    fixed = {row.meeting for row in locked if row.locked}
    groups: dict[frozenset[str], list[str]] = {}
    for row in meetings:
        pair = frozenset(organisations.get(person, "") for person in row.people())
        if len(pair) == 2 and "" not in pair:
            groups.setdefault(pair, []).append(row.id)
    found = (_one_locked(sorted(names), fixed) for names in groups.values())
    return tuple(sorted(names for names in found if len(names) > 1))


def without_strangers(problem: Problem) -> Problem:
    """Only groups of meetings that the problem has."""
    known = {row.id for row in problem.meetings}
    groups = (tuple(name for name in group if name in known) for group in problem.exclusive)
    return replace(problem, exclusive=tuple(group for group in groups if len(group) > 1))


def _one_locked(names: list[str], fixed: set[str]) -> Group:
    locked = [name for name in names if name in fixed]
    return tuple(name for name in names if name not in locked[1:])


def _of_sessions(session: Session, event: Event, people: Group) -> list[Limit]:
    slots = slots_of_sessions(session, event.id)
    return [
        Limit(participants=people, slots=frozenset(slots[name]), max_meetings=most)
        for name, most in sorted(session_limits(session, event.id).items())
        if name in slots and people
    ]


def _of_pauses(session: Session, event: Event, people: Group) -> list[Limit]:
    """Those that leave a choice: who takes a whole pause is absent then."""
    found = []
    for row in taken_pauses(session, event.id):
        takers = people if row.people is None else tuple(p for p in people if p in row.people)
        if takers and row.free < len(row.slots):
            found.append(Limit(participants=takers, slots=row.slots, free_slots=row.free))
    return found


def _eased(limit: Limit, published: Sequence[PublishedMeeting]) -> list[Limit]:
    """Apart for each who has more locked meetings in these slots than the limit allows."""
    held: dict[str, set[str]] = {}
    for row in published:
        if row.locked and row.slot in limit.slots:
            for person in row.participants:
                held.setdefault(person, set()).add(row.meeting)
    allowed = (
        limit.max_meetings
        if limit.max_meetings is not None
        else len(limit.slots) - (limit.free_slots or 0)
    )
    over = {person: len(rows) for person, rows in held.items() if len(rows) > allowed}
    rest = tuple(person for person in limit.participants if person not in over)
    eased = [replace(limit, participants=rest)] if rest else []
    for person in limit.participants:
        if person in over and limit.max_meetings is not None:
            eased.append(replace(limit, participants=(person,), max_meetings=over[person]))
        elif person in over and (free := len(limit.slots) - over[person]) > 0:
            eased.append(replace(limit, participants=(person,), free_slots=free))
    return eased
