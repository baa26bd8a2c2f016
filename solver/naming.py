"""A problem under other names, and its answer under its own.

Random choices and ties follow the order of ids. Where the answer has to be the same whatever
things are called, the problem is solved under names that come from its structure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from solver.canonical import problem_sha256
from solver.completion import explain_all
from solver.contradiction import reworded
from solver.possibilities import Possibilities
from solver.problem import (
    Interpreter,
    Limit,
    Meeting,
    Participant,
    Place,
    Problem,
    PublishedMeeting,
    Slot,
    Travel,
)
from solver.schedule import Conflict, PlacedMeeting, Released, Schedule
from solver.structure import Structure

Names = dict[str, dict[str, str]]  # by kind, from one name to another
Row = TypeVar("Row")
GONE = "gone "  # published rows may name what there is no more
PLACED = {
    "meeting": "meeting",
    "slot": "slot",
    "place": "place",
    "room": "place",
    "participants": "person",
    "interpreter": "interpreter",
}
# The fields that hold ids, and of what.
KINDS: dict[type, dict[str, str]] = {
    Slot: {"id": "slot", "session": "session"},
    Place: {"id": "place", "zone": "zone", "closed": "slot"},
    Participant: {"id": "person", "absent": "slot", "place": "place"},
    Interpreter: {"id": "interpreter", "absent": "slot"},
    Meeting: {
        "id": "meeting",
        "sides": "person",
        "slots": "slot",
        "fixed_slot": "slot",
        "place": "place",
        "after": "meeting",
    },
    Limit: {"participants": "person", "slots": "slot"},
    Travel: {"origin": "zone", "destination": "zone"},
    PublishedMeeting: PLACED,
    PlacedMeeting: PLACED,
    Released: {"meeting": "meeting"},
    Conflict: {"musts": "meeting", "published": "meeting"},
}


def structural_names(problem: Problem) -> Names:
    """Names that follow from who may meet whom, where and when, and from nothing else."""
    structure = Structure(problem)
    known = {kind: structure.order(kind) for kind in ("place", "zone", "person", "interpreter")}
    known["meeting"] = structure.order("meeting")
    known["slot"] = [slot.id for slot in problem.slots]
    known["session"] = list(problem.sessions)
    return {
        kind: {name: f"{kind}{number:07}" for number, name in enumerate(names)}
        for kind, names in known.items()
    }


def back(names: Names) -> Names:
    """The way back from these names."""
    return {kind: {new: old for old, new in ids.items()} for kind, ids in names.items()}


def renamed(problem: Problem, names: Names) -> Problem:
    """The same problem, its rows in the order of the new names, as if read from a file."""
    exclusive = (_value(names["meeting"], listed) for listed in problem.exclusive)
    places = problem.places
    return replace(
        problem,
        slots=under(names, problem.slots),
        places=None if places is None else _by_id(under(names, places)),
        participants=_by_id(under(names, problem.participants)),
        interpreters=_by_id(under(names, problem.interpreters)),
        meetings=_by_id(map(_with_sorted_sides, under(names, problem.meetings))),
        limits=tuple(
            sorted(map(_with_sorted_people, under(names, problem.limits)), key=attrgetter("order"))
        ),
        exclusive=tuple(sorted(tuple(sorted(listed)) for listed in exclusive)),
        travel=tuple(
            sorted(map(_with_sorted_zones, under(names, problem.travel)), key=attrgetter("order"))
        ),
        published=tuple(sorted(under(names, problem.published), key=lambda row: row.meeting)),
    )


def _by_id(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(rows, key=lambda row: str(row.id)))


def _with_sorted_sides(row: Meeting) -> Meeting:
    return replace(row, sides=tuple(tuple(sorted(side)) for side in row.sides))


def _with_sorted_people(row: Limit) -> Limit:
    return replace(row, participants=tuple(sorted(row.participants)))


def _with_sorted_zones(row: Travel) -> Travel:
    low, high = sorted((row.origin, row.destination))
    return replace(row, origin=low, destination=high)


def under(names: Names, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with every id in them renamed."""
    return tuple(_row(names, row) for row in rows)


def _row(names: Names, row: Any) -> Any:
    fields = KINDS[type(row)].items()
    return replace(row, **{name: _value(names[kind], getattr(row, name)) for name, kind in fields})


def _value(ids: dict[str, str], value: Any) -> Any:
    if isinstance(value, str):
        return ids.get(value, GONE + value)
    if isinstance(value, tuple | frozenset):
        return type(value)(_value(ids, each) for each in value)
    return value


def answered(problem: Problem, schedule: Schedule, names: Names) -> Schedule:
    """The answer to a renamed problem as one to this; ``names`` lead back to it."""
    meetings = tuple(sorted(under(names, schedule.meetings), key=lambda row: row.meeting))
    conflict = schedule.conflict
    return replace(
        schedule,
        problem_sha256=problem_sha256(problem),
        meetings=meetings,
        unplaced=explain_all(Possibilities(problem), meetings),
        released=tuple(sorted(under(names, schedule.released), key=lambda row: row.meeting)),
        conflict=None if conflict is None else _conflict(problem, conflict, names),
    )


def _conflict(problem: Problem, conflict: Conflict, names: Names) -> Conflict:
    found = _row(names, conflict)
    musts, published = tuple(sorted(found.musts)), tuple(sorted(found.published))
    return reworded(problem, replace(found, musts=musts, published=published))
