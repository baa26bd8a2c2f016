"""How the page shows a filter: fields with their choices, and what is chosen, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.languages import colon, comma
from matchmaker.segments.conditions import NONE
from matchmaker.segments.fields import FIELDS, Options
from matchmaker.segments.filters import Filter


@dataclass(frozen=True)
class Shown:
    """A field of the form. ``options`` is empty where words are typed."""

    name: str
    label: Any
    options: Options
    chosen: Sequence[str]
    is_typed: bool


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen, and the filter without it."""

    text: str
    without: Filter


def shown_fields(session: Session, event_id: str, wanted: Filter, language: str) -> list[Shown]:
    """Those in which there is something to choose."""
    found = []
    for field in FIELDS.values():
        options = field.options(session, event_id, language)
        chosen = wanted.chosen.get(field.name, ())
        if options or chosen or field.choices is None:
            found.append(Shown(field.name, field.label, options, chosen, field.choices is None))
    return found


def chips(fields: Sequence[Shown], wanted: Filter, language: str) -> list[Chip]:
    found = []
    if wanted.q:
        found.append(Chip(_("“%(words)s”", words=wanted.q), wanted.without("q")))
    for field in fields:
        labels = dict(field.options)
        for code in field.chosen:
            label = _("none") if code == NONE and field.is_typed else labels.get(code, code)
            text = f"{field.label}{colon(language)}{label}"
            found.append(Chip(text, wanted.without(field.name, code)))
    return found


def in_words(session: Session, event_id: str, wanted: Filter, language: str) -> str:
    """A whole filter in one line."""
    fields = [f for f in shown_fields(session, event_id, wanted, language) if f.chosen]
    return comma(language).join(chip.text for chip in chips(fields, wanted, language))
