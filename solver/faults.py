"""What is wrong with a file: one line per fault, each with its path into the file."""

from __future__ import annotations

import json
from typing import Any

SHOWN_LENGTH = 60


class InvalidFile(ValueError):
    """A file that cannot be used; ``faults`` holds every reason, one line each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class InvalidProblem(InvalidFile):
    """The problem file has faults."""


class InvalidSchedule(InvalidFile):
    """The schedule file has faults."""


class Faults:
    """Collects faults while a file is read, so that all of them are told at once."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, path: str, sentence: str) -> None:
        self.lines.append(f"{path}: {sentence}" if path else sentence)


def shown(value: Any) -> str:
    """A value as it may stand in a fault: on one line, short, and printable everywhere."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**SHOWN_LENGTH:
        return "a number of more than 60 digits"
    text = json.dumps(value[:SHOWN_LENGTH] if isinstance(value, str) else value, ensure_ascii=False)
    if isinstance(value, str) and len(value) > SHOWN_LENGTH:
        text = text[:-1] + '…"'
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
