"""Which row of the event a row of a file is: by what people know it, else by its id.

The file may come from another event or installation, so its ids are only names within the file:
what refers to one is led to the row that it stands for here.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from matchmaker.database import Base, new_id
from matchmaker.setups.parts import FileRow, Values

PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
NATURAL: dict[str, tuple[str, ...]] = {
    "place": ("code",),
    "term": ("kind", "code"),
    "delegation": ("code",),
    "participation_type": ("code",),
    "session": ("day", "starts"),
    "slot": ("starts_at",),
    "segment": ("name",),
    "interpreter": ("name",),
}  # others by their texts
TEXTS = ("names", "labels", "titles")


@dataclass
class Ids:
    """Part → id in the file → id here."""

    found: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def lead(self, table: Table, values: Values) -> tuple[Values, str]:
        """With the ids of here; and the column that leads nowhere, if one does."""
        led = dict(values)
        for column, part in references(table).items():
            said = values.get(column)
            if said is None or part not in self.found:
                continue
            if said not in self.found[part]:
                return led, column
            led[column] = self.found[part][said]
        return led, ""


def references(table: Table) -> Mapping[str, str]:
    """Column → the part whose id it holds."""
    return {
        element.parent.name: element.column.table.name
        for key in table.foreign_key_constraints
        for element in key.elements
        if element.column.name == "id" and element.column.table.name != "event"
    }


def pair(
    name: str, rows: Sequence[FileRow], here: Mapping[str, Values]
) -> list[tuple[FileRow, str | None]]:
    """Each row of the file with the id of the row that it is here; None: it is new."""
    found: dict[int, str] = {}
    left = dict(here)
    for is_same in _ways(name):
        for place, row in enumerate(rows):
            if place in found:
                continue
            for id_, values in left.items():
                if is_same(row.values, id_, values):
                    found[place] = id_
                    del left[id_]
                    break
    return [(row, found.get(place)) for place, row in enumerate(rows)]


Way = Callable[[Values, str, Values], bool]


def _ways(name: str) -> list[Way]:
    def by_id(said: Values, id_: str, _here: Values) -> bool:
        return bool(said.get("id") == id_)

    def by_name(said: Values, _id: str, here: Values) -> bool:
        mine = _known_as(name, said)
        return mine is not None and mine == _known_as(name, here)

    def by_both(said: Values, id_: str, here: Values) -> bool:
        return by_id(said, id_, here) and by_name(said, id_, here)

    return [by_both, by_name, by_id]


def _known_as(name: str, values: Values) -> Any:
    columns = NATURAL.get(name) or [c for c in TEXTS if c in values]
    said = [values.get(column) for column in columns]
    if not any(said):
        return None
    return json.dumps(said, default=str, sort_keys=True)


def id_for(said: str, name: str, taken: Mapping[str, Values]) -> str:
    """The file's own id where it is free and harmless, so that what goes out again is the same."""
    longest = Base.metadata.tables[name].columns["id"].type.length  # type: ignore[attr-defined]
    is_plain = bool(PLAIN_ID.fullmatch(said)) and len(said) <= longest
    return said if is_plain and said not in taken else new_id()
