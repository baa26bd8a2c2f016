"""A workbook is a zip archive: judged by its directory before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from matchmaker.spreadsheets.table import Unreadable

MOST_ENTRIES = 1_000
MOST_BYTES = 150_000_000  # unpacked, all entries
MOST_RATIO = 250  # unpacked to packed, for entries above RATIO_FROM
RATIO_FROM = 1_000_000
LONGEST_HEADER = 30  # bytes of a local header without its names
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
PEEK = 65_536


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of an XLSX workbook whose directory promises nothing outrageous."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_kind(archive)
        check_sizes(archive)
        _check_entities(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        raise Unreadable("broken") from None
    return archive


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if "mimetype" in names:
        raise Unreadable("ods")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable("xlsm")
    if "xl/workbook.bin" in names:
        raise Unreadable("xlsb")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("zip")


def check_sizes(archive: zipfile.ZipFile) -> None:
    """That it unpacks to nothing outrageous."""
    _check_overlap(archive)
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("bomb")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Unreadable("bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unreadable("password")
        big = entry.file_size > RATIO_FROM
        if big and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise Unreadable("bomb")


def _check_overlap(archive: zipfile.ZipFile) -> None:
    """Two entries that share packed bytes unpack the same bytes many times."""
    end = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Unreadable("bomb")
        end = entry.header_offset + LONGEST_HEADER + len(entry.filename) + entry.compress_size


def _check_entities(archive: zipfile.ZipFile) -> None:
    """No part of a workbook declares a document type; attacks on XML do."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                start = part.read(PEEK).replace(b"\0", b"").upper()  # UTF-16 has NULs between
            if any(declaration in start for declaration in DECLARATIONS):
                raise Unreadable("entities")
