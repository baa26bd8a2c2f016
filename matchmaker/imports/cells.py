"""What a cell says: the value, or a sentence that says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from babel import Locale
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from flask_babel import gettext as _

from matchmaker.forms import clean_text
from matchmaker.languages import LANGUAGES, LOCALES, SPOKEN, language_name
from matchmaker.organisations.countries import country_code
from matchmaker.participants.seats import MOST_SEATS
from matchmaker.spreadsheets.columns import fold
from matchmaker.spreadsheets.table import ERRORS

Parse = Callable[[str], Any]

NOTHING = {"-", "–", "—"}
SEVERAL = re.compile(r"[;\n|]|\s/\s")
COMMAS_TOO = re.compile(r"[;,\n|/،؛]|\s(?:et|and)\s")
SHORT = 60  # characters: no part of an address can be too long
PLAIN = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]+",
    re.IGNORECASE | re.ASCII,
)
RESERVED = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)
YES = {fold(word) for word in (
    "yes", "y", "true", "1", "x", "✓", "validated", "activated", "active", "ok",
    "oui", "o", "vrai", "validé", "activé", "actif", "نعم", "صحيح", "مفعل",
)} - {""}  # fmt: skip
NO = {fold(word) for word in (
    "no", "n", "false", "0", "not validated", "not activated", "inactive", "deactivated",
    "non", "faux", "non validé", "non activé", "inactif", "لا", "خطأ", "غير مفعل",
)}  # fmt: skip


class CellFault(Exception):
    """The cell says nothing that we understand; the text is the sentence."""


def clean(cell: str) -> str:
    """The cell's text; refused where a formula left an error."""
    text: str = clean_text(cell)
    if text in ERRORS:
        raise CellFault(
            _("The formula in this cell has no value (%(error)s). Write the value.", error=text)
        )
    return text


def text_of(most: int) -> Parse:
    """Text of one line with at most so many characters."""

    def parse(cell: str) -> str:
        text = " ".join(cell.split())
        _check_length(text, most)
        return text

    return parse


def long_text_of(most: int) -> Parse:
    """Text of several lines."""

    def parse(cell: str) -> str:
        _check_length(cell, most)
        return cell.replace("\r\n", "\n").replace("\r", "\n")

    return parse


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise CellFault(
            _(
                "This has %(length)s characters; at most %(most)s are possible. Shorten it.",
                length=len(text),
                most=most,
            )
        )


def email(cell: str) -> str:
    address = "".join(cell.split())
    if _is_plain(address):
        return address
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        raise CellFault(
            _("This is no e-mail address. Write one address such as amal@example.org.")
        ) from None
    _check_length(address, 320)
    return address


def _is_plain(address: str) -> bool:
    """Like nearly every address of a file: the validator, which lets them through as well, takes
    as long for thousands of them as all else that a preview does.
    """
    return (
        len(address) <= SHORT
        and PLAIN.fullmatch(address) is not None
        and not address.lower().endswith(RESERVED)
    )


def yes_or_no(cell: str) -> bool:
    word = fold(cell) or cell
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellFault(_("Write Yes or No."))


def seats(cell: str) -> int:
    if not cell.isdecimal() or not 1 <= int(cell[:9]) <= MOST_SEATS:
        raise CellFault(_("Write a whole number from 1 to %(most)s.", most=MOST_SEATS))
    return int(cell)


def country(cell: str) -> str:
    code = country_code(cell)
    if not code:
        raise CellFault(
            _(
                "The country “%(word)s” is not known. Write its name in English, French or Arabic, "
                "or its ISO code (MA).",
                word=cell[:40],
            )
        )
    return code


def countries(cell: str) -> list[str]:
    return list(dict.fromkeys(country(word) for word in several(cell)))


def language(cell: str) -> str:
    """Of agenda and mails: one that the application speaks."""
    code = _language_codes().get(fold(cell))
    if code not in LANGUAGES:
        raise CellFault(_("Agendas are printed in French, Arabic or English: write fr, ar or en."))
    return code


def spoken(cell: str) -> list[str]:
    codes = []
    for word in several(cell, COMMAS_TOO):
        code = _language_codes().get(fold(word))
        if code is None:
            raise CellFault(
                _(
                    "The language “%(word)s” is not known. Write codes such as fr; ar; en.",
                    word=word[:40],
                )
            )
        codes.append(code)
    return list(dict.fromkeys(codes))


def several(cell: str, between: re.Pattern[str] = SEVERAL) -> list[str]:
    """The parts of a cell that lists several things."""
    return [" ".join(part.split()) for part in between.split(cell) if part.strip()]


_codes: dict[str, str] = {}
ARTICLE, FEMININE = "ال", "ة"


def _without_article(names: Iterable[str]) -> Iterator[str]:
    """Of an Arabic name as people write it: ``عربية`` and ``عربي`` for ``العربية``."""
    for name in names:
        if name.startswith(ARTICLE):
            short = name.removeprefix(ARTICLE)
            yield from (short, short.removesuffix(FEMININE))


def _language_codes() -> dict[str, str]:
    """Codes, and names in the three languages and in the language itself."""
    if not _codes:
        for code in SPOKEN:
            names = [language_name(code, page) for page in LOCALES]
            own = Locale.parse(code).get_language_name()
            for name in (code, own, *names, *_without_article(names)):
                if name:
                    _codes.setdefault(fold(name), code)
    return _codes
