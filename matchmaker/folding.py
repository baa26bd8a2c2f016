"""Text as it is compared: without case, accents, punctuation and doubled spaces."""

from __future__ import annotations

import unicodedata

LETTERS = str.maketrans("ةى’`.-_", "هي''   ")


def fold(text: str) -> str:
    """Arabic letters that are often written for one another fall together, too.

    >>> fold("Énergie  Verte S.A."), fold("البيئة") == fold("البيئه")
    ('energie verte s a', True)
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(letters.translate(LETTERS).replace("ـ", "").split())
