"""How alike bags are, and that comparing with everybody at once says what comparing two says."""

from __future__ import annotations

import random

import pytest

from matchmaker.suggestions.facts import Facts, Side
from matchmaker.suggestions.ground import Ground
from matchmaker.suggestions.likeness import Index

BAGS = [["a", "b"], ["a"], ["c", "c", "d"], [], ["a", "b", "c", "d"]]


def test_likeness_goes_from_nothing_to_the_same() -> None:
    index = Index(BAGS)
    for place, bag in enumerate(BAGS):
        like = index.like(bag)
        assert like.max() <= 1.0001
        if bag:
            assert like[place] == pytest.approx(1, abs=1e-4)
    assert list(index.like(["z"])) == [0] * 5
    assert list(index.like([])) == [0] * 5


def test_what_few_have_says_more() -> None:
    index = Index([["common", "rare"], ["common"], ["common"], ["rare"]])
    like = index.like(["common", "rare"])
    assert like[0] > like[3] > like[1] == like[2]


def test_two_compared_alone_are_as_alike_as_among_all() -> None:
    index = Index(BAGS)
    for one in BAGS:
        for place, other in enumerate(BAGS):
            assert index.between(tuple(one), tuple(other)) == pytest.approx(
                float(index.like(one)[place]), abs=1e-4
            )


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Index([]).like(["a"]).size == 0
    assert Ground([]).scores(somebody(random.Random(1), 0)).size == 0


def somebody(chance: random.Random, number: int) -> Facts:
    codes, words = "abcdefgh", "ijklmnop"
    sides = tuple(
        Side(kind, f"e{number}-{kind}", frozenset(chance.sample(codes, chance.randrange(3))),
             tuple(chance.choices(words, k=chance.randrange(4))),
             seeks=chance.random(), gives=chance.random())
        for kind in ("", "need", "offer")[: chance.randrange(1, 4)]
    )  # fmt: skip
    return Facts(f"p{number}", None, frozenset(chance.sample(["fr", "ar", "en"], 2)), frozenset(),
                 chance.choice(["MA", "FR", ""]), frozenset(chance.sample(["MA", "FR"], 1)),
                 sides)  # fmt: skip


def test_a_meeting_is_worth_the_same_seen_from_either_side() -> None:
    chance = random.Random(7)
    people = [somebody(chance, number) for number in range(30)]
    ground = Ground(people)
    scores = [ground.scores(person) for person in people]
    for one in range(30):
        for other in range(30):
            assert scores[one][other] == pytest.approx(scores[other][one], abs=1e-3)
