"""From the text of a cell to the value of a column, or a sentence that says why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, String, Time

from matchmaker.events.names import LONGEST_TEXT
from matchmaker.forms import clean_text
from matchmaker.languages import LANGUAGES

BOOLEANS = {"Yes": True, "No": False, "TRUE": True, "FALSE": False}
MOST_NUMBER = 2**31 - 1
MOST_ITEMS = 500


class ValueFault(Exception):
    """The text is the sentence."""


def value_of(column: Column[Any], text: str) -> Any:
    """What the cell says for this column."""
    text = clean_text(text)
    if not text:
        return _of_nothing(column)
    for kind, read in READERS:
        if isinstance(column.type, kind):
            return read(column, text)
    raise ValueFault(_("What stands here cannot come from a file."))


def _of_nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    if isinstance(column.type, String):
        return ""
    raise ValueFault(_("Nothing stands here, and something is needed."))


def _text(column: Column[Any], text: str) -> str:
    most = getattr(column.type, "length", None) or LONGEST_TEXT
    if len(text) > most:
        raise ValueFault(
            _("This has %(length)s characters, at most %(most)s fit.", length=len(text), most=most)
        )
    return text


def _truth(_column: Column[Any], text: str) -> bool:
    if text not in BOOLEANS:
        raise ValueFault(_("“%(said)s” is neither Yes nor No.", said=text[:40]))
    return BOOLEANS[text]


def _number(_column: Column[Any], text: str) -> int:
    if not text.removeprefix("-").isdecimal() or abs(int(text[:12])) > MOST_NUMBER:
        raise ValueFault(_("“%(said)s” is no whole number.", said=text[:40]))
    return int(text)


def _moment(_column: Column[Any], text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError
    return found


def _day(_column: Column[Any], text: str) -> date:
    return date.fromisoformat(text[:10])


def _clock(_column: Column[Any], text: str) -> time:
    return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)


def _timed(read: Callable[[Column[Any], str], Any]) -> Callable[[Column[Any], str], Any]:
    def tell(column: Column[Any], text: str) -> Any:
        try:
            return read(column, text)
        except ValueError:
            raise ValueFault(_("“%(said)s” is no day or time.", said=text[:40])) from None

    return tell


def _structure(column: Column[Any], text: str) -> Any:
    """Lists of texts, and objects; those of texts by language are what most of them are."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    wanted = list if column.type.python_type is list else dict | list
    if not isinstance(found, wanted) or len(found) > MOST_ITEMS:
        raise ValueFault(_("“%(said)s” is no list or object in JSON.", said=text[:40]))
    is_by_language = isinstance(found, dict) and column.name in TEXTS
    if is_by_language and not set(found) <= set(LANGUAGES):
        raise ValueFault(_("Texts can be given in French, Arabic and English."))
    return _cleaned(found, only_texts=is_by_language)


def _cleaned(value: Any, *, only_texts: bool, depth: int = 0) -> Any:
    """Strings as a form would take them; nothing nested without end."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise ValueFault(
                _(
                    "This has %(length)s characters, at most %(most)s fit.",
                    length=len(value),
                    most=LONGEST_TEXT,
                )
            )
        return clean_text(value)
    if (only_texts and depth) or depth > 3:
        raise ValueFault(_("Only texts can stand here."))
    if isinstance(value, list):
        return [_cleaned(row, only_texts=only_texts, depth=depth + 1) for row in value]
    if isinstance(value, dict):
        return {
            clean_text(str(key)): _cleaned(row, only_texts=only_texts, depth=depth + 1)
            for key, row in value.items()
        }
    return value


TEXTS = {"names", "labels", "hints", "venue", "welcome", "host", "footers", "senders",
         "titles", "abouts"}  # fmt: skip
READERS: tuple[tuple[type[Any], Callable[[Column[Any], str], Any]], ...] = (
    (Boolean, _truth),
    (Integer, _number),
    (DateTime, _timed(_moment)),
    (Date, _timed(_day)),
    (Time, _timed(_clock)),
    (JSON, _structure),
    (String, _text),
)
