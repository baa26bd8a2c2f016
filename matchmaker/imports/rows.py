"""The rows of a file, cell by cell, and rows that speak of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.imports.cells import NOTHING, CellFault, clean
from matchmaker.imports.columns import Known
from matchmaker.imports.plans import Fault
from matchmaker.imports.surroundings import Surroundings
from matchmaker.languages import comma
from matchmaker.spreadsheets.columns import Recognised

Row = tuple[int, Sequence[str]]
ROWS_NAMED = 6


@dataclass(frozen=True)
class Said:
    """What a row says: only the cells that say something."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of an import with what is known of its columns."""

    header: Sequence[str]
    rows: Sequence[Row]
    found: Recognised

    def title(self, field: str) -> str:
        """The file's own title of this column."""
        place = self.found.places.get(field)
        return "" if place is None else self.header[place].strip()


def read_rows(
    sheet: Sheet, columns: Sequence[Known], around: Surroundings
) -> tuple[list[Said], list[Fault]]:
    """All rows, also faulty ones (what they say of themselves still counts as said)."""
    readers = [
        (column.field, sheet.title(column.field), place, _reader(column, around))
        for column in columns
        if (place := sheet.found.places.get(column.field)) is not None
    ]
    rows, faults = [], []
    for number, cells in sheet.rows:
        values: dict[str, Any] = {}
        for field, title, place, read in readers:
            try:
                value = read(cells[place])
            except CellFault as fault:
                faults.append(Fault(number, title, str(fault)))
                continue
            if value is not None:
                values[field] = value
        rows.append(Said(number, values))
    return rows, faults


def _reader(column: Known, around: Surroundings) -> Callable[[str], Any]:
    """Reads a cell of this column; cells that say the same are read once."""

    @cache
    def read(cell: str) -> Any:
        return _read_cell(cell, column, around)

    return read


def _read_cell(cell: str, column: Known, around: Surroundings) -> Any:
    """The value; None where the cell says nothing."""
    text = clean(cell)
    if not text:
        return None
    return column.empty if text in NOTHING else column.read(text, around)


def find_twins(
    rows: Iterable[Said], tokens: Callable[[Said], Iterable[Hashable]]
) -> list[list[Said]]:
    """Groups of two and more rows that share a token, directly or through others."""
    groups: dict[Hashable, list[Said]] = {}
    for row in rows:
        mine = [row]
        named = list(tokens(row))
        for token in named:
            other = groups.get(token, mine)
            if other is not mine:
                mine = _join(groups, other, mine)
        for token in named:
            groups[token] = mine
    distinct = {id(group): group for group in groups.values()}
    return [group for group in distinct.values() if len(group) > 1]


def _join(groups: dict[Hashable, list[Said]], one: list[Said], other: list[Said]) -> list[Said]:
    joined = one + other
    for token, group in groups.items():
        if group is one or group is other:
            groups[token] = joined
    return joined


def name_rows(group: Iterable[Said]) -> str:
    """``3, 4, 9 …``"""
    numbers = sorted(row.number for row in group)
    text = comma(current_language()).join(str(number) for number in numbers[:ROWS_NAMED])
    return _("%(numbers)s and others", numbers=text) if len(numbers) > ROWS_NAMED else text
