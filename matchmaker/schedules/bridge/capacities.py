"""Capacity of an event: what the engine finds out before anything is scheduled."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from solver.files import problem_from_json
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.settings import Settings


def study_capacity(problem: str, settings: dict[str, Any], stop: Callable[[], bool]) -> str:
    """The engine's answer as ``matchmaker-capacity/1``."""
    from solver.capacity import analyse  # OR-Tools is large: only who solves loads it
    from solver.capacity.document import capacity_to_json

    found = analyse(problem_from_json(json.loads(problem)), Settings(**settings), stop)
    return json.dumps(capacity_to_json(found), ensure_ascii=False)


def expect_demand(problem: str) -> dict[str, float]:
    """How many meetings each slot would have, were every meeting as likely in each of the slots
    in which its people are all there.
    """
    asked = problem_from_json(json.loads(problem))
    possible = Possibilities(asked)
    demand = dict.fromkeys((slot.id for slot in asked.slots), 0.0)
    for meeting in asked.meetings:
        starts = [slot for slot in demand if _could_begin(possible, meeting, slot)]
        for slot in starts:
            demand[slot] += 1 / len(starts)
    return {slot: round(count, 2) for slot, count in demand.items()}


def _could_begin(possible: Possibilities, meeting: Meeting, slot: str) -> bool:
    """Whether of each side somebody is there."""
    if possible.start_obstacle(meeting, slot) is not None:
        return False
    span = possible.span(meeting, possible.problem.slot_position[slot])
    return all(any(possible.attends(who, span) for who in side) for side in meeting.sides)
