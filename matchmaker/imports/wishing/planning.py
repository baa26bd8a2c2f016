"""What a list of wishes would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from flask_babel import gettext as _
from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.database import read_json
from matchmaker.events.models import Event
from matchmaker.imports.cells import CellFault
from matchmaker.imports.comparing import compare
from matchmaker.imports.plans import Fault, Plan, PlannedRow
from matchmaker.imports.reading import Reading, read_rows
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


class Resolved(NamedTuple):
    """Rows with ids for From and To, without those that repeat another; ``repeated``: how many."""

    rows: Sequence[Said]
    faults: Sequence[Fault]
    repeated: int


Row = tuple[Any, ...]
OF_WISHES = (
    "id", "from_id", "to_id", "to_organisation_id", "grade", "state", "message", "imported",
)  # fmt: skip


def plan_wishes(session: Session, around: Surroundings, sheet: Sheet) -> Plan:
    directory, recall = load_directory(session, around.event), sheet.ledger.recall
    reading = read_rows(sheet, COLUMNS, around.names)
    resolve = partial(_resolve_all, reading, directory, sheet)
    resolved = recall(("resolved", current_language()), (directory, reading, sheet.found), resolve)
    present = _load(session, around.event)
    plan = partial(_plan, resolved, present, directory.names, sheet)
    return recall("plan", (resolved, present, directory.names), plan)


def _plan(
    resolved: Resolved, present: Mapping[Target, Row], names: Mapping[str, str], sheet: Sheet
) -> Plan:
    planned = []
    for row in resolved.rows:
        wish, title = present.get(_target(row.values)), names[row.values["from_id"]]
        plan = partial(_plan_row, row, wish, title)
        planned.append(sheet.ledger.recall(row.number, (row, wish, title), plan))
    return Plan(
        total=len(sheet.rows),
        rows=planned,
        faults=resolved.faults,
        repeated=resolved.repeated,
    )


def _load(session: Session, event: Event) -> dict[Target, Row]:
    """What was imported as text: it is parsed where it is needed."""
    columns = Wish.__table__.c
    *others, imported = (columns[name] for name in OF_WISHES)
    query = select(*others, cast(imported, Text)).where(columns.event_id == event.id)
    found: dict[Target, Row] = {}
    for row in session.execute(query).all():
        _id, wisher, person, organisation, *_said = row
        kind, whom = ("to_id", person) if person else ("to_organisation_id", organisation)
        found[wisher, kind, whom] = tuple(row)
    return found


def _target(values: Any) -> Target:
    column = "to_id" if values.get("to_id") else "to_organisation_id"
    return values["from_id"], column, values[column]


def _resolve_all(reading: Reading, directory: Directory, sheet: Sheet) -> Resolved:
    resolved, faults = [], []
    find = Finders(cache(directory.person), cache(directory.target))
    for row in reading.said:
        try:
            resolved.append(Said(row.number, _resolve(row, find, directory, sheet)))
        except LookupError as fault:
            faults.append(Fault(row.number, str(fault.args[0]), str(fault.args[1])))
    repeated, twins = _judge_twins(resolved, sheet)
    faults = sorted([*reading.faults, *faults, *twins])
    out = {fault.row for fault in faults} | repeated
    return Resolved([row for row in resolved if row.number not in out], faults, len(repeated))


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


def _plan_row(row: Said, wish: Row | None, title: str) -> PlannedRow:
    if wish is None:
        return PlannedRow(number=row.number, title=title, id=None, said=row.values)
    id_, *_target, grade, state, message, imported = wish
    said = {name: row.values[name] for name in FIELDS if name in row.values}
    # The message as a spreadsheet would say it: a browser's form sends other ends of lines.
    here = {"grade": grade, "state": state, "message": message.replace("\r\n", "\n")}
    comparison = compare(said, here, read_json(imported), UNTOUCHED)
    return PlannedRow(number=row.number, title=title, id=id_, said=said, comparison=comparison)
