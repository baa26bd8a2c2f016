"""An explanation as text for the command line: why not, what blocks it, what would cure it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from solver.explanation import Explanation
from solver.problem import Problem
from solver.schedule import Cure, GoalValue, Reason, Schedule
from solver.wording import Wording, listed, printable
from solver.writing import cure_to_json


def advice_text(problem: Problem, schedule: Schedule, found: Explanation) -> str:
    """Lines for an organiser."""
    words = Wording(problem)
    name = words.meeting(found.meeting)
    if found.placed is not None:
        row = found.placed
        where = "".join(f" in {printable(each)}" for each in (row.place, row.room) if each)
        return f"{name} is placed {words.times([row.slot])}{where}.\n"
    lines = [f"{name} is not placed."]
    lines += [f"In the file: {printable(reason.text)}" for reason in _stored(schedule, found)]
    if found.reason is not None:
        lines.append(f"Slot by slot: {printable(found.reason.text)}")
    if found.blockers:
        lines += ["", "What blocks it, with all else as it is (without any one of these it fits):"]
        lines += [f"- {text}" for text in found.sentences]
    lines += ["", *_cures(problem, found.cures)]
    return "\n".join(lines) + "\n"


def _stored(schedule: Schedule, found: Explanation) -> Iterator[Reason]:
    """The reason of the file, where it says something else."""
    for row in schedule.unplaced:
        same = found.reason is not None and row.reason.text == found.reason.text
        if row.meeting == found.meeting and row.reason.text and not same:
            yield row.reason


def _cures(problem: Problem, cures: tuple[Cure, ...]) -> Iterator[str]:
    if not cures:
        yield "No cure was found."
        return
    yield "Cures that were tried, the cheapest first:"
    order = [goal.goal for goal in problem.goals]
    for number, cure in enumerate(cures, 1):
        costs = dict(cure.cost)
        told = [_change(goal, costs[goal]) for goal in order if goal in costs]
        effects = listed(filter(None, told), most=len(order)) or "nothing else changes"
        yield f"{number}. {printable(cure.text)} [{effects}]"


def _change(goal: str, cost: GoalValue) -> str:
    """``wishes +10``, ``breaks +1 (worse)``: how the value itself changes."""
    if isinstance(cost, tuple):
        worse = next((each for each in cost if each), 0) > 0
        changes = ", ".join(f"{each:+d}" for each in cost)
        return f"{goal} {changes}" + (" (worse)" if worse else "") if any(cost) else ""
    value = -cost if goal == "wishes" else cost
    return f"{goal} {value:+d}" + (" (worse)" if cost > 0 else "") if cost else ""


def advice_json(found: Explanation) -> dict[str, Any]:
    """The same for programs; reasons and cures as in a schedule file."""
    return {
        "meeting": found.meeting,
        "placed": None if found.placed is None else asdict(found.placed),
        "reason": None if found.reason is None else asdict(found.reason),
        "blockers": [asdict(reason) for reason in found.blockers],
        "cures": [cure_to_json(cure) for cure in found.cures],
    }
