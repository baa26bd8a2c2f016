"""What the check says when a rule is broken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A broken rule by its code, with whom, when and where, and an English sentence."""

    rule: str
    text: str
    meetings: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"
