"""The one JSON form of a problem, and its hash.

What a file leaves out, gives as null or gives as its default is the same problem, as is any
order of rows and of ids in a list; only the order of a meeting's sides, of the people of a
published meeting and of the goals means something. Fields that begin with ``x_`` are no part of
the problem. The hash is SHA-256 over UTF-8 JSON with sorted keys and no spaces.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from solver.problem import (
    DEFAULT_GOALS,
    DEFAULT_GOALS_WITH_PUBLISHED,
    Goal,
    Interpreter,
    Limit,
    Meeting,
    Participant,
    Place,
    Problem,
    PublishedMeeting,
    Rules,
    Slot,
    Travel,
)

CHUNK = 10_000  # meetings at a time
PROBLEM_FORMAT = "matchmaker-problem/1"
Json = dict[str, Any]
LEFT_OUT: Json = {
    "name": "",
    "timezone": "UTC",
    "interpreters": [],
    "limits": [],
    "exclusive": [],
    "travel": [],
    "published": [],
    "rules": {},
    "goals": None,
}
DEFAULTS: dict[type, tuple[tuple[str, Any], ...]] = {
    kind: tuple((field.name, field.default) for field in fields(kind))
    for kind in (Place, Participant, Interpreter, Meeting, Limit, PublishedMeeting, Rules)
}
# What few meetings have; the others are told without looking at each field.
SPECIAL_FIELDS = {
    name: default for name, default in DEFAULTS[Meeting] if name not in ("id", "sides", "weight")
}
SPECIAL = attrgetter(*SPECIAL_FIELDS)
SPECIAL_DEFAULTS = tuple(SPECIAL_FIELDS.values())


def problem_sha256(problem: Problem) -> str:
    """The hash by which a schedule names its problem (64 hexadecimal digits)."""
    digest = hashlib.sha256()
    for part in _texts(problem):
        digest.update(part.encode("utf-8"))
    return digest.hexdigest()


def _texts(problem: Problem) -> Iterator[str]:
    """The canonical JSON in pieces: of a million meetings, few are in memory at a time."""
    encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
    document = problem_to_json(replace(problem, meetings=()))
    before = "{"
    for field, value in sorted(document.items()):
        yield before + encode(field) + ":"
        before = ","
        if field != "meetings":
            yield encode(value)
            continue
        rows = sorted(problem.meetings, key=lambda meeting: str(meeting.id))
        for first in range(0, len(rows), CHUNK):
            text = encode([_meeting(row) for row in rows[first : first + CHUNK]])
            yield ("[" if first == 0 else ",") + text[1:-1]
        yield "]" if rows else "[]"
    yield "}"


def problem_to_json(problem: Problem) -> Json:
    """The problem as decoded JSON, in canonical order and without what is left out anyway."""
    document: Json = {"format": PROBLEM_FORMAT, "name": problem.name}
    document["timezone"] = problem.timezone
    document["slots"] = [_slot(slot) for slot in sorted(problem.slots, key=_slot_order)]
    if problem.places is not None:
        document["places"] = _rows(problem.places)
    document["participants"] = _rows(problem.participants)
    document["interpreters"] = _rows(problem.interpreters)
    document["meetings"] = sorted(map(_meeting, problem.meetings), key=lambda row: str(row["id"]))
    document["limits"] = sorted(map(_limit, problem.limits), key=_as_text)
    document["exclusive"] = sorted(sorted(set(listed)) for listed in problem.exclusive)
    document["travel"] = sorted(map(_travel, problem.travel), key=_as_text)
    document["published"] = sorted(map(_plain, problem.published), key=lambda row: row["meeting"])
    document["rules"] = _plain(problem.rules)
    document["goals"] = _goals(problem)
    return {
        field: value
        for field, value in document.items()
        if field not in LEFT_OUT or value != LEFT_OUT[field]
    }


def _rows(rows: tuple[Any, ...]) -> list[Json]:
    return [_plain(row) for row in sorted(rows, key=lambda row: str(row.id))]


def _plain(row: object) -> Json:
    """A row as JSON without the fields that hold their default."""
    found: Json = {}
    for name, default in DEFAULTS[type(row)]:
        value = getattr(row, name)
        if value is not None and value != default:
            found[name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value


def _slot(slot: Slot) -> Json:
    return {field.name: _value(getattr(slot, field.name)) for field in fields(slot)}


def _slot_order(slot: Slot) -> tuple[Any, ...]:
    return (slot.start, slot.id)


def _meeting(meeting: Meeting) -> Json:
    sides = [list(s) if len(s) == 1 else sorted(set(s)) for s in meeting.sides]
    if SPECIAL(meeting) != SPECIAL_DEFAULTS:
        return _plain(meeting) | {"sides": sides}
    found: Json = {"id": meeting.id, "sides": sides}
    if meeting.weight != 1:
        found["weight"] = meeting.weight
    return found


def _limit(limit: Limit) -> Json:
    found = _plain(limit)
    found["participants"] = sorted(set(limit.participants))
    return found


def _travel(travel: Travel) -> Json:
    low, high = sorted((travel.origin, travel.destination))
    return {"from": low, "to": high, "slots": travel.slots}


def _as_text(row: Json) -> str:
    return json.dumps(row, sort_keys=True)


def _goals(problem: Problem) -> list[Any] | None:
    names = DEFAULT_GOALS_WITH_PUBLISHED if problem.published else DEFAULT_GOALS
    if problem.goals == tuple(Goal(goal=name) for name in names):
        return None
    return [{"goal": g.goal, "slack": g.slack} if g.slack else g.goal for g in problem.goals]
