"""Text as it is compared: without case, accents, punctuation and doubled spaces."""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans("ةى’`.-_", "هي''   ", "ـ")
# Ligatures, letters that do not come apart, and digits: too much for the stored keys of names,
# right for whoever searches.
DIGITS = "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹"
LOOSE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
     "ٱ": "ا", "ک": "ك", "ی": "ي", "ە": "ه"}
    | {sign: str(place % 10) for place, sign in enumerate(DIGITS)}
)  # fmt: skip
WORD = re.compile(r"[^\W_]+")


class _Letters(dict[int, "int | str | None"]):
    """What becomes of each letter, worked out when it is first met."""

    def __missing__(self, sign: int) -> int | str | None:
        is_mark = bool(unicodedata.combining(chr(sign)))
        self[sign] = None if is_mark else LETTERS.get(sign, sign)
        return self[sign]


_letters = _Letters()


def fold(text: str) -> str:
    """Arabic letters that are often written for one another fall together, too.

    >>> fold("Énergie  Verte S.A."), fold("البيئة") == fold("البيئه")
    ('energie verte s a', True)
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(plain.translate(_letters).split())


def words_of(text: str) -> list[str]:
    """The words by which a text is found, each folded.

    >>> words_of("L’œuvre d'art n° ١٢"), words_of("Traitement-des boues (2)")
    (['l', 'oeuvre', 'd', 'art', 'n', '12'], ['traitement', 'des', 'boues', '2'])
    """
    return WORD.findall(fold(text).translate(LOOSE))
