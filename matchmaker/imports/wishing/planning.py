"""What a list of wishes would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.imports.cells import CellFault
from matchmaker.imports.comparing import compare
from matchmaker.imports.plans import NOTHING, Fault, Plan, PlannedRow
from matchmaker.imports.reading import read_rows
from matchmaker.imports.rows import Said, Sheet, find_twins, name_rows
from matchmaker.imports.surroundings import Surroundings
from matchmaker.imports.wishing.columns import COLUMNS
from matchmaker.imports.wishing.directory import Directory, load_directory
from matchmaker.wishes.models import Wish

T = TypeVar("T")
FIELDS = ("grade", "state", "message")
STANDARD = {"grade": "like", "state": "open", "message": ""}
# Somebody who graded meant it: no grade counts as untouched.
UNTOUCHED = STANDARD | {"grade": None}
Target = tuple[str, str, str]  # from, column of the target, target


class Finders(NamedTuple):
    """The directory's answers, each found once: the same people stand in many rows."""

    person: Callable[[str], str]
    target: Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class Known:
    id: str
    values: dict[str, Any]
    before: dict[str, Any]


def plan_wishes(session: Session, around: Surroundings, sheet: Sheet) -> Plan:
    directory = load_directory(session, around.event)
    present = _load(session, around.event)
    said, faults = read_rows(sheet, COLUMNS, around.names)
    resolved, more = _resolve_all(said, directory, sheet)
    repeated, twins = _judge_twins(resolved, sheet)
    faults = sorted([*faults, *more, *twins])
    out = {fault.row for fault in faults} | repeated
    return Plan(
        total=len(sheet.rows),
        rows=[_plan_row(row, present, directory) for row in resolved if row.number not in out],
        faults=faults,
        repeated=len(repeated),
    )


def _load(session: Session, event: Event) -> dict[Target, Known]:
    rows = session.execute(
        select(
            Wish.id, Wish.from_id, Wish.to_id, Wish.to_organisation_id,
            Wish.grade, Wish.state, Wish.message, Wish.imported,
        ).where(Wish.event_id == event.id)
    )  # fmt: skip
    return {_target(row): Known(row["id"], _said(row), row["imported"]) for row in rows.mappings()}


def _said(row: Any) -> dict[str, Any]:
    """The message as a spreadsheet would say it: a browser's form sends other ends of lines."""
    return {name: row[name] for name in FIELDS} | {"message": row["message"].replace("\r\n", "\n")}


def _target(values: Any) -> Target:
    column = "to_id" if values.get("to_id") else "to_organisation_id"
    return values["from_id"], column, values[column]


def _resolve_all(
    said: Sequence[Said], directory: Directory, sheet: Sheet
) -> tuple[list[Said], list[Fault]]:
    """Rows with ids for From and To; faults of those where that is not possible."""
    resolved, faults = [], []
    find = Finders(cache(directory.person), cache(directory.target))
    for row in said:
        try:
            resolved.append(Said(row.number, _resolve(row, find, directory, sheet)))
        except LookupError as fault:
            faults.append(Fault(row.number, str(fault.args[0]), str(fault.args[1])))
    return resolved, faults


def _resolve(row: Said, find: Finders, directory: Directory, sheet: Sheet) -> dict[str, Any]:
    """LookupError(column, sentence) for nobody and for oneself."""
    for field in ("from", "to"):
        if field not in row.values:
            raise LookupError(
                sheet.title(field), _("Nobody is named here. Write an e-mail address.")
            )
    wisher = _look("from", find.person, row, sheet)
    column, target = _look("to", find.target, row, sheet)
    if target == wisher:
        raise LookupError(
            sheet.title("to"), _("Nobody meets themselves. Write somebody else's address.")
        )
    if target == directory.homes[wisher]:
        raise LookupError(sheet.title("to"), _("This is the own organisation. Write another one."))
    values = {name: row.values[name] for name in FIELDS if name in row.values}
    return values | {"from_id": wisher, column: target}


def _look(field: str, look: Callable[[str], T], row: Said, sheet: Sheet) -> T:
    try:
        return look(row.values[field])
    except CellFault as fault:
        raise LookupError(sheet.title(field), str(fault)) from None


def _judge_twins(rows: Sequence[Said], sheet: Sheet) -> tuple[set[int], list[Fault]]:
    """Rows that repeat another, and rows that contradict each other."""
    repeated: set[int] = set()
    faults = []
    for group in find_twins(rows, lambda row: [_target(row.values)]):
        first, *others = sorted(group, key=lambda row: row.number)
        if all(row.values == first.values for row in others):
            repeated |= {row.number for row in others}
            continue
        sentence = _(
            "Rows %(rows)s are the same wish and say different things. Keep one of them.",
            rows=name_rows(group),
        )
        faults += [Fault(row.number, sheet.title("to"), sentence) for row in group]
    return repeated, faults


def _plan_row(row: Said, present: Mapping[Target, Known], directory: Directory) -> PlannedRow:
    wish = present.get(_target(row.values))
    said = {name: row.values[name] for name in FIELDS if name in row.values}
    return PlannedRow(
        number=row.number,
        title=directory.names[row.values["from_id"]],
        id=wish.id if wish else None,
        said=said if wish else row.values,
        comparison=compare(said, wish.values, wish.before, UNTOUCHED) if wish else NOTHING,
    )
