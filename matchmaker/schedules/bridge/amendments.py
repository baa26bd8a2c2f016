"""A published schedule with a few meetings out, back, or elsewhere; and where they can go."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.bridge.limiting import limited
from matchmaker.schedules.bridge.problems import make_frame
from solver.files import (
    problem_from_json,
    problem_sha256,
    problem_to_json,
    schedule_from_json,
    schedule_to_json,
)
from solver.problem import Limit, Meeting, Participant, Problem
from solver.schedule import PlacedMeeting, Schedule, Status

if TYPE_CHECKING:
    from solver.openings import Openings

Row = dict[str, Any]


def amended(
    problem: str, schedule: str, gone: Collection[str], back: Sequence[Row] = ()
) -> tuple[str, str]:
    """Both files without the meetings that are ``gone`` and with those in ``back``, each of which
    says what was asked for and where it is. What was to be improved is left out: nobody solved.
    """
    asked, answer = json.loads(problem), json.loads(schedule)
    out = {*gone, *(row["asked"]["id"] for row in back)}
    meetings = [row for row in asked["meetings"] if row["id"] not in out]
    asked["meetings"] = meetings + [row["asked"] for row in back]
    _forget_strangers(asked)
    asked["goals"] = []
    asked.pop("published", None)
    placed = [row for row in answer["meetings"] if row["meeting"] not in out]
    placed += [row["placed"] for row in back]
    hash_ = problem_sha256(problem_from_json(asked))
    bare = Schedule(problem_sha256=hash_, status=Status.FEASIBLE, meetings=())
    answer = {
        **schedule_to_json(bare),
        "meetings": sorted(placed, key=lambda row: str(row["meeting"])),
        "unplaced": [row for row in answer["unplaced"] if row["meeting"] not in out],
    }
    return json.dumps(asked, ensure_ascii=False), json.dumps(answer, ensure_ascii=False)


def _forget_strangers(asked: Row) -> None:
    """Only groups of meetings that the file still has."""
    known = {row["id"] for row in asked["meetings"]}
    groups = ([name for name in group if name in known] for group in asked.get("exclusive", ()))
    asked["exclusive"] = [group for group in groups if len(group) > 1]


def taken_out(problem: str, schedule: str, ids: Collection[str]) -> list[Row]:
    """What it takes to put these meetings back: what was asked for, and where they are."""
    asked = {row["id"]: row for row in json.loads(problem)["meetings"]}
    return [
        {"asked": asked[row["meeting"]], "placed": row}
        for row in json.loads(schedule)["meetings"]
        if row["meeting"] in ids
    ]


def other_times(
    session: Session, event: Event, problem: str, schedule: str, meeting_id: str
) -> list[Row]:
    """Every other slot in which the same people can meet, one way of each: at the same place
    where that is free. By the rules of the event as it is now.
    """
    asked, answer = _files(problem, schedule)
    here = next(row for row in answer.meetings if row.meeting == meeting_id)
    openings = _openings(session, event, asked, answer, {meeting_id})
    meeting = openings.problem.meeting_by_id[meeting_id]
    found: list[Row] = []
    for start in openings.likely_starts(meeting):
        slot = openings.problem.slots[start].id
        wanted = replace(here, slot=slot)
        way = wanted if openings.allows(meeting, wanted) else openings.find(meeting, start)
        if slot == here.slot or not isinstance(way, PlacedMeeting):
            continue
        if way.participants == here.participants:
            found.append(_row(way))
    return found


def at_the_same_time(
    session: Session, event: Event, problem: str, schedule: str, ids: Collection[str]
) -> tuple[list[Row], list[str]]:
    """The way of each of these meetings in the slot in which it is, by the rules of the event as
    it is now: what was asked for and where it can be; and those for which there is none.
    """
    asked, answer = _files(problem, schedule)
    openings = _openings(session, event, asked, answer, ids)
    texts = {row["id"]: row for row in json.loads(problem)["meetings"]}
    moved: list[Row] = []
    lost: list[str] = []
    for here in (row for row in answer.meetings if row.meeting in ids):
        meeting = openings.problem.meeting_by_id.get(here.meeting)
        start = openings.problem.slot_position.get(here.slot)
        way = None if meeting is None or start is None else openings.find(meeting, start)
        if isinstance(way, PlacedMeeting) and way.participants == here.participants:
            openings.roster.add(way)
            moved.append({"asked": texts[here.meeting], "placed": _row(way)})
        else:
            lost.append(here.meeting)
    return moved, lost


def still_fitting(
    session: Session, event: Event, problem: str, schedule: str, rows: Sequence[Row]
) -> list[Row]:
    """Those of the meetings taken out that can be put back exactly where they were."""
    asked, answer = _files(problem, schedule)
    ids = {row["asked"]["id"] for row in rows}
    meetings = [row for row in asked.meetings if row.id not in ids]
    asked = replace(asked, meetings=(*meetings, *(_meeting(row["asked"]) for row in rows)))
    openings = _openings(session, event, asked, answer, ids)
    fitting = []
    for row in rows:
        placed = _placed(row["placed"])
        known = openings.problem.meeting_by_id.get(placed.meeting)
        if known is not None and openings.allows(known, placed):
            openings.roster.add(placed)
            fitting.append(row)
    return fitting


def ways_for(session: Session, event: Event, problem: str, schedule: str, wanted: Row) -> list[Row]:
    """The first way to hold a new meeting in each slot in which it can be, by the rules of the
    event as it is now.
    """
    asked, answer = _files(problem, schedule)
    others = tuple(row for row in asked.meetings if row.id != wanted["id"])
    asked = replace(asked, meetings=(*others, _meeting(wanted)))
    openings = _openings(session, event, asked, answer, {wanted["id"]})
    meeting = openings.problem.meeting_by_id.get(wanted["id"])
    if meeting is None:
        return []
    found = (openings.find(meeting, start) for start in openings.likely_starts(meeting))
    return [_row(way) for way in found if isinstance(way, PlacedMeeting)]


def brought_up_to_date(
    session: Session, event: Event, problem: str, people: Collection[str]
) -> str:
    """The file with who and what has come since it was made. Of these people it says what holds
    both then and now: their meetings of then stay right, and what is new is judged by now.
    """
    asked = problem_from_json(json.loads(problem))
    known = make_frame(session, event, set())
    newer = known.participant_by_id
    there = {row.id: row for row in asked.participants}
    for person in people:
        if person in there and person in newer:
            there[person] = _both(there[person], newer[person])
    asked = replace(
        asked,
        slots=tuple(sorted(_united(asked.slots, known.slots), key=lambda row: row.start)),
        places=_united(asked.places or (), known.places or ()),
        participants=_united(tuple(there.values()), known.participants),
        interpreters=_united(asked.interpreters, known.interpreters),
        limits=tuple(
            _without(row, people) for row in asked.limits if {*row.participants} - {*people}
        ),
    )
    return json.dumps(problem_to_json(asked), ensure_ascii=False)


def _without(limit: Limit, people: Collection[str]) -> Limit:
    """What is new of these people is judged by now, and not by the limits of then."""
    others = tuple(person for person in limit.participants if person not in people)
    return replace(limit, participants=others)


def nothing_yet(session: Session, event: Event) -> tuple[str, str]:
    """The files of an event in which no meeting is fixed."""
    asked = make_frame(session, event, set())
    answer = Schedule(problem_sha256=problem_sha256(asked), status=Status.FEASIBLE, meetings=())
    texts = (problem_to_json(asked), schedule_to_json(answer))
    return json.dumps(texts[0], ensure_ascii=False), json.dumps(texts[1], ensure_ascii=False)


def _both(then: Participant, now: Participant) -> Participant:
    limits = (then.max_meetings, now.max_meetings)
    rests = (then.max_in_a_row, now.max_in_a_row)
    return replace(
        now,
        absent=then.absent & now.absent,
        seats=max(then.seats, now.seats),
        max_meetings=None if None in limits else max(row for row in limits if row is not None),
        max_in_a_row=None if None in rests else max(row for row in rests if row is not None),
    )


def _united(then: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Any, ...]:
    known = {row.id for row in then}
    return (*then, *(row for row in now if row.id not in known))


def _openings(
    session: Session, event: Event, asked: Problem, answer: Schedule, without: Collection[str]
) -> Openings:
    from solver.openings import Openings  # loads the engine's tables: only who asks
    from solver.possibilities import Possibilities
    from solver.roster import Roster

    known = make_frame(session, event, set())
    there = set(known.participant_by_id)
    meetings = tuple(row for row in asked.meetings if row.people() <= there)
    known = limited(session, event, replace(known, meetings=meetings))
    kept = {row.id for row in meetings} - set(without)
    placed = [row for row in answer.meetings if row.meeting in kept]
    return Openings(Roster(Possibilities(known)).load(placed))


def _files(problem: str, schedule: str) -> tuple[Problem, Schedule]:
    return problem_from_json(json.loads(problem)), schedule_from_json(json.loads(schedule))


def _meeting(row: Row) -> Meeting:
    """Of the form in which it stands in a file."""
    sides = tuple(tuple(side) for side in row["sides"])
    extent = {name: row[name] for name in ("weight", "length") if name in row}
    return Meeting(id=row["id"], sides=sides, **extent)


def _placed(row: Row) -> PlacedMeeting:
    return PlacedMeeting(**{**row, "participants": tuple(row["participants"])})


def _row(placed: PlacedMeeting) -> Row:
    return {
        "meeting": placed.meeting,
        "slot": placed.slot,
        "place": placed.place,
        "room": placed.room,
        "participants": list(placed.participants),
        "interpreter": placed.interpreter,
    }
