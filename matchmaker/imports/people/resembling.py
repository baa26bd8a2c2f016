"""New organisations whose names resemble others: perhaps they are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

LEGAL_FORMS = {
    "sarl", "sa", "sas", "sasu", "eurl", "snc", "scop", "gie", "suarl", "sarlau", "sarl-au", "au",
    "gmbh", "ag", "kg", "ug", "ev", "ltd", "limited", "llc", "plc", "inc", "corp", "co", "company",
    "srl", "spa", "sl", "slu", "bv", "nv", "group", "groupe", "ste", "societe", "شركه", "شركة",
}  # fmt: skip
WORD = re.compile(r"\w+")
SHORTEST = 6  # letters from which one wrong letter is likelier than another name


def find_resembling(new: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of a new key and another key that differ by legal form, order, spaces or a letter."""
    new = sorted(new)
    forms: dict[str, set[str]] = defaultdict(set)
    for key in {*new, *others}:
        for form in _forms(key):
            forms[form].add(key)
    pairs = set()
    for key in new:
        for form in _forms(key):
            pairs |= {(key, other) for other in forms[form] if other != key}
    fresh = set(new)
    return sorted((key, other) for key, other in pairs if other not in fresh or key < other)


def _forms(key: str) -> Iterator[str]:
    """What two spellings of one name have in common: sorted words, and these less one letter."""
    words = [word for word in WORD.findall(key) if word not in LEGAL_FORMS]
    if not words:
        return
    yield " ".join(sorted(words))
    joined = "".join(words)
    yield joined
    if len(joined) >= SHORTEST:
        for place, letter in enumerate(joined):
            if not letter.isdecimal():  # Company 1 and Company 2 are two
                yield f"-{joined[:place]}{joined[place + 1 :]}"
        yield f"-{joined}"  # the other has one letter more
