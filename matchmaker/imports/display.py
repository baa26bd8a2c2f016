"""How a preview words what an import would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.plans import CHANGED, NEW, Plan
from matchmaker.imports.rows import Sheet
from matchmaker.imports.surroundings import Surroundings
from matchmaker.languages import language_name, pick

SHOWN = 200  # rows of each table of a preview; the files hold all
SAMPLE, LONGEST_CELL = 10, 80


@dataclass(frozen=True)
class Sample:
    """Some rows as they were read: a wrong encoding or a wrong column is seen at a glance."""

    titles: list[str]
    rows: list[tuple[int, str, list[str]]]  # number, outcome, cells


def show_sample(plan: Plan, sheet: Sheet) -> Sample:
    """What changes, then what is new; only columns that are taken over."""
    places = sorted(sheet.found.places.values())
    cells = dict(sheet.rows)
    rows = [row for wanted in (CHANGED, NEW) for row in plan.rows if row.outcome == wanted]
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


def shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def show_clashes(plan: Plan, import_: Import, around: Surroundings) -> list[dict[str, Any]]:
    """Row, person, column, and both values as text."""
    titles = {
        column.field: column.titles[current_language()] for column in KINDS[import_.kind].columns
    }
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
        codes = {place.id: place.code for place in around.places.values()}
        return codes.get(value, str(value))
    if field == "organisation_kind":
        return pick(around.labels.get("type", {}).get(value), current_language()) or str(value)
    if field == "kind":
        return pick(around.type_names.get(value), current_language()) or str(value)
    return state_text(value) if field in ("state", "grade") else str(value)


def _item(field: str, item: str, around: Surroundings) -> str:
    if field == "spoken":
        return language_name(item, current_language())
    if field == "areas":
        return pick(around.labels.get("sector", {}).get(item), current_language()) or item
    if field == "sessions":
        return pick(around.session_names.get(item), current_language()) or item
    if field == "absent":
        starts = {slot.id: f"{slot.starts_at:%Y-%m-%d %H:%M}" for slot in around.slots}
        return starts.get(item, item)
    return item


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
