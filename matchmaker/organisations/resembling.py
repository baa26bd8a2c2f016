"""Organisations whose names resemble others: perhaps they are the same. Keys are folded names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

LEGAL_FORMS = {
    "sarl", "sa", "sas", "sasu", "eurl", "snc", "scop", "gie", "suarl", "sarlau", "sarl-au", "au",
    "gmbh", "ag", "kg", "ug", "ev", "ltd", "limited", "llc", "plc", "inc", "corp", "co", "company",
    "srl", "spa", "sl", "slu", "bv", "nv", "group", "groupe", "ste", "societe", "شركه", "شركة",
}  # fmt: skip
WORD = re.compile(r"\w+")
SHORTEST = 6  # letters from which one wrong letter is likelier than another name


def find_resembling(new: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of a new key and another key that differ by legal form, order, spaces or a letter."""
    fresh = set(new)
    first: dict[str, str] = {}  # by form; nearly every form is one key's alone
    several: dict[str, set[str]] = {}
    for key in fresh:
        for form in _forms(key):
            if (other := first.setdefault(form, key)) is not key:
                several.setdefault(form, {other}).add(key)
    pairs = {pair for alike in several.values() for pair in combinations(sorted(alike), 2)}
    for other in set(others) - fresh if fresh else ():
        for form in first.keys() & _forms(other):
            pairs |= {(key, other) for key in several.get(form, {first[form]})}
    return sorted(pairs)


@lru_cache(maxsize=20_000)  # every name of an event is compared again and again
def _forms(key: str) -> frozenset[str]:
    """What two spellings of one name have in common: sorted words, and these less one letter."""
    words = [word for word in WORD.findall(key) if word not in LEGAL_FORMS]
    if not words:
        return frozenset()
    joined = "".join(words)
    forms = {" ".join(sorted(words)), joined}
    if len(joined) >= SHORTEST:
        shorter = [f"-{joined[:place]}{joined[place + 1 :]}" for place in range(len(joined))]
        if not joined.isalpha():  # Company 1 and Company 2 are two
            pairs = zip(shorter, joined, strict=True)
            shorter = [form for form, letter in pairs if not letter.isdecimal()]
        forms.update(shorter)
        forms.add(f"-{joined}")  # the other has one letter more
    return frozenset(forms)


ALIKE = 0.6  # share of trigrams from which two names may well be one
FOUND = 0.35  # from which a name is worth showing to somebody who types
WORD_FOUND = 0.3  # the same of a single word, of which one wrong letter takes a larger share
Ranked = list[tuple[float, str]]


def find_alike(key: str, others: Iterable[str], most: int = 5) -> list[str]:
    """The other keys that may be another spelling of this one, the likeliest first."""
    mine, others = _forms(key), list(others)
    ranked: Ranked = []
    for other in others:
        if other == key:
            continue
        share = _share(key, other)
        spelled = share >= ALIKE and _is_told_by(other, key) and _is_told_by(key, other)
        if spelled or _within(key, other) or mine & _forms(other):
            ranked.append((-share, other))
    return [other for _share, other in sorted(ranked)[:most]]


def look_up(typed: str, others: Iterable[str], most: int = 8) -> list[str]:
    """The keys that somebody who types this may mean: those with words that begin like it, then
    those that are spelled much like it.
    """
    words = typed.split()
    ranked: Ranked = []
    for other in others:
        begun = all(any(word.startswith(part) for word in other.split()) for part in words)
        share = _share(typed, other)
        spelled = len(typed) >= SHORTEST and share >= FOUND and _is_told_by(other, typed)
        if begun or spelled:
            ranked.append((-share - 2 * other.startswith(typed) - begun, other))
    return [other for _rank, other in sorted(ranked)[:most]]


def _is_told_by(key: str, typed: str) -> bool:
    """Whether most of the words typed are much like words of the name: one "Maroc" says nothing."""
    words = [word for word in WORD.findall(typed) if word not in LEGAL_FORMS]
    like = [word for word in words if any(_share(word, one) >= WORD_FOUND for one in key.split())]
    return 2 * len(like) > len(words) or not words


def _share(one: str, other: str) -> float:
    """How many of their trigrams two names share, legal forms aside: 0 to 1."""
    first, second = _trigrams(one), _trigrams(other)
    return 2 * len(first & second) / ((len(first) + len(second)) or 1)


@lru_cache(maxsize=20_000)
def _trigrams(key: str) -> frozenset[str]:
    words = [word for word in WORD.findall(key) if word not in LEGAL_FORMS] or [key]
    padded = [f"  {word} " for word in words]
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def _within(one: str, other: str) -> bool:
    """Whether one name is the other with more words, and has a word that says something."""
    first, second = (
        {word for word in WORD.findall(key) if word not in LEGAL_FORMS} for key in (one, other)
    )
    shared = first & second
    return shared in (first, second) and any(len(word) >= SHORTEST - 1 for word in shared)
