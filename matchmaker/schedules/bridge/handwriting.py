"""A schedule that is changed by hand: what is asked for in it, and its two files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.aims import PRESETS
from matchmaker.schedules.bridge.limiting import limited, without_strangers
from matchmaker.schedules.bridge.problems import goals_of, make_frame, make_problem
from solver.files import (
    problem_from_json,
    problem_sha256,
    problem_to_json,
    schedule_to_json,
)
from solver.problem import Meeting, Problem, PublishedMeeting
from solver.schedule import PlacedMeeting, Reason, Schedule, Status, Unplaced

Row = dict[str, Any]


def asked_now(
    session: Session,
    event: Event,
    problem: str,
    placed: Collection[str],
    more: Collection[Meeting] = (),
) -> str:
    """The problem of the event as it is now. The meetings that are placed stay as they were
    asked for, whether anybody still asks for them or not, where their people are there. ``more``:
    meetings that are asked for as well, whoever wishes for them.
    """
    return _text(problem_to_json(problem_now(session, event, problem, placed, more)))


def problem_now(
    session: Session,
    event: Event,
    problem: str,
    placed: Collection[str],
    more: Collection[Meeting] = (),
) -> Problem:
    known = make_problem(session, event, "most_wishes")
    there = set(known.participant_by_id)
    before = _read(problem).meetings if problem else ()
    kept = {row.id: row for row in before if row.id in placed and row.people() <= there}
    kept = {row.id: row for row in more if row.people() <= there} | kept
    new = tuple(row for row in known.meetings if row.id not in kept)
    asked = replace(known, meetings=(*kept.values(), *new), goals=())
    return limited(session, event, asked)


def framed_now(session: Session, event: Event, problem: str) -> str:
    """The same meetings, among the people, slots and places of the event as it is now."""
    asked = _read(problem)
    people = {person for row in asked.meetings for person in row.people()}
    known = make_frame(session, event, people)
    there = set(known.participant_by_id)
    meetings = tuple(row for row in asked.meetings if row.people() <= there)
    known = limited(session, event, replace(known, meetings=meetings, goals=()))
    return _text(problem_to_json(known))


def written_by_hand(
    problem: str, placed: Iterable[PlacedMeeting], unplaced: dict[str, Row]
) -> tuple[str, str]:
    """Both files. What was to be improved is left out: nobody solved, nothing is proven."""
    asked = replace(_read(problem), published=(), goals=())
    schedule = Schedule(
        problem_sha256=problem_sha256(asked),
        status=Status.FEASIBLE,
        meetings=tuple(placed),
        unplaced=tuple(
            Unplaced(meeting=name, reason=_reason(row)) for name, row in sorted(unplaced.items())
        ),
    )
    return _text(problem_to_json(asked)), _text(schedule_to_json(schedule))


def _reason(row: Row) -> Reason:
    lists = {
        name: tuple(row.get(name, ())) for name in ("participants", "slots", "places", "meetings")
    }
    return Reason(rule=row["rule"], text=row.get("text", ""), **lists)


def _read(text: str) -> Problem:
    return problem_from_json(json.loads(text))


def _text(document: Row) -> str:
    return json.dumps(document, ensure_ascii=False)


def to_be_solved(
    problem: str, kept: Iterable[PlacedMeeting], asked: Collection[str]
) -> tuple[str, str]:
    """A problem in which these meetings stay where they are, and those asked for are to be
    placed as well as can be; and its hash.
    """
    solved = solvable(_read(problem), kept, asked)
    return _text(problem_to_json(solved)), problem_sha256(solved)


def solvable(known: Problem, kept: Iterable[PlacedMeeting], asked: Collection[str]) -> Problem:
    locked = tuple(_locked(row) for row in kept)
    names = {row.meeting for row in locked} | set(asked)
    solved = replace(
        known,
        meetings=tuple(row for row in known.meetings if row.id in names),
        published=locked,
        goals=goals_of(PRESETS["most_wishes"]),
    )
    return without_strangers(solved)


def _locked(row: PlacedMeeting) -> PublishedMeeting:
    return PublishedMeeting(
        meeting=row.meeting,
        slot=row.slot,
        place=row.place,
        room=row.room,
        participants=row.participants,
        interpreter=row.interpreter,
        locked=True,
    )
