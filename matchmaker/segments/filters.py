"""A filter as it stands in an address and is kept in a segment: words, and codes by field.

What is kept is read strictly: a filter that is not understood whole finds nobody and is refused,
for whoever mails to a segment must never reach more people than were meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matchmaker.errors import Refusal
from matchmaker.forms import clean_text
from matchmaker.segments.conditions import Condition
from matchmaker.segments.fields import FIELDS

LONGEST, MOST = 200, 100  # of a word; codes of one field


@dataclass(frozen=True)
class Filter:
    """``q`` is searched; ``chosen`` has only fields in which something is chosen."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def asked(cls, arguments: MultiDict[str, str]) -> Filter:
        """From an address; what is no field is none of the filter's."""
        chosen = {
            name: tuple(dict.fromkeys(codes))
            for name in FIELDS
            if (codes := [code for c in arguments.getlist(name) if (code := _clean(c))][:MOST])
        }
        return cls(_clean(arguments.get("q", "")), chosen)

    @classmethod
    def kept(cls, data: Mapping[str, Any]) -> Filter:
        """From what :meth:`data` made; anything else is refused."""
        q, fields = data.get("q", ""), {name: data[name] for name in data if name != "q"}
        if not isinstance(q, str) or len(q) > LONGEST:
            raise _not_understood()
        for name, codes in fields.items():
            if name not in FIELDS or not isinstance(codes, list) or not 0 < len(codes) <= MOST:
                raise _not_understood()
            if not all(isinstance(code, str) and 0 < len(code) <= LONGEST for code in codes):
                raise _not_understood()
        return cls(q, {name: tuple(codes) for name, codes in fields.items()})

    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: list(codes) for name, codes in self.chosen.items()}
        return found | ({"q": self.q} if self.q else {})

    def conditions(self) -> list[Condition]:
        """Everything but the words that are searched."""
        return [FIELDS[name].condition(codes) for name, codes in self.chosen.items()]

    def without(self, name: str, code: str = "") -> Filter:
        """Without one choice, or without the whole field."""
        rest = tuple(c for c in self.chosen.get(name, ()) if code and c != code)
        others = {key: codes for key, codes in self.chosen.items() if key != name}
        return Filter("" if name == "q" else self.q, others | ({name: rest} if rest else {}))

    @property
    def is_empty(self) -> bool:
        return not self.q and not self.chosen


def _clean(text: str) -> str:
    cleaned: str = clean_text(text)
    return cleaned[:LONGEST]


def _not_understood() -> Refusal:
    return Refusal(_("This filter cannot be read any more. Make it anew from the list."))
