"""A value as the cell that an import reads back to the very same value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from matchmaker import folding
from matchmaker.imports.people.fields import OF_LISTS, SEVERAL
from matchmaker.imports.surroundings import Surroundings
from matchmaker.languages import pick
from matchmaker.spreadsheets.columns import fold

BETWEEN = "; "
STATES = {"validated": "Yes", "registered": "No"}  # others by their own code
SEPARATORS = ";,|\n"


@dataclass(frozen=True)
class Writer:
    """Writes the fields of people and organisations in the words of one language."""

    around: Surroundings
    language: str

    def cell(self, field: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        if field in OF_LISTS:
            codes = value if field in SEVERAL else [value]
            return BETWEEN.join(self._term(OF_LISTS[field], code) for code in codes)
        write: Callable[[Any], str] = getattr(self, f"_{field}", _plain)
        return write(value)

    def _term(self, kind: str, code: str) -> str:
        return self._word(
            pick(self.around.labels.get(kind, {}).get(code), self.language),
            code,
            self.around.names.words.get(kind, {}),
        )

    def _kind(self, code: str) -> str:
        name = pick(self.around.type_names.get(code), self.language)
        return self._word(name, code, self.around.names.type_words)

    def _word(self, label: str, code: str, words: Mapping[str, str]) -> str:
        """The label where it leads back to the code, and is not cut in two on the way."""
        folded = " ".join(label.split())
        is_sure = words.get(folding.fold(folded)) == code and not set(folded) & set(SEPARATORS)
        return folded if is_sure else code

    def _sessions(self, ids: list[str]) -> str:
        return BETWEEN.join(self._session(id_) for id_ in ids)

    def _session(self, id_: str) -> str:
        name = pick(self.around.names.session_names.get(id_), self.language)
        is_known = self.around.names.sessions.get(fold(name)) == id_
        is_sure = is_known and not set(name) & set(SEPARATORS)
        return name if is_sure else id_

    def _absent(self, ids: list[str]) -> str:
        starts = {slot.id: f"{slot.starts_at:%Y-%m-%d %H:%M}" for slot in self.around.names.slots}
        return BETWEEN.join(starts[id_] for id_ in ids if id_ in starts)

    def _place(self, id_: str) -> str:
        codes = {place.id: place.code for place in self.around.names.places.values()}
        return codes.get(id_, "")

    def _state(self, code: str) -> str:
        return STATES.get(code, code)

    def _remote(self, value: bool) -> str:
        return "Yes" if value else "No"


def _plain(value: Any) -> str:
    return BETWEEN.join(value) if isinstance(value, list) else str(value)
