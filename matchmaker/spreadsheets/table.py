"""A table as read, the limits of one, and what makes a file unreadable."""

from __future__ import annotations

from dataclasses import dataclass

MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # what a cell of Excel holds
MOST_TEXT = 20_000_000  # characters of all cells together

# What Excel shows where a formula has no value.
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#GETTING_DATA")

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The first row with text is the header; rows carry the number that a spreadsheet shows.

    ``encoding`` and ``separator`` are empty for a workbook, ``sheet`` is empty for a text.
    """

    header: Cells
    rows: tuple[tuple[int, Cells], ...]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


class Unreadable(Exception):
    """The file cannot be read. ``code`` names the sentence, ``facts`` fill it."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Collector:
    """Takes row after row, holds the limits, and leaves out what is empty."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, Cells]] = []
        self.text = 0

    def add(self, number: int, cells: list[str]) -> None:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            return
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("columns", row=number, columns=len(cells), most=MOST_COLUMNS)
        if len(self.rows) > MOST_ROWS:
            raise Unreadable("rows", most=MOST_ROWS)
        lengths = [len(cell) for cell in cells]
        if max(lengths) > LONGEST_CELL:
            place = lengths.index(max(lengths))
            raise Unreadable(
                "cell", row=number, column=letters(place), length=max(lengths), most=LONGEST_CELL
            )
        self.text += sum(lengths)
        if self.text > MOST_TEXT:
            raise Unreadable("text", row=number, most=MOST_TEXT)
        self.rows.append((number, tuple(cells)))

    def table(self, **about: str | tuple[str, ...]) -> Table:
        if not self.rows:
            raise Unreadable("empty")
        (_number, header), *rows = self.rows
        widest = max(len(header), *(len(cells) for _, cells in rows)) if rows else len(header)
        wide = header + ("",) * (widest - len(header))
        padded = tuple((number, cells + ("",) * (widest - len(cells))) for number, cells in rows)
        return Table(wide, padded, **about)  # type: ignore[arg-type]


def letters(column: int) -> str:
    """The name of the column 0, 1, … in a spreadsheet: A, B, … AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
