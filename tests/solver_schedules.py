"""Schedules written by hand, for tests of the check."""

from __future__ import annotations

from typing import Any

from solver.files import problem_sha256
from solver.problem import Problem
from solver.schedule import (
    Conflict,
    GoalResult,
    PlacedMeeting,
    Reason,
    Released,
    Schedule,
    Status,
    Unplaced,
)
from solver.validation import goal_values, released_meetings


def place(meeting: str, slot: str, where: str | None = None, **more: Any) -> dict[str, Any]:
    """One placed meeting; without ``people`` the first of each side comes."""
    return {"meeting": meeting, "slot": slot, "place": where} | more


def placed(problem: Problem, rows: list[dict[str, Any]]) -> tuple[PlacedMeeting, ...]:
    return tuple(_placed(problem, dict(row)) for row in rows)


def _placed(problem: Problem, row: dict[str, Any]) -> PlacedMeeting:
    meeting = problem.meeting_by_id.get(row["meeting"])
    people = row.pop("people", None)
    if people is None:
        people = [side[0] for side in meeting.sides] if meeting is not None else []
    return PlacedMeeting(participants=tuple(people), **row)


def schedule_of(
    problem: Problem,
    rows: list[dict[str, Any]],
    status: Status = Status.FEASIBLE,
    conflict: Conflict | None = None,
) -> Schedule:
    """A whole schedule whose lists, hash and values are right; nothing in it is proven."""
    meetings = placed(problem, rows)
    there = {row.meeting for row in meetings}
    values = goal_values(problem, meetings)
    unreachable = {"wishes": sum(meeting.weight for meeting in problem.meetings)}
    return Schedule(
        problem_sha256=problem_sha256(problem),
        status=status,
        meetings=meetings,
        unplaced=tuple(
            Unplaced(meeting=meeting.id, reason=Reason(rule="busy", text="No time."))
            for meeting in problem.meetings
            if meeting.id not in there
        ),
        released=tuple(
            Released(meeting=row.meeting, rule=row.rule) for row in released_meetings(problem)
        ),
        conflict=conflict,
        goals=tuple(
            GoalResult(
                goal=goal.goal,
                best=values[goal.goal],
                value=values[goal.goal],
                bound=(0,) * 5 if goal.goal == "worst_off" else unreachable.get(goal.goal, 0),
                proven=False,
            )
            for goal in problem.goals
        ),
    )
