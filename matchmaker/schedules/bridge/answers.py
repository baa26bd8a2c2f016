"""From a problem to a schedule, and what the independent check says of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.aims import Aim
from matchmaker.schedules.bridge.limiting import limited
from matchmaker.schedules.bridge.problems import make_problem
from matchmaker.schedules.queries import cancelled_meetings
from matchmaker.wishes.meetings import propose_meetings
from solver.checking import check
from solver.files import (
    problem_from_json,
    problem_sha256,
    problem_to_json,
    schedule_from_json,
    schedule_to_json,
)
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule
from solver.settings import Progress, Settings
from solver.validation import violations

Tell = Callable[[dict[str, Any]], None]
Stop = Callable[[], bool]


def write_problem(session: Session, event: Event, wanted: str | Aim) -> tuple[str, str]:
    """The event as ``matchmaker-problem/1``, and its hash."""
    problem = make_problem(session, event, wanted)
    return json.dumps(problem_to_json(problem), ensure_ascii=False), problem_sha256(problem)


def size_of(problem: str) -> dict[str, int]:
    """How many meetings are asked for, and what they are worth together."""
    meetings = _problem(problem).meetings
    return {"meetings": len(meetings), "points": sum(row.weight for row in meetings)}


def solve(problem: str, settings: dict[str, Any], tell: Tell, stop: Stop) -> str:
    """The engine's answer as ``matchmaker-schedule/1``."""
    from solver import engine  # OR-Tools is large: only who solves loads it

    def listen(progress: Progress) -> None:
        tell(
            {
                "seconds": round(progress.seconds, 1),
                "goal": progress.goal,
                "value": progress.value,
                "bound": progress.bound,
            }
        )

    schedule = engine.solve(_problem(problem), Settings(**settings), listen, stop)
    return json.dumps(schedule_to_json(schedule), ensure_ascii=False)


def objections(problem: str, schedule: str) -> list[str]:
    """What the independent check finds wrong; empty where the schedule holds."""
    return [str(found) for found in check(_problem(problem), _schedule(schedule))]


@dataclass(frozen=True)
class Broken:
    """A rule that a published meeting would break, by its code, with whom and where."""

    rule: str
    meetings: tuple[str, ...]
    participants: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def broken_now(session: Session, event: Event, problem: str, schedule: str) -> list[Broken]:
    """What a schedule made earlier breaks of the event as it is now.

    The meetings are taken as they were: a wish that was taken back does not stop a publication,
    a `never` does.
    """
    asked, answer = _problem(problem), _schedule(schedule)
    known = make_problem(session, event, "most_wishes")
    there = set(known.participant_by_id)
    meetings = tuple(row for row in asked.meetings if row.people() <= there)
    kept = {row.id for row in meetings}
    placed = tuple(row for row in answer.meetings if row.meeting in kept)
    known = limited(session, event, replace(known, meetings=meetings, published=()))
    found = violations(known, replace(answer, meetings=placed))
    broken = [
        Broken(row.rule, row.meetings, row.participants, row.slots, row.places) for row in found
    ]
    return [*broken, *_forbidden(session, event, placed), *_cancelled(session, event, placed)]


def _forbidden(
    session: Session, event: Event, placed: tuple[PlacedMeeting, ...]
) -> Iterator[Broken]:
    left_out = propose_meetings(session, event).left_out
    pairs = {frozenset(row.people) for row in left_out if row.code == "never"}
    for row in placed:
        for pair in combinations(row.participants, 2):
            if frozenset(pair) in pairs:
                yield Broken("never", (row.meeting,), pair)


def _cancelled(
    session: Session, event: Event, placed: tuple[PlacedMeeting, ...]
) -> Iterator[Broken]:
    cancelled = cancelled_meetings(session, event.id)
    for row in placed:
        if row.meeting in cancelled:
            yield Broken("cancelled", (row.meeting,), row.participants)


def _problem(text: str) -> Problem:
    return problem_from_json(json.loads(text))


def _schedule(text: str) -> Schedule:
    return schedule_from_json(json.loads(text))
