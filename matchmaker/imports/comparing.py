"""Three values of one field: in the file, here, and in the file before.

What is here and differs from what the last import said was edited here, and is not overwritten
without asking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Values = Mapping[str, Any]

KEEP, NEWER, FILE = "keep", "newer", "file"
CHOICES = (KEEP, NEWER, FILE)  # what happens to clashes


@dataclass(frozen=True)
class Answers:
    """What the organiser says when taking over. ``agreed``: that these people have agreed to be
    shown to the others. ``by``: the account that uploaded the file.
    """

    choice: str = KEEP
    agreed: bool = False
    by: str | None = None


@dataclass(frozen=True)
class Clash:
    """``is_new``: the file says something else than at its last import, too."""

    field: str
    here: Any
    file: Any
    is_new: bool


class Comparison(NamedTuple):
    changes: dict[str, Any]
    clashes: tuple[Clash, ...]
    said: dict[str, Any]  # to be remembered where it differs from what was remembered

    def chosen(self, choice: str) -> dict[str, Any]:
        """The changes once somebody has chosen what becomes of the clashes."""
        taken = {
            clash.field: clash.file
            for clash in self.clashes
            if choice == FILE or (choice == NEWER and clash.is_new)
        }
        return self.changes | taken


def compare(said: Values, here: Values, before: Values, untouched: Values) -> Comparison:
    """``untouched``: values that a field has when nobody entered any."""
    changes, clashes = {}, []
    for field, value in said.items():
        if value == here[field]:
            continue
        if field in before:
            is_edited = here[field] != before[field]
        else:
            is_edited = here[field] != untouched[field]
        if is_edited:
            clashes.append(Clash(field, here[field], value, before.get(field) != value))
        else:
            changes[field] = value
    is_new = not said.items() <= before.items()
    return Comparison(changes, tuple(clashes), {**before, **said} if is_new else {})
