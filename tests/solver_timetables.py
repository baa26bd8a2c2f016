"""Small random problems in which only times are left to decide, for tests of breaks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from itertools import groupby, product
from typing import Any

import numpy as np
from solver_cases import slot

from solver.engine import solve
from solver.files import problem_from_json
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import Schedule, Status
from solver.settings import Settings
from solver.tightening import anneal
from solver.timetable import Timetable, timetable_of

SEEDS = range(40)


def timetable_document(seed: int, *, people: int = 4, meetings: int = 4) -> dict[str, Any]:
    """Every meeting a must; absences, starts, precedences, stands, scopes and caps at random."""
    draw = random.Random(seed)
    slots = [
        slot(f"{name}{number}", f"2026-10-{day}T{hour + number:02}:00", f"{day}{name}")
        for day in draw.choice([("14",), ("14", "15")])
        for name, hour in (("am", 9), ("pm", 14))
        for number in range(draw.choice([1, 2, 3]) if day == "14" else 1)
    ]
    for number, row in enumerate(slots):
        row["id"] = f"s{number}"
    names = [row["id"] for row in slots]
    tables = draw.randint(1, 3)
    return {
        "format": "matchmaker-problem/1",
        "slots": slots,
        "places": [{"id": f"T{number}"} for number in range(tables)],
        "participants": [
            {"id": f"p{number}", "absent": [s for s in names if draw.random() < 0.15]}
            for number in range(people)
        ],
        "meetings": [_meeting(draw, number, people, names) for number in range(meetings)],
        "rules": {
            "pause_within_session": 0,
            "breaks_within": draw.choice(["session", "day", "event"]),
            "breaks_per_participant": draw.choice([None, 1, 2]),
            "absence_is_idle": draw.random() < 0.5,
        },
        "goals": ["breaks"],
    }


def _meeting(draw: random.Random, number: int, people: int, slots: list[str]) -> dict[str, Any]:
    one, other = draw.sample(range(people), 2)
    return {
        "id": f"m{number}",
        "sides": [[f"p{one}"], [f"p{other}"]],
        "must": True,
        "slots": draw.choice([None, None, [s for s in slots if draw.random() < 0.7]]),
        "after": [f"m{draw.randrange(number)}"] if number and draw.random() < 0.2 else [],
    }


def timetable_problem(seed: int, **sizes: int) -> Problem:
    return problem_from_json(timetable_document(seed, **sizes))


def fewest_breaks(problem: Problem) -> int | None:
    """Over all choices of a slot per meeting, from the words of the contract; None: impossible."""
    choices = product([slot.id for slot in problem.slots], repeat=len(problem.meetings))
    names = [meeting.id for meeting in problem.meetings]
    values = (count_breaks(problem, dict(zip(names, choice, strict=True))) for choice in choices)
    return min((value for value in values if value is not None), default=None)


def count_breaks(problem: Problem, slots: Mapping[str, str]) -> int | None:
    """The breaks, None where a rule is broken."""
    busy = Counter((side[0], slots[each.id]) for each in problem.meetings for side in each.sides)
    absent = {(person.id, slot) for person in problem.participants for slot in person.absent}
    tables = Counter(slots.values())
    if max(busy.values()) > 1 or absent & set(busy):
        return None
    if max(tables.values()) > len(problem.places or ()):
        return None
    position = problem.slot_position
    for each in problem.meetings:
        if each.slots is not None and slots[each.id] not in each.slots:
            return None
        if any(position[slots[name]] >= position[slots[each.id]] for name in each.after):
            return None
    counts = [_breaks(problem, person.id, busy) for person in problem.participants]
    most = problem.rules.breaks_per_participant
    return sum(counts) if most is None or max(counts) <= most else None


def _breaks(problem: Problem, person: str, busy: Mapping[tuple[str, str], int]) -> int:
    rules = problem.rules
    absent = problem.participant_by_id[person].absent if not rules.absence_is_idle else ()
    kept = [slot for slot in problem.slots if slot.id not in absent]
    keys = {"session": lambda slot: slot.session, "day": lambda slot: slot.start.date()}
    total = 0
    for _, scope in groupby(kept, keys.get(rules.breaks_within, lambda slot: 0)):
        row = "".join("x" if busy.get((person, slot.id)) else "." for slot in scope)
        total += len([gap for gap in row.strip(".").split("x") if gap])
    return total


def timetable(problem: Problem) -> Timetable:
    found = timetable_of(Possibilities(problem))
    assert found is not None
    return found


def placeable() -> list[Problem]:
    """Those of which the first pass places every meeting."""
    problems = [timetable_problem(seed, people=8, meetings=9) for seed in SEEDS]
    return [each for each in problems if not solve(each, Settings(seconds=0)).unplaced]


def annealed(problem: Problem, seed: int) -> tuple[int, Schedule]:
    first = solve(problem, Settings(seconds=0))
    placed = {each.meeting: each for each in first.meetings}
    arrays = timetable(problem)
    slots = arrays.slots_of(placed)
    value = anneal(arrays, slots, 20_000, seed, np.array([0, 0]))
    assert value is not None  # it begins with a schedule of all
    meetings = tuple(arrays.schedule(slots, placed))
    return value, Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=meetings)
