"""A file as parts of a set-up: by the list of the export, each row with its number and values.

What a file does not speak of, it leaves as it is: a part that is not there, a column that is not
there. What we do not know is left out and said; what is wrong is said with part, row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.exports.setup import MARK, TABLES, VERSION, columns_of
from matchmaker.imports.kinds import KINDS
from matchmaker.setups.naming import part_name
from matchmaker.setups.values import ValueFault, value_of
from matchmaker.spreadsheets.table import Table

MOST_BYTES = 2 * 1024 * 1024
MOST_FAULTS = 50
MOST_ROWS = 5000  # of one part
Values = dict[str, Any]


class FaultyFile(Refusal):
    """With every fault that was found, up to a number."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)[:MOST_FAULTS]


@dataclass(frozen=True)
class FileRow:
    number: int
    values: Values


@dataclass(frozen=True)
class SetUp:
    """``parts`` by name; ``left_out``: names of what is not taken from the file."""

    parts: Mapping[str, Sequence[FileRow]]
    left_out: tuple[str, ...]

    def moved(self, days: timedelta) -> SetUp:
        """With every day and time brought so many days further."""
        parts = {
            name: [replace(row, values=_moved(row.values, days)) for row in rows]
            for name, rows in self.parts.items()
        }
        return replace(self, parts=parts)

    @property
    def first_day(self) -> date | None:
        return min((row.values["day"] for row in self.parts.get("session", ())), default=None)


def _moved(values: Values, days: timedelta) -> Values:
    return {
        name: value + days if isinstance(value, date | datetime) else value
        for name, value in values.items()
    }


def read_set_up(tables: Sequence[Table]) -> SetUp:
    """Refused with all its faults."""
    found = {table.sheet.strip().lower(): table for table in tables}
    _check_version(found.pop(MARK, None))
    known = {name: table for name, table in found.items() if name in TABLES}
    if not known:
        raise FaultyFile(
            [
                _(
                    "This file holds no part of a set-up. Choose what Export, Set-up has written; "
                    "it has lists such as %(names)s.",
                    names=", ".join(TABLES[:4]),
                )
            ]
        )
    faults: list[str] = []
    parts = {name: _rows(name, table, faults) for name, table in known.items()}
    if faults:
        raise FaultyFile(faults)
    others = [table.sheet for name, table in found.items() if name not in TABLES]
    return SetUp(parts, tuple(_unknown(others)))


def _check_version(mark: Table | None) -> None:
    said = mark.rows[0][1][0].strip() if mark and mark.rows else VERSION
    if said != VERSION:
        raise FaultyFile(
            [
                _(
                    "This set-up has the form %(said)s; this Matchmaker reads form %(known)s. "
                    "Export it anew, or bring Matchmaker up to date.",
                    said=said[:20],
                    known=VERSION,
                )
            ]
        )


def _unknown(names: Iterable[str]) -> list[str]:
    """Lists of people are known, and are imported elsewhere."""
    lists = {str(kind.label) for kind in KINDS.values()}
    return [name[:60] for name in names if name not in KINDS and name not in lists]


def _rows(name: str, table: Table, faults: list[str]) -> list[FileRow]:
    if len(table.rows) > MOST_ROWS:
        faults.append(_("%(part)s: more than %(most)s rows.", part=part_name(name), most=MOST_ROWS))
        return []
    places = _places(name, table, faults)
    return [
        FileRow(number, _values(name, number, cells, places, faults))
        for number, cells in table.rows
    ]


def _places(name: str, table: Table, faults: list[str]) -> dict[str, int]:
    """Column → where it stands in the file. Those of the key have to be there."""
    wanted = columns_of(name)
    places = {
        title.strip(): place for place, title in enumerate(table.header) if title.strip() in wanted
    }
    keys = {key.name for key in Base.metadata.tables[name].primary_key.columns} & set(wanted)
    if table.rows and (missing := sorted(keys - set(places))):
        faults.append(
            _(
                "%(part)s: the column %(column)s is missing.",
                part=part_name(name),
                column=", ".join(missing),
            )
        )
        return {}
    return places


def _values(
    name: str, number: int, cells: Sequence[str], places: Mapping[str, int], faults: list[str]
) -> Values:
    columns = Base.metadata.tables[name].columns
    found: Values = {}
    for title, place in places.items():
        try:
            found[title] = value_of(columns[title], cells[place])
        except ValueFault as fault:
            faults.append(
                _(
                    "%(part)s, row %(row)s, column %(column)s: %(sentence)s",
                    part=part_name(name),
                    row=number,
                    column=title,
                    sentence=str(fault),
                )
            )
    return found
