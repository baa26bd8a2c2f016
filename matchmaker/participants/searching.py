"""Finding people as somebody types: without case, accents, vowel signs; the same on every
database.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TATWEEL = "\u0640"
SAME_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", TATWEEL: ""})


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """``Électricité`` and ``electricite`` are the same, and so are ``أحمد`` and ``احمد``."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = (
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )
    return " ".join("".join(plain).translate(SAME_LETTERS).split())


def matches(query: str, *texts: str) -> bool:
    """Whether every word of the query stands somewhere in the texts."""
    folded = " ".join(fold(text) for text in texts)
    return all(word in folded for word in fold(query).split())
