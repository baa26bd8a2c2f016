"""What an import would do: row by row, before anything is done."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

from matchmaker.imports.comparing import Clash, Comparison

NEW, CHANGED, UNCHANGED, CLASHING = "new", "changed", "unchanged", "clashing"
NOTHING = Comparison({}, (), {})


@dataclass(frozen=True, order=True)
class Fault:
    """Why a row cannot be imported. ``column`` is the file's own title, or empty."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, order=True)
class Remark:
    """Something to look at, which does not keep a row out."""

    row: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """A good row. ``id`` is None for what is new."""

    number: int
    title: str
    id: str | None
    said: Mapping[str, Any]
    comparison: Comparison = NOTHING
    also_changed: bool = False  # by what it says of its organisation
    also_clashes: tuple[Clash, ...] = ()

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return self.comparison.clashes + self.also_clashes

    @cached_property
    def outcome(self) -> str:
        if self.id is None:
            return NEW
        if self.clashes:
            return CLASHING
        return CHANGED if self.comparison.changes or self.also_changed else UNCHANGED

    @cached_property
    def mark(self) -> str:
        """The same for what does the same."""
        return f"{self.number} {self.id} {self.outcome} {self.clashes or ''}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """``total`` counts the rows of the file, ``repeated`` those that say again what another
    row says.
    """

    total: int
    rows: Sequence[PlannedRow]
    faults: Sequence[Fault]
    remarks: Sequence[Remark] = ()
    repeated: int = 0

    @cached_property
    def outcomes(self) -> Sequence[str]:
        """Of the rows, in their order."""
        return [row.outcome for row in self.rows]

    @cached_property
    def counts(self) -> dict[str, int]:
        outcomes = Counter(self.outcomes)
        return {
            NEW: outcomes[NEW],
            CHANGED: outcomes[CHANGED],
            UNCHANGED: outcomes[UNCHANGED] + self.repeated,
            CLASHING: outcomes[CLASHING],
            "faulty": len(self.faulty_rows),
        }

    @cached_property
    def faulty_rows(self) -> set[int]:
        return {fault.row for fault in self.faults}

    @cached_property
    def clashes(self) -> list[tuple[PlannedRow, Clash]]:
        clashing = compress(self.rows, map(CLASHING.__eq__, self.outcomes))
        return [(row, clash) for row in clashing for clash in row.clashes]

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same plan: who takes over gets what they saw."""
        parts = [repr(self.counts), repr(sorted(self.faulty_rows))]
        parts += [row.mark for row in self.rows]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
