"""From a schedule to the JSON of ``matchmaker-schedule/1``."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from solver.canonical import Json
from solver.reading.schedule import SCHEDULE_FORMAT
from solver.schedule import Cure, Schedule, Unplaced


def schedule_to_json(schedule: Schedule) -> Json:
    """The schedule as decoded JSON. ``seconds`` None (a run by steps) is left out."""
    document: Json = {
        "format": SCHEDULE_FORMAT,
        "problem_sha256": schedule.problem_sha256,
        "status": schedule.status.value,
        "meetings": [_plain(placed) for placed in schedule.meetings],
        "unplaced": [_unplaced(row) for row in schedule.unplaced],
        "released": [_plain(row) for row in schedule.released],
        "conflict": None if schedule.conflict is None else _plain(schedule.conflict),
        "goals": [_plain(result) for result in schedule.goals],
        "seconds": schedule.seconds,
        "seed": schedule.seed,
        "engine": schedule.engine,
    }
    if schedule.seconds is None:
        del document["seconds"]
    return document


def _plain(row: Any) -> Json:
    kind: Any = type(row)
    names = _names(kind)
    return {
        name: list(value) if isinstance(value := getattr(row, name), tuple) else value
        for name in names
    }


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _unplaced(row: Unplaced) -> Json:
    return {
        "meeting": row.meeting,
        "reason": _plain(row.reason),
        "cures": [cure_to_json(cure) for cure in row.cures],
    }


def cure_to_json(cure: Cure) -> Json:
    cost = {name: list(each) if isinstance(each, tuple) else each for name, each in cure.cost}
    return {**_plain(cure), "cost": cost}
