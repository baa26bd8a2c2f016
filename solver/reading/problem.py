"""From the JSON of ``matchmaker-problem/1`` to a :class:`Problem`, or to all its faults.

Rows come out sorted by id (slots by their start, limits and lists of ids by what they hold), so
that nothing after this door can depend on the order in which a file lists them.
"""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from solver.canonical import PROBLEM_FORMAT
from solver.faults import Faults, InvalidProblem, shown
from solver.problem import (
    DEFAULT_GOALS,
    DEFAULT_GOALS_WITH_PUBLISHED,
    GOALS,
    PLACE_KINDS,
    Goal,
    Interpreter,
    Participant,
    Place,
    Problem,
    Rules,
)
from solver.reading import meetings, timetable
from solver.reading.known import Known
from solver.reading.rows import Row

PROBLEM_FIELDS = frozenset({field.name for field in fields(Problem)} | {"format"})
BREAK_SCOPES = ("session", "day", "event")


def problem_from_json(document: Any) -> Problem:
    """The problem in a decoded JSON document; raises :class:`InvalidProblem` with every fault."""
    faults = Faults()
    root = Row(faults, "", document, PROBLEM_FIELDS)
    if not root.is_object:
        raise InvalidProblem((f"the file holds {shown(document)}, not an object",))
    _check_format(root)
    problem = _read(root, Known(root))
    if faults.lines:
        raise InvalidProblem(tuple(faults.lines))
    return problem


def _check_format(root: Row) -> None:
    if root.required("format") and root.get("format") != PROBLEM_FORMAT:
        root.refuse("format", f'{shown(root.get("format"))} is not "{PROBLEM_FORMAT}"')
    for field in ("slots", "participants", "meetings"):
        root.required(field)


def _read(root: Row, known: Known) -> Problem:
    rules = _rules(root.part("rules", _names(Rules)))
    published = meetings.published(root)
    return Problem(
        name=root.text("name"),
        timezone=_timezone(root),
        slots=timetable.read_slots(root, rules.pause_within_session),
        places=_places(root, known),
        participants=_participants(root, known),
        interpreters=_interpreters(root, known),
        meetings=meetings.meetings(root, known),
        limits=meetings.limits(root, known),
        exclusive=meetings.exclusive(root, known),
        travel=meetings.travel(root),
        published=published,
        rules=rules,
        goals=_goals(root, bool(published)),
    )


def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))


def _timezone(root: Row) -> str:
    name = root.text("timezone", "UTC")
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        root.refuse(
            "timezone", f'{shown(name)} is no known time zone (such as "Africa/Casablanca")'
        )
    return name


def _places(root: Row, known: Known) -> tuple[Place, ...] | None:
    if root.get("places") is None:
        return None

    def read(row: Row) -> Place:
        return Place(
            id=row.identity("id"),
            kind=row.choice("kind", PLACE_KINDS, "table"),
            zone=row.text("zone") if row.get("zone") is not None else None,
            capacity=row.whole("capacity", 1, least=1),
            closed=frozenset(row.ids("closed", known.slots, "slot")),
        )

    return tuple(sorted(root.rows("places", _names(Place), read), key=lambda place: place.id))


def _participants(root: Row, known: Known) -> tuple[Participant, ...]:
    def read(row: Row) -> Participant:
        return Participant(
            id=row.identity("id"),
            name=row.text("name"),
            delegation=row.text("delegation") if row.get("delegation") is not None else None,
            absent=frozenset(row.ids("absent", known.slots, "slot")),
            seats=row.whole("seats", 1, least=1),
            max_meetings=row.optional_whole("max_meetings", least=1),
            min_meetings=row.whole("min_meetings", 0),
            max_in_a_row=row.optional_whole("max_in_a_row", least=1),
            place=row.optional_id("place", known.places, "place"),
            languages=frozenset(row.texts("languages")),
            remote=row.flag("remote"),
        )

    people = root.rows("participants", _names(Participant), read)
    return tuple(sorted(people, key=lambda person: person.id))


def _interpreters(root: Row, known: Known) -> tuple[Interpreter, ...]:
    def read(row: Row) -> Interpreter:
        return Interpreter(
            id=row.identity("id"),
            languages=frozenset(row.texts("languages")),
            absent=frozenset(row.ids("absent", known.slots, "slot")),
        )

    found = root.rows("interpreters", _names(Interpreter), read)
    return tuple(sorted(found, key=lambda interpreter: interpreter.id))


def _rules(row: Row) -> Rules:
    return Rules(
        pause_within_session=row.whole("pause_within_session", 10),
        breaks_per_participant=row.optional_whole("breaks_per_participant"),
        breaks_within=row.choice("breaks_within", BREAK_SCOPES, "session"),
        absence_is_idle=row.flag("absence_is_idle"),
        now=row.moment("now"),
        max_changes=row.optional_whole("max_changes"),
    )


def _goals(root: Row, is_published: bool) -> tuple[Goal, ...]:
    if root.get("goals") is None:
        names = DEFAULT_GOALS_WITH_PUBLISHED if is_published else DEFAULT_GOALS
        return tuple(Goal(goal=name) for name in names)
    goals: list[Goal] = []
    for path, item in root.items("goals"):
        goal = _goal(root.faults, path, item)
        if goal is not None and any(goal.goal == earlier.goal for earlier in goals):
            root.faults.add(path, f"the goal {shown(goal.goal)} is given twice")
        elif goal is not None:
            goals.append(goal)
    return tuple(goals)


def _goal(faults: Faults, path: str, item: Any) -> Goal | None:
    if isinstance(item, dict):
        row = Row(faults, path, item, _names(Goal))
        name = row.choice("goal", GOALS, "") if row.required("goal") else ""
        return Goal(goal=name, slack=_slack(row)) if name else None
    if item in GOALS:
        return Goal(goal=item)
    faults.add(path, f"{shown(item)} is none of {', '.join(GOALS)}")
    return None


def _slack(row: Row) -> float:
    value = row.get("slack")
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float):
        row.refuse("slack", f"{shown(value)} is not a number")
    elif not math.isfinite(value) or not 0 <= value <= 1:
        row.refuse("slack", f"{shown(value)} is not between 0 and 1")
    else:
        return float(value)
    return 0.0
