"""What each person's day needs alone: never more than a schedule has, and all that one day says."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from solver_timetables import fewest_breaks, timetable_problem

from solver.appointments import Appointments
from solver.lone_days import days, fits, least_breaks
from solver.possibilities import Possibilities
from solver.timetable import timetable_of


def appointments(**change: object) -> Appointments:
    """Amal meets three others, each of whom has no other meeting, in a day of six slots."""
    plain: dict[str, object] = {
        "people": [[0, 1], [0, 2], [0, 3]],
        "starts": [list(range(6))] * 3,
        "pool": [-1] * 3,
        "capacity": [],
        "scopes": [[list(range(6))]] * 4,
        "most_breaks": 6,
        "order": [],
    }
    return Appointments(**plain | change)  # type: ignore[arg-type]


def of_problem(seed: int) -> Appointments:
    found = timetable_of(Possibilities(timetable_problem(seed)))
    assert found is not None
    return found.appointments()


def test_the_bound_never_exceeds_what_the_best_schedule_has() -> None:
    bounds = []
    for seed in range(80):
        best = fewest_breaks(timetable_problem(seed))
        bounds.append(least_breaks(of_problem(seed)))
        assert best is None or bounds[-1] <= best
    assert sum(bounds) > 5  # it says something


def test_the_bound_is_the_least_number_of_breaks_of_each_person_alone() -> None:
    for seed in range(80):
        of = of_problem(seed)
        alone = [_alone(of, person) for person in range(len(of.scopes))]
        assert least_breaks(of) == sum(alone)


def _alone(of: Appointments, person: int) -> int:
    """Over all ways to spread the meetings of one person."""
    mine = [row for pair, row in zip(of.people, of.starts, strict=True) if person in pair]
    ways = [each for each in product(*mine) if len(set(each)) == len(each)]
    return min((_breaks(of.scopes[person], each) for each in ways), default=0)


def _breaks(scopes: list[list[int]], busy: tuple[int, ...]) -> int:
    rows = ["".join("x" if slot in busy else "." for slot in scope) for scope in scopes]
    return sum(len([gap for gap in row.strip(".").split("x") if gap]) for row in rows)


@pytest.mark.parametrize(
    ("starts", "least"),
    [
        ([[0], [1], [2]], 0),
        ([[0], [2], [4]], 2),
        ([[0], [2, 3], [3]], 1),
        ([[0, 5], [0, 5], [2]], 2),
    ],
)
def test_one_persons_day(starts: list[list[int]], least: int) -> None:
    assert least_breaks(appointments(starts=starts)) == least


def test_a_lunch_between_two_scopes_is_no_break() -> None:
    scopes = [[[0, 1, 2], [3, 4, 5]]] * 4
    assert least_breaks(appointments(starts=[[1], [4], [5]])) == 1
    assert least_breaks(appointments(starts=[[1], [4], [5]], scopes=scopes)) == 0


def test_slots_in_which_breaks_do_not_count_prove_nothing() -> None:
    assert least_breaks(appointments(starts=[[0], [2], [4]], scopes=[[[0, 4]]] * 4)) == 0


def test_who_can_have_no_day_at_all_is_not_counted() -> None:
    assert least_breaks(appointments(starts=[[0], [0], [4]])) == 0


def test_each_day_comes_once_with_its_breaks() -> None:
    for busy in range(1, 6):
        found = [day for breaks in range(busy) for day in days([4, 3], busy, breaks)]
        assert sorted(found) == [day for day in range(1 << 7) if day.bit_count() == busy]
        for breaks in range(busy):
            for day in days([4, 3], busy, breaks):
                slots = tuple(slot for slot in range(7) if day >> slot & 1)
                assert _breaks([[0, 1, 2, 3], [4, 5, 6]], slots) == breaks


def test_meetings_fit_where_some_order_of_them_does() -> None:
    for open_slots in product(range(1, 16), repeat=3):
        for day in (0b0111, 0b1011, 0b1110):
            slots = [slot for slot in range(4) if day >> slot & 1]
            orders = permutations(slots)
            possible = any(
                all(row >> slot & 1 for row, slot in zip(open_slots, order, strict=True))
                for order in orders
            )
            assert fits(list(open_slots), day) == possible


def test_so_many_days_are_tried_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    starts = [[0], [2], [4]]
    twice = appointments(
        people=[[0, 1], [0, 2], [0, 3], [4, 5], [4, 6], [4, 7]],
        starts=[*starts, *starts],
        scopes=[[list(range(6))]] * 8,
    )
    assert least_breaks(twice) == 4
    assert least_breaks(twice, late=iter([False, True]).__next__) == 2  # after the first
    monkeypatch.setattr("solver.lone_days.MOST_IN_ALL", 25)  # the first is done after 15 and 3
    assert least_breaks(twice) in (2, 3)
    monkeypatch.setattr("solver.lone_days.MOST_IN_ALL", 0)
    assert least_breaks(twice) == 0
