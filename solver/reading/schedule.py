"""From the JSON of ``matchmaker-schedule/1`` to a :class:`Schedule`, or to all its faults.

Only the form is judged here: whether the ids exist and the rules are kept is for the check.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from solver.faults import Faults, InvalidSchedule, shown
from solver.problem import GOALS
from solver.reading.rows import Row
from solver.schedule import (
    Conflict,
    Cure,
    GoalResult,
    GoalValue,
    PlacedMeeting,
    Reason,
    Released,
    Schedule,
    Status,
    Unplaced,
)

SCHEDULE_FORMAT = "matchmaker-schedule/1"
LEAST_COST = -(10**18)


def schedule_from_json(document: Any) -> Schedule:
    """The schedule in a decoded JSON document; raises :class:`InvalidSchedule` with each fault."""
    faults = Faults()
    root = Row(faults, "", document, _names(Schedule) | {"format"})
    if not root.is_object:
        raise InvalidSchedule((f"the file holds {shown(document)}, not an object",))
    if root.required("format") and root.get("format") != SCHEDULE_FORMAT:
        root.refuse("format", f'{shown(root.get("format"))} is not "{SCHEDULE_FORMAT}"')
    schedule = _schedule(root)
    if faults.lines:
        raise InvalidSchedule(tuple(faults.lines))
    return schedule


def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))


def _schedule(root: Row) -> Schedule:
    root.required("meetings")
    return Schedule(
        problem_sha256=root.identity("problem_sha256"),
        status=_status(root),
        meetings=tuple(root.rows("meetings", _names(PlacedMeeting), _placed)),
        unplaced=tuple(root.rows("unplaced", _names(Unplaced), _unplaced)),
        released=tuple(root.rows("released", _names(Released), _released)),
        conflict=_conflict(root),
        goals=tuple(root.rows("goals", _names(GoalResult), _goal)),
        seconds=_seconds(root),
        seed=root.whole("seed", 1),
        engine=root.text("engine"),
    )


def _status(root: Row) -> Status:
    root.required("status")
    names = tuple(status.value for status in Status)
    return Status(root.choice("status", names, Status.INCOMPLETE.value))


def _seconds(root: Row) -> float | None:
    value = root.get("seconds")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        root.refuse("seconds", f"{shown(value)} is not a number")
        return None
    return value


def _optional_text(row: Row, field: str) -> str | None:
    return row.text(field) if row.get(field) is not None else None


def _placed(row: Row) -> PlacedMeeting:
    row.required("participants")
    return PlacedMeeting(
        meeting=row.identity("meeting"),
        slot=row.identity("slot"),
        place=_optional_text(row, "place"),
        room=_optional_text(row, "room"),
        participants=row.listed_texts("participants"),
        interpreter=_optional_text(row, "interpreter"),
    )


def _unplaced(row: Row) -> Unplaced:
    row.required("reason")
    reason = _reason(row.part("reason", _names(Reason)))
    cures = tuple(row.rows("cures", _names(Cure), _cure))
    return Unplaced(meeting=row.identity("meeting"), reason=reason, cures=cures)


def _reason(row: Row) -> Reason:
    return Reason(
        rule=row.text("rule"),
        participants=row.texts("participants"),
        slots=row.texts("slots"),
        places=row.texts("places"),
        meetings=row.texts("meetings"),
        text=row.text("text"),
    )


def _cure(row: Row) -> Cure:
    return Cure(
        patch=_objects(row, "patch"),
        moves=_objects(row, "moves"),
        cost=_cost(row),
        text=row.text("text"),
    )


def _objects(row: Row, field: str) -> tuple[dict[str, Any], ...]:
    items = list(row.items(field))
    for path, item in items:
        if not isinstance(item, dict):
            row.faults.add(path, f"{shown(item)} is not an object")
    return tuple(dict(item) for _, item in items if isinstance(item, dict))


def _cost(row: Row) -> tuple[tuple[str, GoalValue], ...]:
    part = row.part("cost", GOALS)
    costs = {goal: _goal_value(part, goal, LEAST_COST) for goal in part.values if goal in GOALS}
    return tuple(sorted(costs.items()))


def _released(row: Row) -> Released:
    return Released(meeting=row.identity("meeting"), rule=row.identity("rule"))


def _conflict(root: Row) -> Conflict | None:
    if root.get("conflict") is None:
        return None
    row = root.part("conflict", _names(Conflict))
    return Conflict(
        musts=row.texts("musts"),
        published=row.texts("published"),
        rules=row.texts("rules"),
        text=row.text("text"),
    )


def _goal(row: Row) -> GoalResult:
    row.required("proven")
    return GoalResult(
        goal=row.choice("goal", GOALS, "") if row.required("goal") else "",
        best=_goal_value(row, "best"),
        value=_goal_value(row, "value"),
        bound=_goal_value(row, "bound"),
        proven=row.flag("proven"),
    )


def _goal_value(row: Row, field: str, least: int = 0) -> GoalValue:
    if not row.required(field):
        return 0
    if not isinstance(row.get(field), list):
        return row.whole(field, 0, least=least)
    values = []
    for path, item in row.items(field):
        if isinstance(item, bool) or not isinstance(item, int):
            row.faults.add(path, f"{shown(item)} is not a whole number")
        else:
            values.append(item)
    return tuple(values)
