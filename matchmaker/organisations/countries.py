"""Countries as people write them."""

from __future__ import annotations

import unicodedata
from functools import cache

from matchmaker.languages import LOCALES, locale_of

# What people write and no table of countries has.
OTHER_NAMES = {
    "UK": "GB", "Great Britain": "GB", "England": "GB", "Scotland": "GB", "Grande-Bretagne": "GB",
    "Angleterre": "GB", "USA": "US", "United States of America": "US", "America": "US",
    "Etats-Unis d'Amérique": "US", "Holland": "NL", "Hollande": "NL", "The Netherlands": "NL",
    "Czech Republic": "CZ", "République tchèque": "CZ", "Turkey": "TR", "Ivory Coast": "CI",
    "South Korea": "KR", "Korea": "KR", "Russian Federation": "RU",
    "Kingdom of Morocco": "MA", "Royaume du Maroc": "MA", "المملكة المغربية": "MA",
    "UAE": "AE", "EAU": "AE", "KSA": "SA", "DRC": "CD", "RDC": "CD", "Palestine": "PS",
    "Viet Nam": "VN", "Republic of Korea": "KR", "Macedonia": "MK", "Hong Kong": "HK",
    "MAR": "MA", "FRA": "FR", "ESP": "ES", "DEU": "DE", "ITA": "IT", "GBR": "GB", "BEL": "BE",
    "NLD": "NL", "PRT": "PT", "TUN": "TN", "DZA": "DZ", "EGY": "EG", "SEN": "SN", "CIV": "CI",
}  # fmt: skip


def country_code(text: str) -> str:
    """The ISO 3166 code of a name in English, French or Arabic, or of the code itself; empty
    where it is none.
    """
    return _codes().get(_fold(text), "")


@cache
def _codes() -> dict[str, str]:
    codes = {_fold(name): code for name, code in OTHER_NAMES.items()}
    for page in LOCALES:
        for code, name in locale_of(page).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ"}:
                codes.setdefault(_fold(name), code)
                codes.setdefault(_fold(code), code)
    return codes


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ة", "ه"))
    return "".join(letter for letter in letters if letter.isalnum())
