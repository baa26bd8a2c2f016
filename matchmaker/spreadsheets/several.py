"""All tables of a file: the sheets of a workbook, the lists of a JSON object, an archive of CSV."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from matchmaker.spreadsheets.archive import check_sizes
from matchmaker.spreadsheets.decoding import decode
from matchmaker.spreadsheets.delimited import read_text
from matchmaker.spreadsheets.kinds import kind_of
from matchmaker.spreadsheets.objects import is_json, table_of
from matchmaker.spreadsheets.table import Table, Unreadable
from matchmaker.spreadsheets.workbook import read_sheets

CSV = ".csv"
MOST_TABLES = 200


def read_every(data: bytes) -> list[Table]:
    """In their order, each with its name as ``sheet``; those without a header, too."""
    if kind_of(data) == "workbook":
        return _bundle(data) if _is_bundle(data) else read_sheets(data)
    if is_json(data):
        return _lists(data)
    raise Unreadable("single")


def _lists(data: bytes) -> list[Table]:
    text, encoding = decode(data)
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    if not isinstance(found, dict) or len(found) > MOST_TABLES:
        raise Unreadable("single")
    return [
        table_of(str(name), rows, encoding) if rows else Table((), (), encoding, sheet=str(name))
        for name, rows in found.items()
        if isinstance(rows, list)
    ]


def _is_bundle(data: bytes) -> bool:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("broken") from None
    return bool(names) and all(name.lower().endswith(CSV) for name in names)


def _bundle(data: bytes) -> list[Table]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        check_sizes(archive)
        found = [(name, archive.read(name)) for name in archive.namelist()[:MOST_TABLES]]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        raise Unreadable("broken") from None
    return [_named(read_text(content), name[: -len(CSV)]) for name, content in found]


def _named(table: Table, name: str) -> Table:
    return Table(table.header, table.rows, table.encoding, table.separator, sheet=name)
