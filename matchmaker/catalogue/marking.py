"""Words found in a text as somebody wrote it, with accents and marks; found is what the search
finds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchmaker.catalogue.asking import bare
from matchmaker.folding import words_of

Words = Sequence[Sequence[str]]  # as of ``asking.asked_words``
AROUND = 60  # letters that a snippet has before and after what is found
TATWEEL = "ـ"


@dataclass(frozen=True)
class Piece:
    text: str
    is_found: bool


def pieces_of(text: str, words: Words) -> list[Piece]:
    """The whole text, cut where what is found begins and ends.

    >>> [piece.text for piece in pieces_of("Énergie verte", [("energ",)]) if piece.is_found]
    ['Énergie']
    """
    found: list[Piece] = []
    end = 0
    for start, stop in _spans(text):
        if any(_is_found(text[start:stop], forms) for forms in words):
            found += [Piece(text[end:start], False), Piece(text[start:stop], True)]
            end = stop
    return [piece for piece in [*found, Piece(text[end:], False)] if piece.text]


def snippet_of(text: str, words: Words) -> list[Piece]:
    """What is found first, with what stands around it."""
    text = " ".join(text.split())
    first = next((span for span in _spans(text) if _is_any(text, span, words)), None)
    if first is None:
        return []
    start, stop = max(0, first[0] - AROUND), min(len(text), first[1] + AROUND)
    if start:
        start = text.find(" ", start, first[0]) + 1 or first[0]
    if stop < len(text):
        stop = max(first[1], text.rfind(" ", first[1], stop))
    cut = pieces_of(text[start:stop], words)
    before, after = [Piece("… ", False)] * bool(start), [Piece(" …", False)] * (stop < len(text))
    return [*before, *cut, *after]


def stands_in(text: str, forms: Sequence[str]) -> bool:
    """Whether a word of the text begins with one of these."""
    return any(_begins(word, forms) for word in words_of(text))


def _is_any(text: str, span: tuple[int, int], words: Words) -> bool:
    return any(_is_found(text[slice(*span)], forms) for forms in words)


def _is_found(written: str, forms: Sequence[str]) -> bool:
    return any(_begins(word, forms) for word in words_of(written))


def _begins(word: str, forms: Sequence[str]) -> bool:
    return any(word.startswith(form) or bare(word).startswith(form) for form in forms)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text begin and end, its accents and marks with their letters."""
    start = -1
    for place, sign in enumerate(text):
        if words_of(sign) or (start >= 0 and _is_mark(sign)):
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place
            start = -1
    if start >= 0:
        yield start, len(text)


def _is_mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or sign == TATWEEL
