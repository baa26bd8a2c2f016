"""A column that an import knows: its titles, what to write in it, how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from matchmaker.accounts.localisation import current_language
from matchmaker.errors import Refusal
from matchmaker.imports.surroundings import Names
from matchmaker.languages import LANGUAGES, isolate
from matchmaker.spreadsheets.columns import Column, Recognised, recognise

Read = Callable[[str, Names], Any]


@dataclass(frozen=True, kw_only=True)
class Known(Column):
    """``titles``: the title in each language, for templates. ``empty`` is what a lone dash
    means; None: a dash means nothing.
    """

    titles: dict[str, str]
    explanation: LazyString
    example: str
    read: Read
    empty: Any = None


def known(
    field: str, titles: tuple[str, str, str], *others: str, explanation: LazyString, example: str
) -> Callable[..., Known]:
    """A column with its titles in English, French and Arabic; ``others`` mean the same."""
    by_language = dict(zip(("en", "fr", "ar"), titles, strict=True))

    def make(read: Read, empty: Any = None) -> Known:
        return Known(
            field=field,
            names=(*titles, *others),
            titles={code: by_language[code] for code in LANGUAGES},
            explanation=explanation,
            example=example,
            read=read,
            empty=empty,
        )

    return make


class NotAssigned(Refusal):
    """A needed column is not found by its title: somebody may say which one it is."""


def match(
    header: Sequence[str],
    columns: Sequence[Known],
    needed: Sequence[Sequence[str]],
    chosen: Mapping[str, str],
) -> Recognised:
    """Which column is which; refused where none of a group of needed ones is there."""
    found = recognise(header, columns, chosen)
    refuse_twins(header, found)
    titles = {column.field: column.titles[current_language()] for column in columns}
    for group in needed:
        if not any(field in found.places for field in group):
            raise NotAssigned(
                _(
                    "There is no column %(titles)s. Give the columns titles in the first row, as "
                    "in the template. These titles were found: %(found)s.",
                    titles=_(" or ").join(isolate(titles[field]) for field in group),
                    found=", ".join(isolate(title[:40]) for title in header if title.strip()),
                )
            )
    return found


def refuse_twins(header: Sequence[str], found: Recognised) -> None:
    """Two columns with the very same title: nobody can say which one is meant."""
    for title, first in found.second:
        if title == first:
            raise Refusal(
                _(
                    "The column %(title)s is there twice. Delete or rename one.",
                    title=isolate(title),
                )
            )
