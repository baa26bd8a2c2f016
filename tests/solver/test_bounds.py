"""The bounds are true, and tight where only people, absences and tables are scarce."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from solver_cases import slot, small_problem, tiny_problem
from solver_enumeration import all_schedules, very_small_problem

from solver.bounds import AT_ONCE, matching_bound, slotwise_bound
from solver.generation import Family, generate
from solver.linear import solve_linear
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.relaxed_rules import relax
from solver.slot_classes import SlotClasses, alike_slots, one_class, sessions_as_classes
from solver.validation import goal_values


def bound_over(possibilities: Possibilities, classes: SlotClasses) -> int:
    relaxation = relax(possibilities, classes)
    return relaxation.bound(solve_linear(relaxation, AT_ONCE).prices)


def single_slots(problem: Problem) -> SlotClasses:
    now = problem.rules.now
    slots = enumerate(problem.slots)
    return SlotClasses(tuple(-1 if now and slot.start < now else n for n, slot in slots))


@pytest.mark.parametrize("seed", range(219, 231))
def test_no_schedule_beats_a_bound(seed: int) -> None:
    problem = very_small_problem(seed)
    possibilities = Possibilities(problem)
    bounds = [
        bound_over(possibilities, classes(possibilities))
        for classes in (one_class, sessions_as_classes, alike_slots)
    ]
    bounds.append(bound_over(possibilities, single_slots(problem)))
    for placed in all_schedules(problem):
        wishes = goal_values(problem, placed)["wishes"]
        assert isinstance(wishes, int)
        assert wishes <= min(bounds)


@pytest.mark.parametrize("seed", range(12))
def test_slots_taken_together_give_the_bound_of_single_slots(seed: int) -> None:
    """But for rests and free slots, which only slots that are taken together can tell of."""
    known = small_problem(seed)
    people = tuple(replace(person, max_in_a_row=None) for person in known.participants)
    problem = replace(known, participants=people, limits=())
    possibilities = Possibilities(problem)
    together = bound_over(possibilities, alike_slots(possibilities))
    apart = bound_over(possibilities, single_slots(problem))
    coarser = [
        bound_over(possibilities, classes(possibilities))
        for classes in (sessions_as_classes, one_class)
    ]
    assert apart <= together <= min(coarser)
    if all(meeting.length == 1 for meeting in problem.meetings):
        assert apart == together


def test_one_table_in_two_slots_takes_the_two_heaviest() -> None:
    slots = ["am2", "am3", "pm1", "pm2"]
    problem = tiny_problem(places=[{"id": "T1", "closed": slots}])
    assert matching_bound(Possibilities(problem)).bound == 14


def test_who_is_only_there_together_in_the_morning_has_the_morning() -> None:
    morning, afternoon = (["am1", "am2", "am3"], ["pm1", "pm2", "pm3"])
    people = [
        {"id": "amal", "absent": morning[1:]},
        {"id": "bilal", "absent": [*morning[1:], *afternoon]},
        {"id": "chen", "absent": [*morning[1:], *afternoon]},
    ]
    possibilities = Possibilities(tiny_problem(participants=people))
    assert matching_bound(possibilities).bound == 10
    slotwise = slotwise_bound(possibilities)
    assert slotwise is not None
    assert slotwise.bound == 10


def test_whoever_could_be_sent_by_two_sides_is_sent_once() -> None:
    """Amal and Chen are never there, and Bilal once: of each delegation only he can come."""
    gone = ["am2", "am3", "pm1", "pm2", "pm3"]
    people = [
        {"id": "amal", "absent": ["am1", *gone]},
        {"id": "bilal", "absent": gone},
        {"id": "chen", "absent": ["am1", *gone]},
        {"id": "driss"},
        {"id": "emna"},
    ]
    meetings = [
        {"id": "abd", "sides": [["amal", "bilal"], ["driss"]], "weight": 4},
        {"id": "bce", "sides": [["bilal", "chen"], ["emna"]], "weight": 3},
    ]
    possibilities = Possibilities(tiny_problem(participants=people, meetings=meetings))
    assert matching_bound(possibilities).bound == 4


def test_whoever_is_sent_remotely_needs_one_of_the_few_quiet_places() -> None:
    """Bilal is on site for one meeting; for the others it is Amal, online, who has one slot."""
    later = ["am2", "am3", "pm1", "pm2", "pm3"]
    people = [
        {"id": "amal", "remote": True},
        {"id": "bilal", "absent": later},
        *({"id": name} for name in ("chen", "driss", "emna")),
    ]
    meetings = [
        {"id": name, "sides": [["amal", "bilal"], [name]], "weight": weight}
        for name, weight in (("chen", 5), ("driss", 4), ("emna", 3))
    ]
    places = [
        {"id": "T1"},
        {"id": "R1", "kind": "online"},
        {"id": "Q1", "kind": "quiet", "closed": later},
    ]
    problem = tiny_problem(participants=people, meetings=meetings, places=places)
    assert matching_bound(Possibilities(problem)).bound == 9


def test_whoever_is_never_there_adds_nothing_to_a_bound() -> None:
    people = [
        {"id": "amal", "absent": ["am2", "am3", "pm1", "pm2", "pm3"]},
        {"id": "bilal", "absent": ["am1"]},
        {"id": "chen", "absent": ["am2", "am3", "pm1", "pm2", "pm3"]},
        {"id": "driss", "absent": ["am2", "am3", "pm1", "pm2", "pm3"]},
    ]
    meetings = [
        {"id": "ac", "sides": [["amal", "bilal"], ["chen"]], "weight": 5},
        {"id": "ad", "sides": [["amal", "bilal"], ["driss"]], "weight": 4},
    ]
    possibilities = Possibilities(tiny_problem(participants=people, meetings=meetings))
    assert matching_bound(possibilities).bound == 5


def test_a_limit_that_reaches_over_two_sessions_holds_in_both_together() -> None:
    """Three of four slots free, two of them in the morning: one busy, and the two others."""
    names = ["bilal", "chen", "driss", "emna", "farid", "ghita"]
    limit = {"participants": ["amal"], "slots": ["am2", "am3", "pm1", "pm2"], "free_slots": 3}
    problem = tiny_problem(
        places=[{"id": f"T{number}"} for number in range(6)],
        participants=[{"id": name} for name in ("amal", *names)],
        meetings=[{"id": name, "sides": [["amal"], [name]]} for name in names],
        limits=[limit],
    )
    possibilities = Possibilities(problem)
    assert bound_over(possibilities, sessions_as_classes(possibilities)) == 3


def test_a_table_in_the_morning_is_no_table_in_the_afternoon() -> None:
    """Of four couples one partner each leaves at noon: the one table holds three of them."""
    people = [{"id": f"{side}{n}"} for n in range(4) for side in "ab"]
    away = {"absent": ["pm1", "pm2", "pm3"]}
    problem = tiny_problem(
        places=[{"id": "T1"}],
        participants=[each | (away if each["id"][0] == "a" else {}) for each in people],
        meetings=[{"id": f"m{n}", "sides": [[f"a{n}"], [f"b{n}"]]} for n in range(4)],
    )
    slotwise = slotwise_bound(Possibilities(problem))
    assert slotwise is not None
    assert (slotwise.bound, matching_bound(Possibilities(problem)).bound) == (3, 4)


def test_absent_half_the_time_sums_of_each_person_say_as_much_as_slots() -> None:
    family = Family(two_sided=False, absent=0.5, wishes=8.0)
    possibilities = Possibilities(generate(80, seed=1, family=family))
    slotwise = slotwise_bound(possibilities)
    assert slotwise is not None
    assert slotwise.bound == matching_bound(possibilities).bound
    assert slotwise.is_vertex
    taken = slotwise.by_start(possibilities)
    weights = {meeting.id: meeting.weight for meeting in possibilities.meetings}
    value = sum(weights[name] * sum(shares.values()) for name, shares in taken.items())
    assert abs(value - slotwise.bound) < 1
    assert all(set(taken[name]) <= set(possibilities.starts[name]) for name in taken)


@pytest.mark.parametrize("seed", range(5))
def test_any_prices_give_a_true_bound(seed: int) -> None:
    """Weak duality: prices that a solver got wrong make the bound weaker, never false."""
    possibilities = Possibilities(very_small_problem(seed + 100))
    relaxation = relax(possibilities, alike_slots(possibilities))
    solution = solve_linear(relaxation, AT_ONCE)
    best = relaxation.bound(solution.prices)
    draw = np.random.default_rng(seed)
    for spread in (0.01, 1.0, 100.0, 1e30):
        wrong = solution.prices + spread * draw.normal(size=len(solution.prices))
        assert relaxation.bound(wrong) >= best


def test_weights_of_a_milliard_do_not_overflow() -> None:
    meetings = [
        {"id": name, "sides": [["amal"], [other]], "weight": 10**9 - weight}
        for name, other, weight in (("ab", "bilal", 0), ("ac", "chen", 3), ("bc", "bilal", 5))
    ]
    people = [{"id": "amal", "seats": 10**15, "max_meetings": 2}, {"id": "bilal"}, {"id": "chen"}]
    problem = tiny_problem(participants=people, meetings=meetings)
    assert matching_bound(Possibilities(problem)).bound == 2 * 10**9 - 3


@pytest.mark.parametrize(
    ("rule", "limits", "most"),
    [
        ({}, [], 5),
        ({"max_in_a_row": 2}, [], 4),
        ({"max_in_a_row": 1}, [], 3),
        ({}, [{"participants": ["amal"], "slots": ["s3", "s4"], "free_slots": 1}], 4),
        ({"max_in_a_row": 4}, [{"participants": ["amal"], "slots": ["s0"], "free_slots": 1}], 4),
    ],
)
def test_rests_and_free_slots_are_counted(
    rule: dict[str, int], limits: list[dict[str, object]], most: int
) -> None:
    others = [f"p{n}" for n in range(6)]
    problem = tiny_problem(
        slots=[slot(f"s{n}", f"2026-10-14T{9 + n:02}:00", "am") for n in range(5)],
        participants=[{"id": "amal", **rule}, *({"id": name} for name in others)],
        meetings=[{"id": f"m{name}", "sides": [["amal"], [name]]} for name in others],
        limits=limits,
    )
    assert matching_bound(Possibilities(problem)).bound == most
