"""Files that go out: templates to fill in, and faulty rows with their reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from matchmaker.imports.columns import Known
from matchmaker.imports.kinds import Kind
from matchmaker.imports.plans import Fault
from matchmaker.imports.rows import Row
from matchmaker.languages import direction
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_template(kind: Kind, language: str) -> bytes:
    """Titles and one example row; a second sheet explains each column."""
    columns = kind.columns
    rightwards = direction(language) == "rtl"
    explained = [[column.titles[language], _needed(kind, column), str(column.explanation),
                  column.example] for column in columns]  # fmt: skip
    return write_xlsx(
        [
            Sheet(
                name=str(kind.label),
                header=[column.titles[language] for column in columns],
                rows=[[column.example for column in columns]],
                right_to_left=rightwards,
                widths=[max(len(c.titles[language]), len(c.example)) + 3 for c in columns],
            ),
            Sheet(
                name=_("Explanations"),
                header=[_("Column"), _("Needed"), _("What to write"), _("Example")],
                rows=explained,
                right_to_left=rightwards,
                widths=[28, 12, 60, 40],
            ),
        ]
    )


def _needed(kind: Kind, column: Known) -> str:
    for group in kind.needed:
        if column.field in group:
            return str(_("yes") if len(group) == 1 else _("this or another"))
    return ""


def make_faulty(
    header: Sequence[str], rows: Iterable[Row], faults: Iterable[Fault], language: str
) -> bytes:
    """The faulty rows as they came, with a last column that says why. Corrected, the file can
    be imported as it is.
    """
    reason = _("Reason of the refusal")
    # Reasons of an earlier refusal go: the file was corrected and came back.
    kept = [place for place, title in enumerate(header) if title != reason]
    reasons: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        reasons[fault.row].append(fault)
    told = [
        [*(cells[place] for place in kept), " ".join(_reason(fault) for fault in reasons[number])]
        for number, cells in rows
        if number in reasons
    ]
    return write_xlsx(
        [
            Sheet(
                name=_("Faulty rows"),
                header=[*(header[place] for place in kept), reason],
                rows=told,
                right_to_left=direction(language) == "rtl",
            )
        ]
    )


def _reason(fault: Fault) -> str:
    place = _("Row %(row)s", row=fault.row)
    column = _(", ") + fault.column if fault.column else ""
    return str(place + column + _(": ") + fault.sentence)
