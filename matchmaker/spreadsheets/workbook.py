"""The first visible sheet of an XLSX workbook that has something in it."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import python_calamine as calamine

from matchmaker.spreadsheets.archive import open_archive
from matchmaker.spreadsheets.cell_errors import find_errors
from matchmaker.spreadsheets.formulas import rearm
from matchmaker.spreadsheets.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Collector,
    Table,
    Unreadable,
    letters,
)

BROKEN = (
    calamine.CalamineError,
    ElementTree.ParseError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    LookupError,
)
T = TypeVar("T")
LARGEST_EXACT = 10**15  # whole numbers up to here are exact in a cell


def read_workbook(data: bytes) -> Table:
    return _opened(data, _read)


def read_sheets(data: bytes) -> list[Table]:
    """All sheets that can be seen and have something in them."""
    return _opened(data, _read_all)


def _opened(data: bytes, read: Callable[[calamine.CalamineWorkbook, zipfile.ZipFile], T]) -> T:
    archive = open_archive(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return read(book, archive)
    except calamine.PasswordError:
        raise Unreadable("password") from None
    except BROKEN:
        raise Unreadable("broken") from None


def _seen(book: calamine.CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]


def _read_all(book: calamine.CalamineWorkbook, archive: zipfile.ZipFile) -> list[Table]:
    sheets = [(name, book.get_sheet_by_name(name)) for name in _seen(book)]
    return [
        _collect(sheet, find_errors(archive, name)).table(sheet=name)
        for name, sheet in sheets
        if sheet.end is not None
    ]


def _read(book: calamine.CalamineWorkbook, archive: zipfile.ZipFile) -> Table:
    names = _seen(book)
    for position, name in enumerate(names):
        sheet = book.get_sheet_by_name(name)
        if sheet.end is not None:
            errors = find_errors(archive, name)
            return _collect(sheet, errors).table(
                sheet=name, other_sheets=tuple(names[position + 1 :])
            )
    raise Unreadable("empty")


def _collect(sheet: calamine.CalamineSheet, errors: dict[int, dict[int, str]]) -> Collector:
    _check_corner(sheet)
    collector = Collector()
    first_row, first_column = sheet.start or (0, 0)
    for number, values in enumerate(sheet.to_python(), start=first_row + 1):
        cells = [""] * first_column + [text_of(value) for value in values]
        _put_errors(cells, errors.get(number, {}))
        collector.add(number, cells)
    return collector


def _check_corner(sheet: calamine.CalamineSheet) -> None:
    row, column = sheet.end or (0, 0)
    if row > MOST_ROWS or column >= MOST_COLUMNS:
        raise Unreadable(
            "far", cell=f"{letters(column)}{row + 1}", rows=MOST_ROWS, columns=MOST_COLUMNS
        )


def _put_errors(cells: list[str], errors: dict[int, str]) -> None:
    for column, error in errors.items():
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = error


def text_of(value: Any) -> str:
    """What a cell says: 12.0 is 12, dates and times in ISO form."""
    if isinstance(value, str):
        return rearm(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < LARGEST_EXACT
        return str(int(value)) if whole else f"{value:.15g}"
    return _time_text(value)


def _time_text(value: Any) -> str:
    if isinstance(value, datetime):
        return _short(value.isoformat(" "))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _short(value.isoformat())
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)


def _short(text: str) -> str:
    """Without the seconds, where there are none."""
    return text.removesuffix(":00") if text.count(":") > 1 else text
