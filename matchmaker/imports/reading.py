"""What the rows of a file say, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from matchmaker.accounts.localisation import current_language
from matchmaker.imports.cells import NOTHING, CellFault, clean
from matchmaker.imports.columns import Known
from matchmaker.imports.plans import Fault
from matchmaker.imports.rows import Said, Sheet
from matchmaker.imports.surroundings import Names


class Reading(NamedTuple):
    """All rows, also faulty ones (what they say of themselves still counts as said)."""

    said: Sequence[Said]
    faults: Sequence[Fault]


def read_rows(sheet: Sheet, columns: Sequence[Known], names: Names) -> Reading:
    """Read once, as long as the cells may name the same."""
    read = partial(_read_rows, sheet, columns, names)
    return sheet.ledger.recall(("rows", current_language()), (names, sheet.found), read)


def _read_rows(sheet: Sheet, columns: Sequence[Known], names: Names) -> Reading:
    readers = [
        (column.field, sheet.title(column.field), place, _reader(column, names))
        for column in columns
        if (place := sheet.found.places.get(column.field)) is not None
    ]
    said, faults = [], []
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
        said.append(Said(number, values))
    return Reading(tuple(said), tuple(faults))


def _reader(column: Known, names: Names) -> Callable[[str], Any]:
    """Reads a cell of this column; cells that say the same are read once."""

    @cache
    def read(cell: str) -> Any:
        return _read_cell(cell, column, names)

    return read


def _read_cell(cell: str, column: Known, names: Names) -> Any:
    """The value; None where the cell says nothing."""
    text = clean(cell)
    if not text:
        return None
    return column.empty if text in NOTHING else column.read(text, names)
