"""Tables as files: a workbook, CSV (several of them in one archive), or JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

from matchmaker.exports.tables import Table
from matchmaker.languages import direction
from matchmaker.spreadsheets.writing import Sheet, write_csv, write_xlsx

LOOKED_AT = 200  # rows by which a column's width is chosen


def as_xlsx(tables: Sequence[Table], language: str) -> bytes:
    rightwards = direction(language) == "rtl"
    return write_xlsx(
        [
            Sheet(
                name=table.title,
                header=table.header,
                rows=table.rows,
                right_to_left=rightwards,
                widths=_widths(table),
            )
            for table in tables
        ]
    )


def as_csv(table: Table) -> bytes:
    return write_csv(table.header, table.rows)


def as_zip(tables: Sequence[Table]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            archive.writestr(f"{table.name}.csv", as_csv(table))
    return buffer.getvalue()


def as_json(tables: Sequence[Table]) -> bytes:
    """Lists of objects by name; one list alone stands for itself. What is empty is left out."""
    found = {table.name: _objects(table) for table in tables}
    [(_name, only), *more] = found.items()
    return json.dumps(found if more else only, ensure_ascii=False, indent=1).encode()


def _objects(table: Table) -> list[dict[str, str]]:
    return [
        {
            title: cell
            for title, cell in zip(table.header, row, strict=True)
            if cell or table.is_whole
        }
        for row in table.rows
    ]


def _widths(table: Table) -> list[int]:
    shown = [table.header, *table.rows[:LOOKED_AT]]
    return [max(len(row[i]) for row in shown) + 2 for i in range(len(table.header))]
