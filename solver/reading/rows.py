"""Reads one JSON object field by field; what does not fit becomes a fault with its path."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any, TypeVar

from solver.faults import Faults, shown

Read = TypeVar("Read")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


class JsonObject(dict[str, Any]):
    """A JSON object whose file gives some keys more than once: it remembers which."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in counts.items() if count > 1)


def json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A plain dict where each key is there once, which is nearly always."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else JsonObject(pairs)


class Row:
    """One object of the file at ``path``. A field that is null counts as left out."""

    def __init__(self, faults: Faults, path: str, value: Any, known: Collection[str]) -> None:
        self.faults = faults
        self.path = path
        self.values: dict[str, Any] = value if isinstance(value, dict) else {}
        self.is_object = isinstance(value, dict)
        if not self.is_object:
            faults.add(path, f"{shown(value)} is not an object")
        for key in getattr(value, "repeated", ()):
            faults.add(self.at(key), "this field is given twice")
        for key in self.values:
            if key not in known and not str(key).startswith("x_"):
                faults.add(self.at(key), "unknown field" + _suggestion(str(key), known))

    def at(self, field: str) -> str:
        """Path of a field of this row."""
        name = field if field.isidentifier() else shown(field)[1:-1]
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, field: str, sentence: str) -> None:
        self.faults.add(self.at(field), sentence)

    def get(self, field: str) -> Any:
        return self.values.get(field)

    def required(self, field: str) -> bool:
        """Whether a field that must be there is; a fault where it is not."""
        if self.get(field) is not None:
            return True
        if self.is_object:
            self.refuse(field, "is missing")
        return False

    def text(self, field: str, default: str = "") -> str:
        value = self.get(field)
        if value is None:
            return default
        return value if self._is_text(self.at(field), value) else default

    def identity(self, field: str) -> str:
        """A required text that is not empty."""
        if not self.required(field):
            return ""
        value = self.text(field)
        if self.get(field) == "":
            self.refuse(field, "is empty")
        return value

    def optional_id(self, field: str, known: Collection[str], noun: str) -> str | None:
        if self.get(field) is None:
            return None
        value = self.text(field)
        if isinstance(self.get(field), str) and value not in known:
            self.refuse(field, f"no {noun} {shown(value)}")
        return value

    def whole(self, field: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        value = self.get(field)
        return default if value is None else self._whole(field, value, least, most)

    def optional_whole(self, field: str, *, least: int = 0) -> int | None:
        value = self.get(field)
        return None if value is None else self._whole(field, value, least, None)

    def _whole(self, field: str, value: Any, least: int, most: int | None) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(field, f"{shown(value)} is not a whole number")
            return least
        if value < least:
            self.refuse(field, f"{shown(value)} is less than {least}")
            return least
        if most is not None and value > most:
            self.refuse(field, f"{shown(value)} is more than {most}")
        return value

    def flag(self, field: str) -> bool:
        value = self.get(field)
        if value is not None and not isinstance(value, bool):
            self.refuse(field, f"{shown(value)} is neither true nor false")
        return value is True

    def choice(self, field: str, choices: tuple[str, ...], default: str) -> str:
        value = self.get(field)
        if value is not None and value not in choices:
            self.refuse(field, f"{shown(value)} is none of {', '.join(choices)}")
        return value if isinstance(value, str) and value in choices else default

    def moment(self, field: str) -> datetime | None:
        """A wall time of the form YYYY-MM-DDTHH:MM."""
        value = self.get(field)
        if value is None:
            return None
        try:
            if isinstance(value, str) and MOMENT.fullmatch(value):
                return datetime.fromisoformat(value)
        except ValueError:
            pass
        self.refuse(field, f"{shown(value)} is not a time of the form YYYY-MM-DDTHH:MM")
        return None

    def items(self, field: str) -> Iterator[tuple[str, Any]]:
        """Path and value of each item of a list; nothing where the list is left out."""
        value = self.get(field)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(field, f"{shown(value)} is not a list")
            return
        path = self.at(field)
        for position, item in enumerate(value):
            yield f"{path}[{position}]", item

    def listed_texts(self, field: str) -> tuple[str, ...]:
        """A list of texts in which order and number mean something."""
        return tuple(item for path, item in self.items(field) if self._is_text(path, item))

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; one that is given twice counts once."""
        return tuple(dict.fromkeys(self.listed_texts(field)))

    def ids(self, field: str, known: Collection[str], noun: str) -> tuple[str, ...]:
        """A list of ids that the file knows, sorted; one that is given twice counts once."""
        value = self.get(field)
        return () if value is None else self.known_ids(self.at(field), value, known, noun)

    def known_ids(
        self, path: str, value: Any, known: Collection[str], noun: str
    ) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.faults.add(path, f"{shown(value)} is not a list")
            return ()
        texts = [item for item in value if isinstance(item, str)]
        if len(texts) < len(value) or not all(item in known for item in texts):
            for position, item in enumerate(value):
                at = f"{path}[{position}]"
                if self._is_text(at, item) and item not in known:
                    self.faults.add(at, f"no {noun} {shown(item)}")
        return tuple(sorted(set(texts)))

    def rows(
        self,
        field: str,
        known: Collection[str],
        read: Callable[[Row], Read],
        read_plain: Callable[[Any], Read | None] | None = None,
    ) -> list[Read]:
        """Each object of a list, read by ``read``; before that ``read_plain`` may have a go at
        it, which gives None for whatever might hold a fault.
        """
        value = self.get(field)
        if read_plain is None or not isinstance(value, list):
            return [read(Row(self.faults, path, item, known)) for path, item in self.items(field)]
        found: list[Read] = []
        path = self.at(field)
        for position, item in enumerate(value):
            plain = read_plain(item)
            if plain is None:
                plain = read(Row(self.faults, f"{path}[{position}]", item, known))
            found.append(plain)
        return found

    def part(self, field: str, known: Collection[str]) -> Row:
        """The object in a field; an empty one where it is left out."""
        value = self.get(field)
        return Row(self.faults, self.at(field), {} if value is None else value, known)

    def _is_text(self, path: str, value: Any) -> bool:
        if not isinstance(value, str):
            self.faults.add(path, f"{shown(value)} is not a text")
            return False
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            self.faults.add(path, f"{shown(value)} holds half a character (a lone surrogate)")
            return False
        return True


def _suggestion(key: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(key, sorted(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
