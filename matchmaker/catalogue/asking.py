"""What somebody types, as the words that are looked for, and a text, as the words that stand for
it.
"""

from __future__ import annotations

from collections.abc import Iterable

from matchmaker.folding import words_of

MOST_WORDS, MOST_LETTERS = 12, 60
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")  # the Arabic "the", alone or with a preposition
ELIDED = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu"}
# Nobody means these; looked for, they would hide what lacks them.
SMALL = {
    "de", "du", "des", "la", "le", "les", "un", "une", "et", "en", "au", "aux", "a", "pour", "par",
    "sur", "the", "of", "for", "and", "to", "in", "with", "an", "or",
    "في", "من", "الي", "عن", "مع", "او", "و", "ال",
}  # fmt: skip


def asked_words(question: str) -> list[tuple[str, ...]]:
    """Every word that has to be found, as it may stand in a text; each as the beginning of one.

    >>> asked_words("Traitement des eaux"), asked_words("de l'eau")
    ([('traitement',), ('eau',)], [('eau',)])
    """
    words = words_of(question[:400])
    meant = [word for word in words if word not in SMALL and word not in ELIDED] or words
    forms = (_asked_forms(word[:MOST_LETTERS]) for word in meant[:MOST_WORDS])
    return list(dict.fromkeys(forms))


def kept_words(texts: Iterable[str], most: int = 60_000) -> str:
    """A text as its words, the Arabic ones also without their article."""
    words = (form for text in texts for word in words_of(text) for form in {word: 0, bare(word): 0})
    return " ".join(words)[:most]


def bare(word: str) -> str:
    """An Arabic word without its article.

    >>> bare("المياه"), bare("مياه"), bare("eau")
    ('مياه', 'مياه', 'eau')
    """
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def _asked_forms(word: str) -> tuple[str, ...]:
    """A French or English plural finds its singular, whose letters begin both."""
    if len(word) >= 4 and word[-1] in "sx":
        word = word[:-1]
    return tuple(dict.fromkeys((word, bare(word))))
