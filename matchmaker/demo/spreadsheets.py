"""The demonstration forum as the two spreadsheets that an organiser would have."""

from __future__ import annotations

from pathlib import Path

from matchmaker.demo.forum import Forum, Row, make_forum
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

WISH_COLUMNS = ("From", "To", "Grade", "Status", "Message")
PARTICIPANT_COLUMNS = (
    "Email", "First name", "Last name", "Job description", "Organization name", "City", "Country",
    "Participation type", "Organization type", "Areas of activities", "Organization description",
    "Activation status", "Reference", "Language", "Spoken languages", "Sessions", "Absent",
    "Stand", "Seats", "Delegation", "Remote",
)  # fmt: skip


def participants_file(forum: Forum) -> bytes:
    return _workbook("Participants", PARTICIPANT_COLUMNS, forum.participants)


def wishes_file(forum: Forum) -> bytes:
    return _workbook("Wishes", WISH_COLUMNS, forum.wishes)


def write(folder: Path, *, participants: int, seed: int) -> list[Path]:
    """``participants.xlsx`` and ``wishes.xlsx`` in this folder."""
    forum = make_forum(participants, seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "participants.xlsx", folder / "wishes.xlsx"]
    for path, content in zip(paths, (participants_file(forum), wishes_file(forum)), strict=True):
        path.write_bytes(content)
    return paths


def _workbook(name: str, columns: tuple[str, ...], rows: tuple[Row, ...]) -> bytes:
    cells = [[row.get(column, "") for column in columns] for row in rows]
    return write_xlsx([Sheet(name=name, header=columns, rows=cells)])
