"""The rows of a file, what they say, and rows that speak of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.imports.remembering import Ledger
from matchmaker.languages import comma
from matchmaker.spreadsheets.columns import Recognised

Row = tuple[int, Sequence[str]]
ROWS_NAMED = 6


class Said(NamedTuple):
    """What a row says: only the cells that say something."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of an import with what is known of its columns, and what was worked out of them."""

    header: Sequence[str]
    rows: Sequence[Row]
    found: Recognised
    ledger: Ledger

    def title(self, field: str) -> str:
        """The file's own title of this column."""
        place = self.found.places.get(field)
        return "" if place is None else self.header[place].strip()


def first_rows(sheet: Sheet, field: str, numbers: Iterable[int]) -> dict[str, int]:
    """Each different cell of a column with the first of these rows that has it."""
    place, wanted, found = sheet.found.places.get(field), set(numbers), dict[str, int]()
    for number, cells in sheet.rows if place is not None else ():
        if number in wanted:
            cell = cells[place]  # type: ignore[index]  # without a place there are no rows
            found[cell] = min(found.get(cell, number), number)
    return found


def find_twins(
    rows: Iterable[Said], tokens: Callable[[Said], Iterable[Hashable]]
) -> list[list[Said]]:
    """Groups of two and more rows that share a token, directly or through others."""
    groups: dict[Hashable, list[Said]] = {}
    for row in rows:
        mine = [row]
        named = list(tokens(row))
        for token in named:
            other = groups.get(token, mine)
            if other is not mine:
                mine = _join(groups, other, mine)
        for token in named:
            groups[token] = mine
    distinct = {id(group): group for group in groups.values()}
    return [group for group in distinct.values() if len(group) > 1]


def _join(groups: dict[Hashable, list[Said]], one: list[Said], other: list[Said]) -> list[Said]:
    joined = one + other
    for token, group in groups.items():
        if group is one or group is other:
            groups[token] = joined
    return joined


def name_rows(group: Iterable[Said]) -> str:
    """``3, 4, 9 …``"""
    numbers = sorted(row.number for row in group)
    text = comma(current_language()).join(str(number) for number in numbers[:ROWS_NAMED])
    return _("%(numbers)s and others", numbers=text) if len(numbers) > ROWS_NAMED else text
