"""The three languages: codes, locales, direction, and texts with fallback."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

# Plain "ar" prints other month names and twelve-hour times than people in Morocco use.
LOCALES = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}
LANGUAGES = tuple(LOCALES)
NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}
FALLBACK = ("fr", "en", "ar")

# First strong isolate … pop directional isolate: keeps a foreign name from disturbing its line.
ISOLATE, POP = "\u2068", "\u2069"


@lru_cache  # a page with times asks for it hundreds of times
def locale_of(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, LOCALES["en"]))


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return str(locale_of(language).text_direction)


def pick(texts: Mapping[str, str] | None, language: str) -> str:
    """The text in this language, else in the first language that has one."""
    texts = texts or {}
    for code in (language, *FALLBACK):
        if texts.get(code):
            return texts[code]
    return ""


def comma(language: str) -> str:
    """What stands between the items of a list."""
    return "، " if language == "ar" else ", "


def semicolon(language: str) -> str:
    """What stands between lists of items."""
    return {"ar": "؛ ", "fr": "\u00a0; "}.get(language, "; ")


def colon(language: str) -> str:
    """What stands between a thing and what is said of it."""
    return "\u00a0: " if language == "fr" else ": "


def isolate(text: str) -> str:
    """The text wrapped so that its direction stays its own (for PDF and plain text)."""
    return f"{ISOLATE}{text}{POP}"


# What participants and interpreters may speak: ISO 639 codes, the usual ones here first.
SPOKEN = (
    "ar", "fr", "en", "es", "zgh", "de", "it", "pt", "nl", "da", "sv", "pl", "ro", "el", "tr",
    "he", "fa", "ru", "uk", "zh", "ja", "ko", "hi", "sw", "wo",
)  # fmt: skip


def language_name(code: str, language: str) -> str:
    """``Arabic``, ``arabe``, ``العربية``: a spoken language in the words of the page."""
    return str(locale_of(language).languages.get(code, code))


def spoken_choices(language: str) -> list[tuple[str, str]]:
    """Codes with names, for forms."""
    return [(code, language_name(code, language)) for code in SPOKEN]
