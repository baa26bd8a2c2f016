"""The languages that people speak in meetings, more than those of the pages."""

from __future__ import annotations

from matchmaker.languages import locale_of

SPOKEN = (
    "ar", "fr", "en", "es", "de", "it", "pt", "nl", "pl", "tr", "ru", "uk",
    "zh", "ja", "ko", "hi", "fa", "sv", "da", "fi", "no", "cs", "el", "ro", "hu",
)  # fmt: skip
COMMON = SPOKEN[:8]  # offered as boxes; the others are kept where they were entered


def spoken_name(code: str, language: str) -> str:
    """``es`` is ``espagnol`` in French; an unknown code is itself."""
    return str(locale_of(language).languages.get(code, code))


def country_name(code: str, language: str) -> str:
    return str(locale_of(language).territories.get(code.upper(), code))
