"""One schedule out of two: some sessions as the one has them, the rest as the other."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.bridge.handwriting import written_by_hand
from matchmaker.schedules.bridge.limiting import limited
from matchmaker.schedules.bridge.problems import make_problem
from solver.files import problem_from_json, problem_to_json, schedule_from_json
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule

Files = tuple[str, str]
OTHERWISE = {"rule": "other_part"}  # it is placed, at a time that was not taken over


def joined(
    session: Session, event: Event, part: Files, rest: Files | None, slots: Collection[str]
) -> Files:
    """What starts in these slots is taken from ``part``, the rest as it is; without those who
    take part no longer. Of a meeting that would be there twice, the one of the rest stays.
    """
    (asked, answer), known = _read(part), make_problem(session, event, "most_wishes")
    meetings = asked.meeting_by_id
    placed = {row.meeting: row for row in answer.meetings if row.slot in slots}
    if rest is not None:
        asked_then, answer_then = _read(rest)
        meetings = {**meetings, **asked_then.meeting_by_id}
        placed |= {row.meeting: row for row in answer_then.meetings if row.slot not in slots}
    there = set(known.participant_by_id)
    kept = [row for row in placed.values() if meetings[row.meeting].people() <= there]
    ids = {row.meeting for row in kept}
    asked_now = tuple(row for row in known.meetings if row.id not in ids)
    known = replace(
        known, meetings=(*(meetings[name] for name in sorted(ids)), *asked_now), goals=()
    )
    known = limited(session, event, known)
    text = json.dumps(problem_to_json(known), ensure_ascii=False)
    return written_by_hand(text, kept, _unplaced(known, answer, kept))


def _unplaced(
    asked: Problem, answer: Schedule, kept: Collection[PlacedMeeting]
) -> dict[str, dict[str, object]]:
    """Why each is not placed, as far as the part says it."""
    said = {row.meeting: row.reason for row in answer.unplaced}
    placed, elsewhere = {row.meeting for row in kept}, {row.meeting for row in answer.meetings}
    found: dict[str, dict[str, object]] = {}
    for row in asked.meetings:
        if row.id in placed:
            continue
        if row.id in said:
            found[row.id] = {
                name: getattr(said[row.id], name)
                for name in ("rule", "text", "participants", "slots", "places", "meetings")
            }
        else:
            found[row.id] = dict(OTHERWISE) if row.id in elsewhere else {"rule": "late"}
    return found


def _read(files: Files) -> tuple[Problem, Schedule]:
    return problem_from_json(json.loads(files[0])), schedule_from_json(json.loads(files[1]))
