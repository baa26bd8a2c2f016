"""Finding people as somebody types: without case, accents, vowel signs; the same on every
database.
"""

from __future__ import annotations

from functools import lru_cache

from matchmaker import folding


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """``Électricité`` and ``electricite`` are the same, and so are ``أحمد`` and ``احمد``."""
    return folding.fold(text)


def matches(query: str, *texts: str) -> bool:
    """Whether every word of the query stands somewhere in the texts."""
    words = fold(query).split()
    if not words:
        return True
    folded = " ".join(fold(text) for text in texts)
    return all(word in folded for word in words)
