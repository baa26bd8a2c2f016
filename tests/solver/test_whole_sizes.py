"""The fewest whole sizes that nothing speaks against: as trying all of them says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Any, cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.relaxation import Real
from solver.sizes import Growing, Needs, Sized
from solver.whole_sizes import Branching, Vector, has_all

NO_PRICES = np.zeros(1)


@dataclass(frozen=True)
class Told(Growing):
    """A programme that says of all sizes whether they may do: those in ``enough``."""

    enough: frozenset[Vector] = frozenset()

    def inside(self) -> list[Vector]:
        """Those of the box, the fewest first."""
        mine = (n for n in self.enough if has_all(n, self.least) and has_all(self.most, n))
        return sorted(mine, key=lambda n: (sum(n), n))

    def needs(self, _prices: Real, _target: int) -> Needs:
        return cast(Needs, Fewest(self))


@dataclass(frozen=True)
class Fewest:
    told: Told

    def fewest(self, least: Vector, most: Vector) -> int | None:
        inside = replace(self.told, least=least, most=most).inside()
        return sum(inside[0]) if inside else None


def solve(growing: Growing) -> Sized:
    """The fewest, or something between them and as many of another mix."""
    inside = cast(Told, growing).inside()
    if not inside:
        return Sized(np.array(growing.most, dtype=float), NO_PRICES)
    alike = [np.array(n, dtype=float) for n in inside if sum(n) == sum(inside[0])]
    return Sized((alike[0] + alike[-1]) / 2, NO_PRICES)


def told(most: Vector, rows: list[tuple[Vector, int]]) -> Told:
    """What is enough for all of these sums."""
    enough = frozenset(
        n
        for n in product(*(range(each + 1) for each in most))
        if all(sum(w * x for w, x in zip(worth, n, strict=True)) >= rest for worth, rest in rows)
    )
    return Told(cast(Any, None), np.zeros((0, 0), dtype=np.int64), (0,) * len(most), most, enough)


sizes = st.tuples(*[st.integers(0, 4)] * 3)
sums = st.lists(st.tuples(st.tuples(*[st.integers(0, 3)] * 3), st.integers(0, 12)), max_size=3)


@given(sizes, sums, st.lists(sizes, max_size=4), st.lists(st.booleans(), max_size=6))
def test_the_fewest_that_do_are_found_whatever_was_too_small_or_in_doubt(
    most: Vector, rows: list[tuple[Vector, int]], small: list[Vector], doubts: list[bool]
) -> None:
    programme = told(most, rows)
    branching = Branching(programme, 0, solve)
    left = {n for n in programme.enough if not any(has_all(each, n) for each in small)}
    truth = min(map(sum, left), default=None)
    wavering = iter(doubts)
    while (first := branching.candidate()) is not None or branching.doubted:
        fewest = branching.fewest()
        assert truth is None or (fewest is not None and fewest <= truth)
        is_doubted = first in left and next(wavering, False)
        if first is None:
            branching.reconsider()
        elif first not in left:
            branching.rule_out(next(each for each in small if has_all(each, first)))
        elif is_doubted:
            branching.doubt()
        elif branching.doubted:
            branching.reconsider()
        else:
            break
    assert branching.fewest() == truth
    assert first is None if truth is None else sum(first or ()) == truth


def test_what_has_no_more_of_anything_is_too_small_as_well() -> None:
    """Of these no programme is asked again."""
    asked: list[Growing] = []

    def remember(growing: Growing) -> Sized:
        asked.append(growing)
        return solve(growing)

    branching = Branching(told((3, 3), [((0, 1), 1)]), 0, remember)
    assert branching.candidate() == (0, 1)
    branching.rule_out((3, 2))
    assert branching.candidate() == (0, 3)
    assert [(each.least, each.most) for each in asked] == [((0, 0), (3, 3)), ((0, 3), (3, 3))]


def test_without_time_nothing_is_named_and_nothing_is_lost() -> None:
    late = [True]

    def in_time(growing: Growing) -> Sized | None:
        return None if late[0] else solve(growing)

    branching = Branching(told((3, 3), [((1, 1), 4)]), 0, in_time)
    assert branching.candidate() is None
    assert branching.fewest() == 0
    late[0] = False
    found = branching.candidate()
    assert found is not None
    assert sum(found) == branching.fewest() == 4
    late[0] = True
    assert branching.candidate() == found
    branching.rule_out(found)
    assert branching.candidate() is None
    assert branching.fewest() == 4
