"""Why a meeting is not placed, in words: what the schedule says, and what holds now."""

from __future__ import annotations

from solver.faults import shown
from solver.problem import Problem
from solver.reasons import explain_unplaced
from solver.schedule import Cure, Reason, Schedule


def explanation_text(problem: Problem, schedule: Schedule, meeting: str) -> str:
    """The stored reason with its cures, then the reason found anew for this schedule."""
    placed = {row.meeting: row for row in schedule.meetings}
    if meeting in placed:
        return f"meeting {shown(meeting)} is placed, in slot {shown(placed[meeting].slot)}\n"
    lines = []
    for row in schedule.unplaced:
        if row.meeting == meeting:
            lines.append(f"in the file: {_reason_text(row.reason)}")
            lines += [f"  cure: {_cure_text(cure)}" for cure in row.cures]
    lines.append(
        f"found anew: {_reason_text(explain_unplaced(problem, schedule.meetings, meeting))}"
    )
    return "\n".join(lines) + "\n"


def _reason_text(reason: Reason) -> str:
    concerned = (
        ("participants", reason.participants),
        ("slots", reason.slots),
        ("places", reason.places),
        ("meetings", reason.meetings),
    )
    parts = [f"{noun} {', '.join(map(shown, ids))}" for noun, ids in concerned if ids]
    details = f" ({'; '.join(parts)})" if parts else ""
    return f"{reason.rule}: {reason.text}{details}"


def _cure_text(cure: Cure) -> str:
    costs = ", ".join(f"{goal} {cost}" for goal, cost in cure.cost)
    return f"{cure.text} (costs {costs})" if costs else cure.text
