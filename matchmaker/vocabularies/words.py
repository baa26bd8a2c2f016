"""Which term a word means: its code, or its label in any language, written anyhow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import blake2b

from matchmaker.database import Texts
from matchmaker.folding import fold
from matchmaker.vocabularies.models import LONGEST_CODE
from matchmaker.vocabularies.starting import ALSO, LISTS


def codes_by_word(kind: str, terms: Mapping[str, Texts]) -> dict[str, str]:
    """Folded word → code, of a list's labels by code in its order. What a term is called now
    comes before its code, and both before what it was called at first, so that files with older
    names are still understood.
    """
    words = [(label, code) for code, labels in terms.items() for label in labels.values()]
    words += [(code, code) for code in sorted(terms)]
    words += [(label, code) for code, *labels in LISTS.get(kind, ()) for label in labels]
    words += ALSO.get(kind, {}).items()
    found: dict[str, str] = {}
    for word, code in words:
        if code in terms and (folded := fold(word)):
            found.setdefault(folded, code)
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
