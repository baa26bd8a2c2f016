"""Which term a word means: its code, or its label in any language, written anyhow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import blake2b

from matchmaker.folding import fold
from matchmaker.vocabularies.models import LONGEST_CODE, Term
from matchmaker.vocabularies.starting import ALSO, LISTS


def codes_by_word(kind: str, terms: Iterable[Term]) -> dict[str, str]:
    """Folded word → code. What a term is called now comes before its code, and both before what
    it was called at first, so that files with older names are still understood.
    """
    terms = list(terms)
    known = {term.code for term in terms}
    words = [(label, term.code) for term in terms for label in term.labels.values()]
    words += [(code, code) for code in sorted(known)]
    words += [(label, code) for code, *labels in LISTS.get(kind, ()) for label in labels]
    words += ALSO.get(kind, {}).items()
    found: dict[str, str] = {}
    for word, code in words:
        if code in known and fold(word):
            found.setdefault(fold(word), code)
    return found


def code_for(label: str) -> str:
    """The code of a new term: its label without case and accents; the same label, the same code.

    >>> code_for("Énergie  verte")
    'energie-verte'
    """
    code = fold(label).replace(" ", "-")
    if code and len(code) <= LONGEST_CODE:
        return code
    digest = blake2b(label.encode(), digest_size=5).hexdigest()
    return f"{code[: LONGEST_CODE - 11]}-{digest}".strip("-")


def free_code(label: str, taken: Collection[str]) -> str:
    """A renamed term may still have the code that this label would get."""
    code = code_for(label)
    number = 2
    while code in taken:
        code, number = code_for(f"{label[:40]} {number}"), number + 1
    return code
