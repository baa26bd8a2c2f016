"""Delimited text: comma, semicolon, tab or bar; quotes; any mixture of line ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from matchmaker.spreadsheets.decoding import decode
from matchmaker.spreadsheets.formulas import rearm
from matchmaker.spreadsheets.table import LONGEST_CELL, Collector, Table, Unreadable

SEPARATORS = (";", "\t", ",", "|")
SAMPLE_ROWS = 20
SAMPLE_TEXT = 200_000
TOO_LONG = "field larger"


def read_text(data: bytes, separator: str = "") -> Table:
    """``separator`` empty: found by looking."""
    text, encoding = decode(data)
    if "\0" in text:
        raise Unreadable("binary")
    declared, text = _declared_separator(text)
    separator = separator or declared or find_separator(text)
    collector = Collector()
    for number, cells in enumerate(_records(text, separator), start=1):
        collector.add(number, [rearm(cell) for cell in cells])
    return collector.table(encoding=encoding, separator=separator)


def _declared_separator(text: str) -> tuple[str, str]:
    """Excel's own first line ``sep=;``, which no spreadsheet counts as a row."""
    first, _end, rest = text.partition("\n")
    first = first.rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], rest
    return "", text


def find_separator(text: str) -> str:
    """The separator that cuts the first rows into the most equal columns."""
    return max(SEPARATORS, key=lambda separator: _score(text[:SAMPLE_TEXT], separator))


def _score(sample: str, separator: str) -> float:
    widths = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if cells:
                widths.append(len(cells))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if not widths or widths[0] == 1:
        return 0
    alike = sum(1 for width in widths if width == widths[0]) / len(widths)
    return widths[0] * alike


def _records(text: str, separator: str) -> Iterator[list[str]]:
    # One more than allowed, so that the collector can name the cell.
    csv.field_size_limit(LONGEST_CELL * 10)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    while True:
        row += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            if str(fault).startswith(TOO_LONG):
                raise Unreadable("cell_long", row=row, most=LONGEST_CELL) from None
            raise Unreadable("quotes", row=row) from None
