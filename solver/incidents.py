"""What goes wrong on the day, as changes of the problem: the schedule is repaired by solving it.

``publish`` makes a schedule the published one; each incident then gives the problem as it is
now. Incidents can follow each other::

    told = publish(problem, schedule, now=datetime(2026, 10, 14, 9, 20))
    told = late_arrival(no_show(told, "p7"), "p3", until="d1-1000")
    repaired = solve(told)

Nothing before ``rules.now`` is touched. Unknown ids and slots that have begun raise
:class:`IncidentError` with a sentence for the organiser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from solver.faults import shown
from solver.problem import Goal, Meeting, Participant, Problem, PublishedMeeting, Slot
from solver.schedule import PlacedMeeting, Schedule

Row = TypeVar("Row")


class IncidentError(ValueError):
    """The incident names something that the problem does not have, or that is over."""


def publish(
    problem: Problem,
    schedule: Schedule,
    *,
    now: datetime | None = None,
    max_changes: int | None = None,
) -> Problem:
    """The same problem with this schedule published; few changes count after ``minimum``.

    Locked meetings stay locked where the schedule kept them. ``now`` is a wall time of the
    event; None leaves the one that the problem has. ``max_changes`` likewise.
    """
    before = {row.meeting: row for row in problem.published}
    rules = problem.rules
    return replace(
        problem,
        published=tuple(_published(row, before.get(row.meeting)) for row in schedule.meetings),
        goals=_with_stability(problem.goals),
        rules=replace(
            rules,
            now=rules.now if now is None else now,
            max_changes=rules.max_changes if max_changes is None else max_changes,
        ),
    )


def no_show(problem: Problem, participant: str) -> Problem:
    """The participant does not come any more, from ``now`` on."""
    return _miss(problem, participant, _future(problem))


def late_arrival(problem: Problem, participant: str, until: str) -> Problem:
    """The participant arrives for the slot ``until`` and misses what lies before it."""
    arrival = _slot(problem, until).start
    return _miss(problem, participant, [s for s in _future(problem) if s.start < arrival])


def left_early(problem: Problem, participant: str, since: str) -> Problem:
    """The participant misses the slot ``since`` and all after it."""
    leaving = _slot(problem, since).start
    return _miss(problem, participant, [s for s in _future(problem) if s.start >= leaving])


def place_closed(problem: Problem, place: str, slots: Iterable[str] | None = None) -> Problem:
    """A table, stand or room cannot be used in these slots (None: from ``now`` on)."""
    known = _known(place, problem.place_by_id, "place")
    closed = known.closed | _chosen(problem, slots)
    places = problem.places or ()
    changed = replace(known, closed=closed)
    return replace(problem, places=tuple(changed if p is known else p for p in places))


def interpreter_ill(
    problem: Problem, interpreter: str, slots: Iterable[str] | None = None
) -> Problem:
    """An interpreter is away in these slots (None: from ``now`` on)."""
    known = _known(interpreter, problem.interpreter_by_id, "interpreter")
    changed = replace(known, absent=known.absent | _chosen(problem, slots))
    interpreters = tuple(changed if i is known else i for i in problem.interpreters)
    return replace(problem, interpreters=interpreters)


def walk_in(problem: Problem, participant: Participant, meetings: Sequence[Meeting]) -> Problem:
    """Somebody new, with the meetings that they or others wish."""
    if participant.id in problem.participant_by_id:
        raise IncidentError(f"participant {shown(participant.id)} is there already")
    if participant.place is not None:
        _known(participant.place, problem.place_by_id, "place")
    people = {**problem.participant_by_id, participant.id: participant}
    for name in sorted(participant.absent):
        _known(name, problem.slot_by_id, "slot")
    names = set(problem.meeting_by_id)
    for meeting in meetings:
        if meeting.id in names:
            raise IncidentError(f"meeting {shown(meeting.id)} is there already")
        names.add(meeting.id)
        for person in sorted(meeting.people()):
            _known(person, people, "participant")
    return replace(
        problem,
        participants=(*problem.participants, participant),
        meetings=(*problem.meetings, *meetings),
    )


def _published(row: PlacedMeeting, before: PublishedMeeting | None) -> PublishedMeeting:
    now = PublishedMeeting(
        meeting=row.meeting,
        slot=row.slot,
        place=row.place,
        room=row.room,
        participants=row.participants,
        interpreter=row.interpreter,
    )
    locked = before is not None and before.locked and replace(before, locked=False) == now
    return replace(now, locked=locked)


def _with_stability(goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """Few changes come first, after ``minimum`` where that is first, as the format has it."""
    if any(goal.goal == "stability" for goal in goals):
        return goals
    first = 1 if goals and goals[0].goal == "minimum" else 0
    return (*goals[:first], Goal(goal="stability"), *goals[first:])


def _miss(problem: Problem, participant: str, slots: Iterable[Slot]) -> Problem:
    known = _known(participant, problem.participant_by_id, "participant")
    changed = replace(known, absent=known.absent | {slot.id for slot in slots})
    people = tuple(changed if p is known else p for p in problem.participants)
    return replace(problem, participants=people)


def _future(problem: Problem) -> list[Slot]:
    now = problem.rules.now
    return [slot for slot in problem.slots if now is None or slot.start >= now]


def _chosen(problem: Problem, slots: Iterable[str] | None) -> frozenset[str]:
    if slots is None:
        return frozenset(slot.id for slot in _future(problem))
    return frozenset(_slot(problem, name).id for name in slots)


def _slot(problem: Problem, name: str) -> Slot:
    slot = _known(name, problem.slot_by_id, "slot")
    now = problem.rules.now
    if now is not None and slot.start < now:
        raise IncidentError(f"slot {shown(name)} has begun")
    return slot


def _known(name: str, rows: dict[str, Row], kind: str) -> Row:
    if name not in rows:
        raise IncidentError(f"no {kind} {shown(name)}")
    return rows[name]
