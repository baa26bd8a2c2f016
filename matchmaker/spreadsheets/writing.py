"""Writing spreadsheets in which text stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter

from matchmaker.spreadsheets.formulas import disarm, rearm

INERT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
NARROWEST, WIDEST = 8, 60
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Value = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet; the header is bold and stays in sight, Arabic sheets run right to left."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]] = ()
    right_to_left: bool = False
    widths: Sequence[int] = field(default=())


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The workbook; text that looks like a formula or an address stays plain text."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, INERT)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        name = FORBIDDEN_IN_NAMES.sub(" ", sheet.name).strip("' ")[:LONGEST_SHEET_NAME]
        _write_sheet(workbook.add_worksheet(name), sheet, bold, wrapped)
    workbook.close()
    return buffer.getvalue()


def _write_sheet(
    worksheet: xlsxwriter.worksheet.Worksheet,
    sheet: Sheet,
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    if sheet.right_to_left:
        worksheet.right_to_left()
    worksheet.freeze_panes(1, 0)
    for column, title in enumerate(sheet.header):
        width = sheet.widths[column] if sheet.widths else len(title) + 3
        worksheet.set_column(column, column, min(WIDEST, max(NARROWEST, width)))
        worksheet.write_string(0, column, _plain(title), bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                worksheet.write_string(number, column, _plain(value), wrapped)
            elif value is not None:
                worksheet.write_number(number, column, value, wrapped)


def _plain(text: str) -> str:
    """Text for a cell. Only what reading would change gets the apostrophe that undoes it."""
    text = CONTROLS.sub("", text)
    return disarm(text) if rearm(text) != text else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV in UTF-8 with a byte-order mark, which Excel needs to see accents and Arabic."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return disarm(CONTROLS.sub("", value))
    return "" if value is None else str(value)
