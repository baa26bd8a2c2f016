"""What is remembered of a document: whose it is, by what it is sorted, and its codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matchmaker.catalogue.documents import HOUSE
from matchmaker.catalogue.models import Document

Marks = npt.NDArray[np.int32]
COLUMNS = tuple(
    Document.__table__.c[name]  # past the mapper: thousands are read
    for name in (
        "number", "digest", "participant_id", "entry_id", "organisation_id", "name_key",
        "organisation_key", "created_at", "codes",
    )
)  # fmt: skip


class Known(NamedTuple):
    """``marks`` are the numbers of its codes (see ``Codebook``)."""

    number: int
    digest: str
    participant_id: str
    entry_id: str | None
    organisation_id: str | None
    name_key: str
    organisation_key: str
    created_at: datetime
    marks: Marks


class Codebook:
    """Every code that was ever met in a facet of an event, with a number that stays its own."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._names: list[tuple[str, str]] = []

    def number(self, facet: str, code: str) -> int | None:
        return self._numbers.get((facet, code))

    def named(self, number: int) -> tuple[str, str]:
        return self._names[number]

    def known(self, row: Sequence[Any]) -> Known:
        """A row of COLUMNS."""
        *rest, codes = row
        marks = [
            self._mark(facet, code)
            for facet, some in codes.items()
            if facet != HOUSE
            for code in some
        ]
        return Known._make([*rest, np.array(list(dict.fromkeys(marks)), dtype=np.int32)])

    def codes_of(self, known: Known) -> Mapping[str, Sequence[str]]:
        """By facet."""
        found: dict[str, list[str]] = {}
        for number in known.marks.tolist():
            facet, code = self._names[number]
            found.setdefault(facet, []).append(code)
        return found

    def _mark(self, facet: str, code: str) -> int:
        key = (facet, code)
        if key not in self._numbers:
            self._names.append(key)
            self._numbers[key] = len(self._names) - 1
        return self._numbers[key]
