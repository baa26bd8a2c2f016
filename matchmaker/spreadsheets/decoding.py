"""Which encoding a text is in. Programs do not say; the bytes do, nearly always."""

from __future__ import annotations

import codecs
import re

from matchmaker.spreadsheets.table import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
SAMPLE = 4_096
ARABIC = "\u0600-\u06ff"
WORD = re.compile(rf"[A-Za-z\u00c0-\u024f{ARABIC}]+")
ARABIC_WORD = re.compile(rf"[{ARABIC}]{{2,}}")
MIXED_WORD = re.compile(rf"(?=.*[A-Za-z])(?=.*[{ARABIC}])")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding, as shown to the organiser."""
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _decode(data, codec), name
    for codec, name in (("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")):
        if _looks_like(data, codec):
            return _decode(data, codec), name
    if b"\0" in data:
        raise Unreadable("binary")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decode_windows(data)


def _decode(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as fault:
        raise Unreadable("encoding", position=fault.start) from None


def _looks_like(data: bytes, codec: str) -> bool:
    """UTF-16 without a mark: separators and line ends show as every other byte being NUL."""
    sample = data[:SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    mine, other = (odd, even) if codec == "utf-16-le" else (even, odd)
    return mine > len(sample) // 20 and other == 0


def _decode_windows(data: bytes) -> tuple[str, str]:
    """Windows-1256 is French by its small accented letters, too; only the rest tells.

    Read as Arabic, Arabic text has words of Arabic letters alone, while the capital accents
    of Latin text stand as single Arabic letters amid Latin ones.
    """
    arabic = data.decode("cp1256", "replace")
    words = WORD.findall(arabic)
    pure = sum(len(word) for word in words if ARABIC_WORD.fullmatch(word))
    mixed = sum(1 for word in words if MIXED_WORD.match(word))
    if pure > mixed:
        return arabic, "Windows-1256"
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return arabic, "Windows-1256"
