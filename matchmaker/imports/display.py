"""How a preview words what an import would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.people.fields import OF_LISTS
from matchmaker.imports.plans import CHANGED, NEW, Plan
from matchmaker.imports.rows import Sheet
from matchmaker.imports.surroundings import Surroundings
from matchmaker.languages import language_name, pick

SHOWN = 200  # rows of each table of a preview; the files hold all
SHOWN_AFTERWARDS = 20  # reasons on the page of an import that is over
SAMPLE, LONGEST_CELL, CELLS = 10, 80, 3


@dataclass(frozen=True)
class Sample:
    """Some rows as they were read: a wrong encoding or a wrong column is seen at a glance."""

    titles: list[str]
    rows: list[tuple[int, str, list[str]]]  # number, outcome, cells


def show_sample(plan: Plan, sheet: Sheet) -> Sample:
    """What changes, then what is new; only columns that are taken over."""
    places = sorted(sheet.found.places.values())
    cells = dict(sheet.rows)
    judged = list(zip(plan.rows, plan.outcomes, strict=True))
    rows = [row for wanted in (CHANGED, NEW) for row, outcome in judged if outcome == wanted]
    return Sample(
        titles=[sheet.header[place] for place in places],
        rows=[
            (
                row.number,
                row.outcome,
                [shorten(cells[row.number][place], LONGEST_CELL) for place in places],
            )
            for row in rows[:SAMPLE]
        ],
    )


def show_cells(import_: Import) -> dict[int, str]:
    """Of each column the first cells that say something, by place."""
    found: dict[int, list[str]] = {}
    for _number, cells in import_.rows["rows"][:SHOWN]:
        for place, cell in enumerate(cells):
            said = found.setdefault(place, [])
            if cell.strip() and len(said) < CELLS and cell not in said:
                said.append(shorten(" ".join(cell.split()), LONGEST_CELL // 2))
    return {place: " · ".join(said) for place, said in found.items()}


def titles_of(kind: str) -> list[tuple[str, str]]:
    """What a column can be."""
    language = current_language()
    return [(column.field, column.titles[language]) for column in KINDS[kind].columns]


def shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def show_clashes(plan: Plan, import_: Import, around: Surroundings) -> list[dict[str, Any]]:
    """Row, person, column, and both values as text."""
    titles = dict(titles_of(import_.kind))
    return [
        {
            "row": row.number,
            "title": row.title,
            "column": titles[clash.field],
            "here": text_of(clash.field, clash.here, around) or "–",
            "file": text_of(clash.field, clash.file, around) or "–",
            "is_new": clash.is_new,
        }
        for row, clash in plan.clashes[:SHOWN]
    ]


def text_of(field: str, value: Any, around: Surroundings) -> str:
    """A value of an import for reading."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return "; ".join(_item(field, item, around) for item in value)
    if field == "place":
        codes = {place.id: place.code for place in around.names.places.values()}
        return codes.get(value, str(value))
    if field in OF_LISTS:
        return _term(field, value, around)
    if field == "kind":
        return pick(around.type_names.get(value), current_language()) or str(value)
    return state_text(value) if field in ("state", "grade") else str(value)


def _item(field: str, item: str, around: Surroundings) -> str:
    if field in ("spoken", "organisation_spoken"):
        return language_name(item, current_language())
    if field in OF_LISTS:
        return _term(field, item, around)
    if field == "sessions":
        return pick(around.names.session_names.get(item), current_language()) or item
    if field == "absent":
        starts = {slot.id: f"{slot.starts_at:%Y-%m-%d %H:%M}" for slot in around.names.slots}
        return starts.get(item, item)
    return item


def _term(field: str, code: str, around: Surroundings) -> str:
    labels = around.labels.get(OF_LISTS[field], {}).get(code)
    return pick(labels, current_language()) or code


def state_text(value: str) -> str:
    words = {
        "registered": _("not validated"),
        "validated": _("validated"),
        "rejected": _("rejected"),
        "withdrawn": _("withdrawn"),
        "open": _("open"),
        "accepted": _("accepted"),
        "declined": _("declined"),
        "top": _("top"),
        "like": _("like"),
        "never": _("never"),
        "attends": _("signed up"),
        "waits": _("waits"),
        "left": _("left"),
    }
    return str(words.get(value, value))


def separator_text(separator: str) -> str:
    words = {
        "\t": _("tab"),
        ";": _("semicolon (;)"),
        ",": _("comma (,)"),
        "|": _("vertical bar (|)"),
    }
    return str(words.get(separator, separator))
