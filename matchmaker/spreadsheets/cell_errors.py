"""Cells whose formula has no value (#REF!): the reader leaves them empty, we must not."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ElementTree
import zipfile

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.S)
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


def find_errors(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """The errors of a sheet: row number (from 1) → column (from 0) → what the cell shows."""
    errors: dict[int, dict[int, str]] = {}
    part = _part_of(archive, sheet)
    text = archive.read(part) if part else b""
    for cell in CELL.finditer(text):
        place, value = PLACE.search(cell[1]), VALUE.search(cell[2])
        if place and value:
            row = errors.setdefault(int(place[2]), {})
            row[_column(place[1])] = value[1].decode("utf-8", "replace")
    return errors


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The archive's entry with the cells of this sheet."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    ids = {
        element.get("name"): element.get(RELATION) or element.get(STRICT_RELATION)
        for element in book.iter()
        if element.tag.endswith("}sheet")
    }
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {element.get("Id"): element.get("Target", "") for element in relations}
    target = targets.get(ids.get(sheet))
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else None


def _column(name: bytes) -> int:
    column = 0
    for letter in name:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
