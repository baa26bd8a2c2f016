"""Why one meeting is not placed, what blocks it, and the cures that the engine has tried."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.bridge.handwriting import problem_now, solvable
from solver.canonical import problem_to_json
from solver.problem import Problem
from solver.schedule import Cure as Found
from solver.schedule import PlacedMeeting

Row = dict[str, Any]
Cost = int | tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """Something of the set-up that has to change. ``kind``: ``present`` and ``interpreter``
    (somebody there), ``open`` (a place), ``new_place``, ``new_interpreter``, or the field of a
    row that gets another ``level``. ``slots``: when.
    """

    kind: str
    subject: tuple[str, ...]
    slots: tuple[str, ...] = ()
    level: Any = None


@dataclass(frozen=True)
class Cure:
    """What places the meeting, at exactly this cost: above 0 a goal gets worse by it."""

    steps: tuple[Step, ...]
    moves: Mapping[str, PlacedMeeting | None]  # None: taken out
    cost: Mapping[str, Cost]
    key: str


@dataclass(frozen=True)
class Explained:
    blockers: tuple[Row, ...]  # reasons, which together leave no way; none: it could be placed
    cures: tuple[Cure, ...]  # the cheapest first


def explained(
    session: Session,
    event: Event,
    problem: str,
    placed: Sequence[PlacedMeeting],
    kept: Collection[str],
    meeting: str,
) -> Explained | None:
    """Of a meeting that is asked for and not among those placed, in the event as it is now; else
    None. Those ``kept`` stay where they are.
    """
    from solver.explanation import Explainer  # loads the engine's tables: only who asks

    now = problem_now(session, event, problem, {row.meeting for row in placed})
    there = set(now.meeting_by_id)
    rows = [row for row in placed if row.meeting in there]
    asked = solvable(now, [row for row in rows if row.meeting in kept], there)
    if meeting not in asked.meeting_by_id or meeting in {row.meeting for row in rows}:
        return None
    found = Explainer(asked, rows).explain(meeting)
    document = problem_to_json(asked)
    return Explained(
        tuple(asdict(row) for row in found.blockers),
        tuple(_cure(document, asked, cure) for cure in found.cures),
    )


def _cure(document: Row, asked: Problem, cure: Found) -> Cure:
    said = json.dumps([cure.patch, cure.moves], sort_keys=True, default=list)
    return Cure(
        steps=tuple(_steps(document, asked, cure.patch)),
        moves={row["meeting"]: _placed(row) for row in cure.moves},
        cost=dict(cure.cost),
        key=hashlib.sha256(said.encode()).hexdigest()[:16],
    )


def _placed(row: Row) -> PlacedMeeting | None:
    if row["slot"] is None:
        return None
    return PlacedMeeting(**{**row, "participants": tuple(row["participants"])})


def _steps(document: Row, asked: Problem, patch: Sequence[Row]) -> Iterator[Step]:
    """What the patch says, by ids. Each change of a row comes after a test of the row's id."""
    subject = ""
    for operation in patch:
        table, *rest = operation["path"].split("/")[1:]
        if operation["op"] == "test":
            subject = operation["value"]
        elif rest == ["-"]:
            yield _new(asked, table, operation["value"])
        elif len(rest) == 2 and table in ("participants", "places", "interpreters"):
            before = document[table][int(rest[0])].get(rest[1], ())
            yield _changed(table, subject, rest[1], before, operation["value"])
        elif rest:
            yield Step(rest[-1], (table,), level=operation["value"])


def _changed(table: str, subject: str, field: str, before: Any, after: Any) -> Step:
    if field in ("absent", "closed"):
        slots = tuple(slot for slot in before if slot not in after)
        kinds = {"participants": "present", "places": "open", "interpreters": "interpreter"}
        return Step(kinds[table], (subject,), slots)
    return Step(field, (subject,), level=after)


def _new(asked: Problem, table: str, row: Row) -> Step:
    shut = set(row.get("closed", ())) | set(row.get("absent", ()))
    slots = tuple(slot.id for slot in asked.slots if slot.id not in shut)
    if table == "interpreters":
        return Step("new_interpreter", tuple(row["languages"]), slots, row["id"])
    zone = row.get("zone")
    kind = row.get("kind", "table")
    return Step("new_place", (kind, zone) if zone else (kind,), slots, row["id"])
