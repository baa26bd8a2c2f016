"""Every valid schedule of a very small problem, found by trying all of them.

Knows only the independent check, not the engine: what it counts as best is best.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from solver_cases import small_document

from solver.files import problem_from_json
from solver.problem import Meeting, Problem, PublishedMeeting
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.validation import goal_values, violations

Placed = tuple[PlacedMeeting, ...]
NOT_YET = {"must", "kept", "changes", "breaks"}  # a part of a schedule may still break these
LESS_IS_BETTER = {"minimum", "stability", "worst_off", "breaks", "moves"}


def very_small_problem(seed: int) -> Problem:
    """A few meetings, slots and places of the small problem with this seed, all features kept."""
    return problem_from_json(_very_small_document(seed))


def rich_problem(seed: int) -> Problem:
    """The same with fixed slots and exclusive lists more often, which the cutting makes rare."""
    document = _very_small_document(seed)
    draw = random.Random(seed)
    names = [row["id"] for row in document["meetings"]]
    if draw.random() < 0.3:
        document["exclusive"] = [draw.sample(names, 2)]
    if draw.random() < 0.3:
        document["meetings"][0]["fixed_slot"] = draw.choice(document["slots"])["id"]
    return problem_from_json(document)


def _very_small_document(seed: int) -> dict[str, Any]:
    document = small_document(seed)
    slots = {row["id"] for row in document["slots"][1:4]}
    meetings = {row["id"] for row in document["meetings"][:3]}
    if "places" in document:
        document["places"] = _fewer_places(document)
    cut(document, slots, meetings)
    return document


def _fewer_places(document: dict[str, Any]) -> list[dict[str, Any]]:
    wanted = {person.get("place") for person in document["participants"]}
    rows = sorted(document["places"], key=lambda row: (row["id"] not in wanted, row["id"]))
    kinds = {row["kind"]: row for row in reversed(rows)}
    kept = {row["id"] for row in [*rows[:2], *kinds.values()]}
    for person in document["participants"]:
        person["place"] = person["place"] if person["place"] in kept else None
    for meeting in document["meetings"]:
        meeting["place"] = meeting["place"] if meeting["place"] in kept else None
    return [row for row in document["places"] if row["id"] in kept]


def cut(document: dict[str, Any], slots: set[str], meetings: set[str]) -> None:
    """Leave out slots and meetings with everything that names them."""
    document["slots"] = [row for row in document["slots"] if row["id"] in slots]
    document["meetings"] = [row for row in document["meetings"] if row["id"] in meetings]
    for row in (*document["participants"], *document["interpreters"]):
        row["absent"] = [slot for slot in row["absent"] if slot in slots]
    for row in document.get("places", ()):
        row["closed"] = [slot for slot in row["closed"] if slot in slots]
    for row in document["meetings"]:
        row["after"] = [name for name in row["after"] if name in meetings]
        if row["slots"] is not None:
            row["slots"] = [slot for slot in row["slots"] if slot in slots]
        row["fixed_slot"] = row["fixed_slot"] if row["fixed_slot"] in slots else None
    document["exclusive"] = [group for group in document["exclusive"] if meetings.issuperset(group)]
    for row in document["limits"]:
        row["slots"] = [slot for slot in row["slots"] if slot in slots]
        row["free_slots"] = min(row["free_slots"] or 0, len(row["slots"])) or None
    document["limits"] = [row for row in document["limits"] if row["slots"]]


def count_combinations(problem: Problem) -> int:
    """How many schedules there are if meetings did not mind each other."""
    return prod(1 + sum(1 for _ in _ways(problem, each)) for each in problem.meetings)


def all_schedules(problem: Problem) -> Iterator[Placed]:
    """Every schedule that the check accepts as complete."""
    ways = [tuple(_ways(problem, meeting)) for meeting in problem.meetings]
    yield from _extend(problem, (), ways)


def _extend(
    problem: Problem, placed: Placed, left: list[tuple[PlacedMeeting, ...]]
) -> Iterator[Placed]:
    broken = _violations(problem, placed)
    if broken - NOT_YET:
        return
    if left:
        yield from _extend(problem, placed, left[1:])
        for way in left[0]:
            yield from _extend(problem, (*placed, way), left[1:])
    elif not broken:
        yield placed


def _violations(problem: Problem, placed: tuple[PlacedMeeting, ...]) -> set[str]:
    schedule = Schedule(problem_sha256="", status=Status.OPTIMAL, meetings=placed)
    return {violation.rule for violation in violations(problem, schedule)}


def _ways(problem: Problem, meeting: Meeting) -> Iterator[PlacedMeeting]:
    published = [row for row in problem.published if row.meeting == meeting.id]
    places, rooms, helpers = _wheres(problem, published)
    slots = [slot.id for slot in problem.slots]
    for slot, people, place, room, helper in product(
        slots, product(*meeting.sides), places, rooms, helpers
    ):
        way = PlacedMeeting(
            meeting=meeting.id,
            slot=slot,
            place=place,
            room=room,
            participants=people,
            interpreter=helper,
        )
        if not _violations(problem, (way,)) - NOT_YET:
            yield way


def _wheres(
    problem: Problem, published: list[PublishedMeeting]
) -> tuple[list[str | None], list[str | None], list[str | None]]:
    """Places, rooms and interpreters to be tried; what is published may be of any kind."""
    online = [place.id for place in problem.places or () if place.kind == "online"]
    other = [place.id for place in problem.places or () if place.kind != "online"]
    helpers = [interpreter.id for interpreter in problem.interpreters]
    return (
        list(dict.fromkeys([None, *other, *(row.place for row in published)])),
        list(dict.fromkeys([None, *online, *(row.room for row in published)])),
        list(dict.fromkeys([None, *helpers, *(row.interpreter for row in published)])),
    )


def best_values(problem: Problem) -> list[Any] | None:
    """The best value of each goal in its turn, as slack allows; None where nothing is valid."""
    found = {tuple(sorted(goal_values(problem, each).items())) for each in all_schedules(problem)}
    left = [dict(values) for values in found]
    if not left:
        return None
    best = []
    for goal in problem.goals:
        values = [_levels(row[goal.goal]) for row in left]
        sign = 1 if goal.goal in LESS_IS_BETTER else -1
        top = min(values, key=lambda value: [sign * each for each in value])
        worst = [each + sign * goal.allowance(each) for each in top]
        left = [
            row
            for row, value in zip(left, values, strict=True)
            if all(sign * one <= sign * most for one, most in zip(value, worst, strict=True))
        ]
        best.append(top if len(top) > 1 else top[0])
    return best


def _levels(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)
