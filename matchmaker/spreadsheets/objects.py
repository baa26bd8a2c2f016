"""JSON: a list of flat objects, or lists by name of which the first is read; a row each."""

from __future__ import annotations

import json
from typing import Any

from matchmaker.spreadsheets.decoding import decode
from matchmaker.spreadsheets.table import Collector, Table, Unreadable

BETWEEN = "; "


def is_json(data: bytes) -> bool:
    """By its first sign; no CSV of people begins so."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def read_objects(data: bytes) -> Table:
    """Rows are counted as a spreadsheet would count them: the first object is row 2."""
    text, encoding = decode(data)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    name, rows, others = _first_list(found)
    return table_of(name, rows, encoding, others)


def table_of(name: str, rows: list[Any], encoding: str, others: tuple[str, ...] = ()) -> Table:
    """Of objects, a row each."""
    header: dict[str, None] = {}
    for row in rows:
        if not isinstance(row, dict):
            raise Unreadable("json")
        header |= dict.fromkeys(map(str, row))
    collector = Collector()
    if header:
        collector.add(1, list(header))
    for number, row in enumerate(rows, start=2):
        collector.add(number, [_cell(row.get(title)) for title in header])
    return collector.table(encoding=encoding, sheet=name, other_sheets=others)


def _first_list(found: Any) -> tuple[str, list[Any], tuple[str, ...]]:
    if isinstance(found, list):
        return "JSON", found, ()
    lists = {str(name): rows for name, rows in found.items() if isinstance(rows, list)}
    if not lists:
        raise Unreadable("json")
    name, *others = lists
    return name, lists[name], tuple(others)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return BETWEEN.join(_cell(part) for part in value)
    if isinstance(value, dict):
        raise Unreadable("json")
    return "" if value is None else str(value)
