"""The analysis as JSON: ``matchmaker-capacity/1`` (docs/file-format.md)."""

from __future__ import annotations

from dataclasses import fields

from solver.canonical import Json
from solver.capacity.findings import Capacity, Curve, Fewest, Point
from solver.schedule import Unplaced

CAPACITY_FORMAT = "matchmaker-capacity/1"


def capacity_to_json(capacity: Capacity) -> Json:
    """The analysis as decoded JSON. ``seconds`` None (a run by steps) is left out."""
    document: Json = {
        "format": CAPACITY_FORMAT,
        "problem_sha256": capacity.problem_sha256,
        "meetings": capacity.meetings,
        "weight": capacity.weight,
        "now": _plain(capacity.now),
        "tables": _fewest(capacity.tables),
        "slots": _fewest(capacity.slots),
        "curves": [_curve(curve) for curve in capacity.curves],
        "overloads": [_plain(row) for row in capacity.overloads],
        "bottlenecks": [_plain(row) for row in capacity.bottlenecks],
        "remarks": list(capacity.remarks),
        "seconds": capacity.seconds,
        "seed": capacity.seed,
    }
    if capacity.seconds is None:
        del document["seconds"]
    return document


def _fewest(fewest: Fewest | None) -> Json | None:
    if fewest is None:
        return None
    return {
        "now": fewest.now,
        "at_least": fewest.at_least,
        "at_most": fewest.at_most,
        "proven": fewest.proven,
        "mix": dict(fewest.mix),
        "reached": _plain(fewest.reached),
        "unplaceable": [_unplaceable(row) for row in fewest.unplaceable],
    }


def _unplaceable(row: Unplaced) -> Json:
    return {"meeting": row.meeting, "reason": _plain(row.reason)}


def _curve(curve: Curve) -> Json:
    points: list[Point] = list(curve.points)
    return {"kind": curve.kind, "of": curve.of, "points": [_plain(point) for point in points]}


def _plain(row: object) -> Json:
    found = {each.name: getattr(row, each.name) for each in fields(row)}  # type: ignore[arg-type]
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }
