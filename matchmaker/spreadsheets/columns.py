"""Which column of a file is which: names in English, French and Arabic, written anyhow."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Letters that Arabic writers use for one another.
ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": None})


@dataclass(frozen=True, kw_only=True)
class Column:
    """``names`` are the titles of this column, the most usual first."""

    field: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """``places``: field → column of the table. ``ignored``: titles that mean nothing to us,
    ``second``: titles that mean the same as a column that goes before them.
    """

    places: dict[str, int]
    ignored: tuple[str, ...]
    second: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without case, accents, spaces and signs: ``Prénom *`` is ``prenom``."""
    plain = unicodedata.normalize("NFKD", text.translate(ALIKE)).casefold()
    return "".join(letter for letter in plain.translate(ALIKE) if letter.isalnum())


def recognise(
    header: Sequence[str], columns: Sequence[Column], chosen: Mapping[str, str] | None = None
) -> Recognised:
    """Two columns of the same meaning: the one with the more usual name counts, whatever
    their order. ``chosen`` says of folded titles which field somebody meant, or none by an empty
    word; that goes before every name.
    """
    ranks = {
        fold(name): (column.field, rank)
        for column in columns
        for rank, name in reversed(list(enumerate(column.names)))
    }
    fields = {column.field for column in columns}
    ranks |= {key: (field, -1) for key, field in (chosen or {}).items() if field in fields}
    left = {key for key, field in (chosen or {}).items() if not field}
    found: dict[str, list[tuple[int, int]]] = {}
    ignored = []
    for place, title in enumerate(header):
        if fold(title) in ranks and fold(title) not in left:
            field, rank = ranks[fold(title)]
            found.setdefault(field, []).append((rank, place))
        elif title.strip():
            ignored.append(title.strip())
    places = {field: min(ranked)[1] for field, ranked in found.items()}
    second = tuple(
        (header[place].strip(), header[places[field]].strip())
        for field, ranked in found.items()
        for _rank, place in sorted(ranked)[1:]
    )
    return Recognised(places=places, ignored=tuple(ignored), second=second)
