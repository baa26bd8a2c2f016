"""Reading the folder of mails that stands in for a mail server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

NEWEST = 200
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Letter:
    """A mail as it was sent."""

    id: str
    address: str
    subject: str
    language: str
    sent_at: datetime
    body: str
    files: tuple[str, ...]


def read_letters(folder: Path) -> list[Letter]:
    """The newest letters, newest first."""
    paths = sorted(folder.glob("*.eml"), reverse=True)[:NEWEST]
    return [_read(path) for path in paths]


def read_letter(folder: Path, letter_id: str) -> Letter | None:
    """The letter of this id; the id is looked for among the names, never put into a path."""
    for path in folder.glob("*.eml"):
        if _id_of(path) == letter_id:
            return _read(path)
    return None


def split_links(body: str, base_url: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a link of our own to be followed."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in ADDRESS.finditer(body):
        pieces.append((body[end : found.start()], False))
        pieces.append((found.group(), found.group().startswith(base_url.rstrip("/") + "/")))
        end = found.end()
    pieces.append((body[end:], False))
    return [piece for piece in pieces if piece[0]]


def _id_of(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=default)
    text = message.get_body(("plain",))
    return Letter(
        id=_id_of(path),
        address=str(message["To"]),
        subject=str(message["Subject"]),
        language=str(message["Content-Language"]),
        sent_at=message["Date"].datetime,
        body=str(text.get_content()) if text else "",
        files=tuple(str(part.get_filename()) for part in message.iter_attachments()),
    )
