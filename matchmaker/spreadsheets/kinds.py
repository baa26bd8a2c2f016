"""What a file is, by its content; its name is only what somebody called it."""

from __future__ import annotations

from matchmaker.spreadsheets.table import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
PROGRAMS = (b"MZ", b"\x7fELF")
MARKUP = (b"<!doctype", b"<html", b"<table", b"<head", b"<?xml", b"<svg", b"<meta")


def kind_of(data: bytes) -> str:
    """``workbook`` or ``text``; anything else is refused by its name."""
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(ZIP):
        return "workbook"
    if data.startswith(OLE):
        # A workbook with a password is wrapped in the old container.
        wrapped = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("password" if wrapped else "xls")
    _refuse_others(data)
    return "text"


def _refuse_others(data: bytes) -> None:
    if data.startswith(b"%PDF"):
        raise Unreadable("pdf")
    if data.startswith(PICTURES + PROGRAMS):
        raise Unreadable("binary")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:12].lower().startswith(MARKUP):
        raise Unreadable("html")
