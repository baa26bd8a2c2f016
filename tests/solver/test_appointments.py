"""Clauses of a timetable say what the rules say, climb to the truth and mend what is there."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

import pytest
from pysat.solvers import Cadical195, MinisatGH
from solver_timetables import count_breaks, fewest_breaks, timetable_problem

import solver.climb
from solver.appointments import Appointments, Encoding
from solver.climb import Climb
from solver.mending import Mending
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.timetable import timetable_of

SEEDS = range(40)


def appointments(problem: Problem) -> Appointments:
    timetable = timetable_of(Possibilities(problem))
    assert timetable is not None
    return timetable.appointments()


def encode(problem: Problem, *, blocks: bool) -> Encoding:
    encoding = Encoding(appointments(problem))
    if blocks:
        encoding.add_blocks()
    return encoding


def schedules(problem: Problem) -> list[dict[str, str]]:
    """All choices of a slot for each meeting."""
    names = [meeting.id for meeting in problem.meetings]
    choices = product([slot.id for slot in problem.slots], repeat=len(names))
    return [dict(zip(names, choice, strict=True)) for choice in choices]


@pytest.mark.parametrize("blocks", [False, True])
def test_the_clauses_allow_exactly_the_valid_schedules_and_count_their_breaks(
    blocks: bool,
) -> None:
    valid = 0
    for seed in range(15):
        problem = timetable_problem(seed, people=4, meetings=3)
        encoding = encode(problem, blocks=blocks)
        ids = [meeting.id for meeting in Possibilities(problem).meetings]
        with Cadical195(bootstrap_with=encoding.clauses.rows) as solver:
            for schedule in schedules(problem):
                breaks = count_breaks(problem, schedule)
                starts = [problem.slot_position[schedule[name]] for name in ids]
                rows = zip(encoding.begins, starts, strict=True)
                assumed = [row.get(slot) for row, slot in rows]
                allowed = None not in assumed and solver.solve(assumed)
                assert allowed == (breaks is not None)
                if allowed:
                    valid += 1
                    true = set(solver.get_model())
                    assert sum(each in true for each in encoding.breaks) == breaks
    assert valid > 100


def breaks_within(scopes: list[list[int]], busy: set[int]) -> int:
    """Pairs of busy slots of one scope, one after the other, with an idle slot between."""
    found = 0
    for scope in scopes:
        here = [index for index, slot in enumerate(scope) if slot in busy]
        found += sum(later - earlier > 1 for earlier, later in pairwise(here))
    return found


SCOPES = {
    "all day": [[0, 1, 2, 3, 4]],
    "two halves": [[0, 1], [2, 3, 4]],
    "some slots never count": [[1, 2, 3]],
    "one slot is no matter": [[0, 1, 3, 4]],
}


@pytest.mark.parametrize("scopes", SCOPES.values(), ids=SCOPES)
@pytest.mark.parametrize("most", [0, 1, 5])
def test_breaks_count_within_scopes_only(scopes: list[list[int]], most: int) -> None:
    starts = [[0, 1, 2, 3, 4], [0, 2, 4], [1, 3, 4]]
    one = Appointments([[0, 1], [0, 2], [0, 3]], starts, [-1] * 3, [], [scopes] * 4, most, order=[])
    encoding = Encoding(one)
    encoding.add_blocks()
    with Cadical195(bootstrap_with=encoding.clauses.rows) as solver:
        for slots in product(*starts):
            breaks = breaks_within(scopes, set(slots))
            begins = zip(encoding.begins, slots, strict=True)
            allowed = solver.solve([row[slot] for row, slot in begins])
            assert allowed == (len(set(slots)) == 3 and breaks <= most)
            if allowed:
                true = set(solver.get_model())
                assert sum(each in true for each in encoding.breaks) == breaks


def test_who_has_one_meeting_has_no_break_to_count() -> None:
    pair = Appointments([[0, 1]], [[0, 1, 2, 3]], [-1], [], [[[0, 1, 2, 3]]] * 2, 4, order=[])
    encoding = Encoding(pair)
    assert encoding.breaks == []
    assert encoding.counts == {}


def test_nobody_counts_as_many_breaks_as_meetings() -> None:
    slots = list(range(7))
    three = Appointments([[0, 1], [0, 2], [0, 3]], [slots] * 3, [-1] * 3, [], [[slots]] * 4, 6, [])
    assert len(Encoding(three).breaks) == 2


POOLS = {
    "two and none": ([0, 1, -1, 0], [[1, 1, 2], [1, 0, 0]]),
    "two": ([0, 1, 1, 0], [[1, 1, 2], [1, 1, 0]]),
    "one": ([0, 0, 0, 0], [[1, 1, 2]]),
}


@pytest.mark.parametrize(("pool", "capacity"), POOLS.values(), ids=POOLS)
def test_each_pool_has_its_own_places(pool: list[int], capacity: list[list[int]]) -> None:
    """Somebody without a place besides those who need one, a place that is closed, two people
    with one meeting each.
    """
    starts = [[0, 1, 2], [0, 1, 2], [0, 1], [1, 2]]
    people = [[0, 1], [0, 2], [3, 4], [3, 1]]
    day = [[[0, 1, 2]]] * 5
    encoding = Encoding(Appointments(people, starts, pool, capacity, day, 3, order=[]))
    possible = 0
    with Cadical195(bootstrap_with=encoding.clauses.rows) as solver:
        for slots in product(*starts):
            meetings = list(zip(people, pool, slots, strict=True))
            taken = Counter((mine, slot) for _, mine, slot in meetings if mine != -1)
            busy = Counter((person, slot) for pair, _, slot in meetings for person in pair)
            valid = max(busy.values()) == 1 and all(
                number <= capacity[mine][slot] for (mine, slot), number in taken.items()
            )
            begins = zip(encoding.begins, slots, strict=True)
            assert solver.solve([row[slot] for row, slot in begins]) == valid
            if valid:
                possible += 1
                true = set(solver.get_model())
                for slot in range(3):
                    there = [group for group in encoding.groups(slot) if not true.isdisjoint(group)]
                    assert len(there) == 2 * slots.count(slot)
    assert possible


def test_who_can_only_meet_the_same_person_is_counted_as_one() -> None:
    day = [0, 1, 2]
    star = Appointments([[0, 1], [0, 2], [0, 3]], [day] * 3, [-1] * 3, [], [[day]] * 4, 3, [])
    assert sorted(map(len, Encoding(star).groups(0))) == [1, 3]


def test_full_places_are_seen_by_the_people_without_trying() -> None:
    """One table: where two people are busy, whose meetings are not known yet, nobody else is."""
    people, slots, table = [[0, 1], [0, 2], [1, 2], [3, 4]], list(range(4)), [[1] * 4]
    encoding = Encoding(Appointments(people, [slots] * 4, [0] * 4, table, [[slots]] * 5, 4, []))
    with MinisatGH(bootstrap_with=encoding.clauses.rows) as solver:
        _, follows = solver.propagate([encoding.busy[1, 2], encoding.busy[2, 2]])
    assert {-encoding.busy[person, 2] for person in (0, 3, 4)} <= set(follows)


@pytest.mark.parametrize("blocks", [False, True])
@pytest.mark.parametrize("reach", [1, 12])
def test_a_climb_ends_at_the_least_of_all_schedules(
    monkeypatch: pytest.MonkeyPatch, blocks: bool, reach: int
) -> None:
    monkeypatch.setattr(solver.climb, "REACH", reach)
    for seed in SEEDS:
        problem = timetable_problem(seed)
        encoding = encode(problem, blocks=blocks)
        best = fewest_breaks(problem)
        with Climb(encoding, most=20) as climb:
            while not climb.done:
                climb.work(50)
            assert climb.impossible == (best is None)
            if best is not None:
                assert climb.bound == best
                assert climb.slots is not None


def test_mending_reaches_the_least_of_all_schedules() -> None:
    mended = 0
    for seed in SEEDS:
        problem = timetable_problem(seed, people=5, meetings=5)
        best = fewest_breaks(problem)
        worst = max(
            (count_breaks(problem, each) or 0, sorted(each.items())) for each in schedules(problem)
        )
        if best is None or worst[0] == best:
            continue
        slots = dict(worst[1])
        ids = [meeting.id for meeting in Possibilities(problem).meetings]
        starts = [problem.slot_position[slots[name]] for name in ids]
        with Mending(encode(problem, blocks=True), starts, worst[0], 1) as mending:
            for _ in range(300):
                if mending.breaks == best:
                    break
                mending.work()
            assert mending.breaks == best
            mended += 1
    assert mended > 5
