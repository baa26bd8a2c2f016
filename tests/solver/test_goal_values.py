"""Every goal is counted again from the meetings alone."""

from __future__ import annotations

from typing import Any

import pytest
from solver_cases import tiny_document
from solver_schedules import place, placed

from solver.files import problem_from_json
from solver.problem import Goal
from solver.validation import goal_values

ALL = [place("ab", "am1", "T1"), place("ac", "am3", "T2"), place("bc", "pm1", "T2")]


def values_of(rows: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    document = tiny_document()
    for person in document["participants"]:
        person |= changes.pop(person["id"], {})
    document["rules"] |= changes.pop("rules", {})
    problem = problem_from_json(document | changes)
    return goal_values(problem, placed(problem, rows))


def test_the_empty_schedule() -> None:
    assert values_of([]) == {
        "minimum": 0,
        "stability": 0,
        "wishes": 0,
        "worst_off": (3, 3, 0, 0, 0),
        "breaks": 0,
        "moves": 0,
    }


def test_everything_placed() -> None:
    values = values_of(ALL)
    assert values["wishes"] == 15
    assert values["worst_off"] == (0, 0, 0, 0, 0)
    assert values["breaks"] == 1  # Amal waits at ten
    assert values["moves"] == 1  # Amal goes from T1 to T2


def test_minimum_counts_the_meetings_that_are_missing() -> None:
    assert values_of(ALL[:1], amal={"min_meetings": 3}, chen={"min_meetings": 2})["minimum"] == 4


def test_worst_off_leaves_out_who_never_could_have_more() -> None:
    assert values_of(ALL[:1])["worst_off"] == (1, 3, 0, 0, 0)


@pytest.mark.parametrize(
    ("within", "idle", "absent", "breaks"),
    [
        ("session", False, [], 1),
        ("day", False, [], 1),
        ("event", False, [], 1),
        ("day", False, ["am2"], 0),
        ("day", True, ["am2"], 1),
        ("day", False, ["am2", "am3"], 0),
    ],
)
def test_breaks_within_a_scope_with_and_without_absence(
    within: str, idle: bool, absent: list[str], breaks: int
) -> None:
    rows = [place("ab", "am1", "T1"), place("ac", "am3", "T1"), place("bc", "pm3", "T1")]
    if "am3" in absent:  # Amal's second meeting moves to the afternoon
        rows[1] = place("ac", "pm1", "T1")
    rules = {"breaks_within": within, "absence_is_idle": idle}
    others = {"seats": 2}
    values = values_of(rows, amal={"absent": absent}, bilal=others, chen=others, rules=rules)
    assert values["breaks"] == breaks


def test_stands_with_several_seats_have_neither_breaks_nor_moves() -> None:
    values = values_of(ALL, amal={"seats": 2})
    assert (values["breaks"], values["moves"]) == (0, 0)


def test_moves_skip_online_meetings_and_end_with_the_session() -> None:
    places = [{"id": "T1"}, {"id": "T2"}, {"id": "R1", "kind": "online"}]
    rows = [place("ab", "am1", "T1"), place("ac", "am2", room="R1"), place("bc", "pm1", room="R1")]
    assert values_of(rows, places=places, chen={"remote": True})["moves"] == 0
    assert values_of([place("ab", "am3", "T1"), place("ac", "pm1", "T2")])["moves"] == 0


def test_moves_across_an_idle_slot_and_between_two_on_site_meetings_around_one_online() -> None:
    assert values_of(ALL[:2])["moves"] == 1
    places = [{"id": "T1"}, {"id": "T2"}]
    people = [{"id": "amal"}, {"id": "bilal"}, {"id": "chen", "remote": True}, {"id": "d"}]
    meetings = [
        {"id": "ab", "sides": [["amal"], ["bilal"]]},
        {"id": "ac", "sides": [["amal"], ["chen"]]},
        {"id": "ad", "sides": [["amal"], ["d"]]},
    ]
    rows = [place("ab", "am1", "T1"), place("ac", "am2"), place("ad", "am3", "T2")]
    values = values_of(rows, places=places, participants=people, meetings=meetings)
    assert values["moves"] == 1


def test_stability_counts_moved_and_dropped_meetings() -> None:
    published = [
        {"meeting": "ab", "slot": "am1", "place": "T1", "participants": ["amal", "bilal"]},
        {"meeting": "ac", "slot": "am1", "place": "T1", "participants": ["amal", "chen"]},
        {"meeting": "bc", "slot": "pm1", "place": "T1", "participants": ["bilal", "chen"]},
        {"meeting": "gone", "slot": "pm1", "participants": ["bilal", "chen"]},
    ]
    assert values_of(ALL[:2], published=published)["stability"] == 3


@pytest.mark.parametrize(
    ("slack", "best", "allowed"),
    [(0.01, 1100, 11), (0.29, 100, 29), (0.01, 99, 0), (0.0, 10**12, 0), (1.0, 7, 7)],
)
def test_slack_is_counted_with_the_decimals_of_the_file(
    slack: float, best: int, allowed: int
) -> None:
    assert Goal(goal="wishes", slack=slack).allowance(best) == allowed
