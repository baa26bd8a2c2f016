"""Everybody's facts, laid out so that one person is compared with all others at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matchmaker.suggestions.facts import Facts, Side
from matchmaker.suggestions.likeness import Floats, Index

TEXTS = 0.5  # of what the codes leave open, so much can come from the texts
TEXTS_ALONE = 0.8  # where one of two sides has no codes
SELLING = 0.7  # to whom somebody can give what they seek gains, too, but less
AIM = 0.25  # what a country that is aimed at adds
NO_LANGUAGE = 0.4  # what is left without a common language: there may be an interpreter


class Ground:
    """``people`` by id; their sides one after the other, so that each person's are together."""

    def __init__(self, people: Sequence[Facts]) -> None:
        self.people = people
        sides = [side for person in people for side in person.sides]
        self._starts = np.cumsum([0, *(len(person.sides) for person in people)])[:-1]
        self._seeks = np.array([side.seeks for side in sides], dtype=np.float32)
        self._gives = np.array([side.gives for side in sides], dtype=np.float32)
        self._is_coded = np.array([bool(side.codes) for side in sides])
        self._codes = Index([side.codes for side in sides])
        self._words = Index([side.words for side in sides])

    @cached_property
    def place(self) -> dict[str, int]:
        return {person.id: place for place, person in enumerate(self.people)}

    def scores(self, me: Facts) -> Floats:
        """How much a meeting with each would be worth to both of us, from 0 on: the geometric
        mean of what it is worth to either.
        """
        if not self.people:
            return np.zeros(0, dtype=np.float32)
        met, sold = self._met(me)
        for_me = 1 - (1 - met) * (1 - SELLING * sold)
        for_them = 1 - (1 - sold) * (1 - SELLING * met)
        for_me = for_me * (1 + AIM * self._at_home_in(me.aims))
        for_them = for_them * (1 + AIM * self._aiming_at(me.country))
        worth = np.sqrt(for_me * for_them)
        heard: Floats = self._speaking(me.spoken)
        found: Floats = worth * (NO_LANGUAGE + (1 - NO_LANGUAGE) * heard)
        return found

    def rarity(self, code: str) -> float:
        return self._codes.rarity(code)

    def met_by(self, one: Side, other: Side) -> float:
        """How far what the one seeks is what the other gives: codes first, texts second."""
        if not one.seeks * other.gives:
            return 0.0
        codes = self._codes.between(one.codes, other.codes)
        words = self._words.between(one.words, other.words)
        texts = TEXTS if one.codes and other.codes else TEXTS_ALONE
        return one.seeks * other.gives * (codes + (1 - codes) * texts * words)

    def _met(self, me: Facts) -> tuple[Floats, Floats]:
        """How far each person gives what I seek, and seeks what I give: their best side."""
        size = len(self._seeks)
        met, sold = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
        for side in me.sides:
            codes, words = self._codes.like(side.codes), self._words.like(side.words)
            texts = np.where(self._is_coded & bool(side.codes), TEXTS, TEXTS_ALONE)
            alike = codes + (1 - codes) * texts * words
            np.maximum(met, alike * side.seeks * self._gives, out=met)
            np.maximum(sold, alike * side.gives * self._seeks, out=sold)
        return np.maximum.reduceat(met, self._starts), np.maximum.reduceat(sold, self._starts)

    def _speaking(self, languages: frozenset[str]) -> Floats:
        return self._any(self._by("spoken"), languages)

    def _at_home_in(self, countries: frozenset[str]) -> Floats:
        return self._any(self._by("country"), countries)

    def _aiming_at(self, country: str) -> Floats:
        return self._any(self._by("aims"), frozenset({country} - {""}))

    def _any(self, masks: dict[str, Floats], codes: frozenset[str]) -> Floats:
        """1 where any of the codes holds, else 0."""
        found = np.zeros(len(self.people), dtype=np.float32)
        for code in codes:
            if code in masks:
                np.maximum(found, masks[code], out=found)
        return found

    def _by(self, name: str) -> dict[str, Floats]:
        return self._masks[name]

    @cached_property
    def _masks(self) -> dict[str, dict[str, Floats]]:
        masks: dict[str, dict[str, Floats]] = {"spoken": {}, "country": {}, "aims": {}}
        for place, person in enumerate(self.people):
            said = {"spoken": person.spoken, "country": {person.country}, "aims": person.aims}
            for name, codes in said.items():
                for code in codes:
                    mask = masks[name].setdefault(
                        code, np.zeros(len(self.people), dtype=np.float32)
                    )
                    mask[place] = 1
        return masks
