"""In which order numbers of tables or slots are tried, and what refutes all ways at once."""

from __future__ import annotations

from typing import TypeVar

import pytest
from solver_cases import couples, slot, tiny_problem
from solver_halls import wanting

from solver.capacity.dimension import Box, Dimension
from solver.capacity.outlines import Outline
from solver.capacity.search import MOST_TIMES, SHARE, SHARE_AGAIN, Search
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant, Variants
from solver.clock import Clock
from solver.problem import Problem
from solver.settings import Settings

S = TypeVar("S", bound=Search)
QUICK = Settings(seconds=None, steps=3_000, workers=1)


class Narrowing(Search):
    """Ten is not refuted; what is reached from thirteen on is found wherever it is tried."""

    known = 40
    numbers: list[int]

    def least(self) -> int:
        return 10

    def most(self) -> int:
        return self.known

    def _try(self, number: int, seconds: float) -> None:
        self.trials.clock.spent += 0.01
        self.tried[number] += 1
        self.numbers.append(number)
        if number >= 13:
            self.known = number


def test_after_the_least_a_little_more_is_tried_and_then_the_least_again() -> None:
    search = narrowing(Narrowing)
    search.numbers = []
    search.run(0.0)
    assert search.numbers == [10, 11, 13, 12, *[10] * (MOST_TIMES - 1)]


def narrowing(kind: type[S]) -> S:
    """Of the tables for thirteen couples in six slots, once enough of them are known to do."""
    variants = Variants(couples(13))
    trials = Trials(variants, QUICK, Clock(QUICK, None))
    dimension = Dimension("tables", variants.now, Box((0,), variants.most_tables()))
    trials.attempt(dimension.top, 1.0)
    trials.clock.spent = 0.0
    return kind(trials, dimension, Outline(variants.hall, trials))


def test_each_number_has_a_part_of_the_time_and_the_least_nearly_all_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no attempt comes to anything."""
    search, given = narrowing(Search), list[float]()
    monkeypatch.setattr(search.trials, "attempt", lambda _, seconds: given.append(seconds))
    left = search.trials.clock.remaining()
    search.run(0.0)
    assert (search.least(), search.most()) == (3, 4)
    assert given[0] == pytest.approx(SHARE * left)
    assert given[1] == pytest.approx(SHARE_AGAIN * left, rel=0.15)  # less what refuting took
    assert len(given) == MOST_TIMES


def test_what_is_refuted_in_whole_numbers_is_not_attempted(monkeypatch: pytest.MonkeyPatch) -> None:
    search = narrowing(Search)
    monkeypatch.setattr(search.trials, "attempt", lambda *_: pytest.fail("attempted"))
    monkeypatch.setattr(search.trials, "bound_below", lambda target, *_: target - 1)
    monkeypatch.setattr(search, "_next", lambda: 3 if not search.tried[3] else None)
    search.run(0.0)
    assert search.outline.bound(3) < search.target  # and with the first way all others


def test_once_its_time_is_over_a_search_tries_no_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    search = narrowing(Search)
    monkeypatch.setattr(search.trials, "bound_below", lambda target, *_: target - 1)
    monkeypatch.setattr(search, "_other", lambda _: pytest.fail("another"))
    search.until = search.trials.clock.remaining()
    search._try(3, 1.0)
    assert search.tried[3] == 1


def test_an_attempt_has_no_more_time_than_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    search, given = narrowing(Search), list[float]()
    monkeypatch.setattr(search.trials, "refutes", lambda *_: False)
    monkeypatch.setattr(search.trials, "attempt", lambda _, seconds: given.append(seconds))
    search.until = search.trials.clock.remaining() - 0.01
    search._attempt(search.dimension.even(3), 3, 5.0)
    assert given == [pytest.approx(0.01)]


def test_each_attempt_has_random_numbers_of_its_own() -> None:
    trials = narrowing(Search).trials
    before = trials._settings(1.0).seed
    trials.attempt(trials.variants.now, 0.1)
    assert trials._settings(1.0).seed != before


def test_whoever_has_stopped_waits_for_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    trials = Trials(Variants(couples(13)), QUICK, Clock(QUICK, lambda: bool(stopped)))
    monkeypatch.setattr(trials, "bound_below", lambda target, *_: target - 1)
    stopped.append(True)
    assert not trials.refutes(trials.variants.now, 12)
    trials.clock.stopped = False
    stopped.clear()
    assert trials.refutes(trials.variants.now, 12)


def halls(monkeypatch: pytest.MonkeyPatch, too_small: int) -> Search:
    """A meeting in either of two halls, where so few tables are said to be too few for it."""
    variants = Variants(wanting([]))
    trials = Trials(variants, QUICK, Clock(QUICK, None))
    asked = set[Variant]()

    def bound(size: Variant) -> int:
        asked.add(size)
        return 0 if sum(size.tables) <= too_small else 1

    monkeypatch.setattr(trials, "bound", bound)
    monkeypatch.setattr(trials, "knows", asked.__contains__)
    dimension = Dimension("tables", variants.now, Box((0, 0), (40, 40)))
    search = Search(trials, dimension, Outline(variants.hall, trials))
    monkeypatch.setattr(Search, "target", 1)
    return search


def test_looking_at_ways_goes_on_where_it_ended_until_all_are_refuted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search = halls(monkeypatch, too_small=31)
    search.patience = 0.0
    even = search.dimension.even(30)
    assert search._not_refuted(30, even) == even  # too many at once
    answers = [search._not_refuted(30, even) for _ in range(10)]
    assert answers[-1] is None


def test_an_even_way_is_tried_every_second_time_unless_it_is_refuted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search = halls(monkeypatch, too_small=10)
    reached = search.dimension.variant((3, 37))
    monkeypatch.setattr(search, "reached", lambda: reached)
    monkeypatch.setattr(Trials, "sums_decide", True)
    search.tried.update([10, 10, 12, 12])
    assert search._likely(12) == search.dimension.even(12)
    assert search._likely(10) == search.dimension.reduced(reached, 10)
    search.tried.update([12])
    assert search._likely(12) == search.dimension.reduced(reached, 12)  # in turn
    search.tried.update([12])
    monkeypatch.setattr(Trials, "sums_decide", False)
    assert search._likely(12) == search.dimension.reduced(reached, 12)


def triangle(count: int) -> Problem:
    """One slot: any two of three may meet. In halves of meetings that is worth 14."""
    return tiny_problem(
        slots=[slot("am1", "2026-10-14T09:00", "am")],
        places=[{"id": f"T{number}"} for number in range(count)],
        participants=[{"id": name} for name in "abc"],
        meetings=[
            {"id": pair, "sides": [[pair[0]], [pair[1]]], "weight": weight}
            for pair, weight in (("ab", 10), ("ac", 10), ("bc", 9))
        ],
    )


def test_all_ways_at_once_are_refuted_in_whole_numbers() -> None:
    variants = Variants(triangle(3))
    outline = Outline(triangle, Trials(variants, QUICK, Clock(QUICK, None)))
    assert outline.bound(3) == 14
    outline.refute(3, 10)
    assert outline.bound(3) == 14  # that may be reached
    assert outline.bound(2) == 14
    outline.refute(2, 11)
    assert outline.bound(2) == 10


def test_when_the_time_is_over_nothing_is_refuted() -> None:
    trials = Trials(Variants(triangle(3)), QUICK, Clock(QUICK, lambda: True))
    outline = Outline(triangle, trials)
    outline.refute(3, 11)
    assert outline.bound(3) == 29
