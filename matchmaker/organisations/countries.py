"""Countries: ISO 3166 codes, their names, and what spreadsheets call them."""

from __future__ import annotations

from functools import lru_cache

from matchmaker.folding import fold
from matchmaker.languages import LANGUAGES, locale_of

# Common in spreadsheets, in no list of names. Keys as fold() makes them.
ALSO = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "grande bretagne": "GB",
    "angleterre": "GB", "united states of america": "US", "usa": "US", "america": "US",
    "etats unis d'amerique": "US", "u k": "GB", "u s": "US", "u s a": "US", "uae": "AE",
    "eau": "AE", "holland": "NL", "the netherlands": "NL",
    "hollande": "NL", "czech republic": "CZ", "republique tcheque": "CZ", "ivory coast": "CI",
    "kingdom of morocco": "MA", "royaume du maroc": "MA", "المملكه المغربيه": "MA",
    "south korea": "KR", "coree": "KR", "korea": "KR", "russian federation": "RU", "ksa": "SA",
    "viet nam": "VN", "turkey": "TR", "الامارات": "AE", "السعوديه": "SA", "مصر العربيه": "EG",
    "the gambia": "GM", "rdc": "CD", "drc": "CD", "burma": "MM", "birmanie": "MM",
}  # fmt: skip


def country_code(text: str) -> str | None:
    """The code of a country given as code or as its English, French or Arabic name; None where
    there is no such country, and ``""`` for nothing.

    >>> country_code("Maroc"), country_code(" morocco"), country_code("ma"), country_code("Utopia")
    ('MA', 'MA', 'MA', None)
    """
    folded = fold(text)
    return _codes().get(folded) if folded else ""


def country_name(code: str, language: str) -> str:
    """``Morocco``, ``Maroc``, ``المغرب``"""
    return str(locale_of(language).territories.get(code, code))


def country_choices(language: str) -> list[tuple[str, str]]:
    """Codes with names in the order of the names, for forms."""
    named = [(code, country_name(code, language)) for code in country_codes()]
    return [("", ""), *sorted(named, key=lambda choice: fold(choice[1]))]


@lru_cache(maxsize=1)
def country_codes() -> tuple[str, ...]:
    """Territories with two letters that are countries, not groups of them."""
    groups = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    known = set.intersection(*(set(locale_of(name).territories) for name in LANGUAGES))
    return tuple(sorted(code for code in known if len(code) == 2 and code not in groups))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes = {
        fold(country_name(code, language)): code
        for language in LANGUAGES
        for code in country_codes()
    }
    return codes | {code.lower(): code for code in country_codes()} | ALSO
