"""Why a file cannot be read, in the reader's language, each with its cure."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from matchmaker.spreadsheets.table import Unreadable

Sentence = Callable[..., str]

WRONG_TYPE: dict[str, Sentence] = {
    "binary": lambda: _("This is no spreadsheet. Choose an XLSX or CSV file."),
    "html": lambda: _(
        "This file is a web page or XML. Open it in a spreadsheet program and save it as XLSX."
    ),
    "pdf": lambda: _("This file is a PDF. Choose the spreadsheet it was made from."),
    "xls": lambda: _(
        "This file is in the old Excel format (XLS). Open it and save it as XLSX or CSV."
    ),
    "xlsm": lambda: _("This workbook contains macros. Save it as XLSX, without macros."),
    "xlsb": lambda: _("This file is a binary workbook (XLSB). Open it and save it as XLSX."),
    "ods": lambda: _("This file is an OpenDocument file (ODS). Open it and save it as XLSX."),
    "zip": lambda: _("This file is an archive, but no workbook. Choose an XLSX or CSV file."),
    "password": lambda: _("This workbook has a password. Save it without one."),
}

DAMAGED: dict[str, Sentence] = {
    "empty": lambda: _("This file has no rows. Choose one with a header row and data."),
    "json": lambda: _(
        "This JSON is no list of rows: write a list of objects whose values are texts, numbers or "
        "lists of texts."
    ),
    "single": lambda: _(
        "This is a single list. A set-up is a JSON object of lists, a workbook with a sheet for "
        "each, or an archive of CSV files, as the export makes them."
    ),
    "broken": lambda: _(
        "This workbook is damaged. Open it in a spreadsheet program and save it again as XLSX."
    ),
    "bomb": lambda: _(
        "This file unpacks to far more than a spreadsheet of people or wishes holds. "
        "Copy the rows into a new workbook and save that."
    ),
    "entities": lambda: _(
        "This workbook contains XML declarations that no spreadsheet program writes. "
        "Copy the rows into a new workbook and save that."
    ),
    "encoding": lambda position: _(
        "The text breaks off at byte %(position)s: its encoding is damaged. "
        "Save it as “CSV UTF-8” or as XLSX.",
        position=position,
    ),
    "quotes": lambda row: _(
        "Row %(row)s: a quotation mark is opened and not closed, or stands amid a quoted cell. "
        "Double it, take it away, or save the file as XLSX.",
        row=row,
    ),
}

TOO_MUCH: dict[str, Sentence] = {
    "far": lambda cell, rows, columns: _(
        "There is something in cell %(cell)s, outside of %(rows)s rows and %(columns)s columns. "
        "Delete the rows and columns beyond your data.",
        cell=cell,
        rows=rows,
        columns=columns,
    ),
    "rows": lambda most: _(
        "This file has more than %(most)s rows. Divide it into several files.", most=most
    ),
    "columns": lambda row, columns, most: _(
        "Row %(row)s has %(columns)s columns; at most %(most)s are read. "
        "Delete the columns beyond your data.",
        row=row,
        columns=columns,
        most=most,
    ),
    "cell": lambda row, column, length, most: _(
        "Row %(row)s, column %(column)s: the cell holds %(length)s characters; "
        "at most %(most)s are read. Shorten it.",
        row=row,
        column=column,
        length=length,
        most=most,
    ),
    "cell_long": lambda row, most: _(
        "Row %(row)s has a cell of more than %(most)s characters. Shorten it, "
        "or close a quotation mark that was left open.",
        row=row,
        most=most,
    ),
    "text": lambda row, most: _(
        "Up to row %(row)s the file holds more than %(most)s characters. "
        "Divide it into several files.",
        row=row,
        most=most,
    ),
}

SENTENCES = WRONG_TYPE | DAMAGED | TOO_MUCH


def sentence_of(fault: Unreadable) -> str:
    return SENTENCES[fault.code](**fault.facts)
