"""Reading a spreadsheet that somebody uploaded or pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from matchmaker.errors import Refusal
from matchmaker.languages import isolate
from matchmaker.spreadsheets.sandbox import read_all_in_child, read_in_child
from matchmaker.spreadsheets.sentences import sentence_of
from matchmaker.spreadsheets.table import Table, Unreadable

__all__ = ["Table", "read_paste", "read_table", "read_tables"]


T = TypeVar("T")


def read_table(data: bytes, file_name: str) -> Table:
    """The first sheet of an XLSX file, or a CSV file; refused with a sentence.

    The file is judged by its content; ``file_name`` only begins the sentence.
    """
    return _read(data, "", file_name)


def read_tables(data: bytes, file_name: str) -> tuple[Table, ...]:
    """All sheets of a workbook, all lists of a JSON file, or an archive of CSV files."""
    return _told(lambda: read_all_in_child(data), file_name)


def read_paste(text: str) -> Table:
    """Cells copied from a spreadsheet program: separated by tabs."""
    return _read(text.encode("utf-8", "replace"), "\t", "")


def _read(data: bytes, separator: str, file_name: str) -> Table:
    return _told(lambda: read_in_child(data, separator), file_name)


def _told(read: Callable[[], T], file_name: str) -> T:
    try:
        return read()
    except Unreadable as fault:
        sentence = sentence_of(fault)
        raise Refusal(isolate(file_name) + _(": ") + sentence if file_name else sentence) from None
