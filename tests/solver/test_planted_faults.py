"""A schedule that is right in everything, and more than fifty faults planted in it: each is told
by its code and by no other.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from solver_cases import tiny_document
from solver_schedules import place, schedule_of

from solver.checking import check
from solver.files import problem_from_json, schedule_from_json, schedule_to_json
from solver.schedule import Status

LOCK = {"meeting": "ae", "slot": "pm2", "place": "T1", "participants": ["amal", "elif"]}
FORUM = tiny_document(
    places=[
        {"id": "T1", "zone": "N"},
        {"id": "T2", "zone": "S", "closed": ["pm3"]},
        {"id": "S1", "zone": "N", "kind": "stand"},
        {"id": "R1", "kind": "online"},
        {"id": "Q1", "kind": "quiet"},
    ],
    participants=[
        {"id": "amal", "languages": ["fr"], "max_in_a_row": 2, "absent": ["pm3"]},
        {"id": "bilal", "languages": ["fr", "en"], "place": "S1", "max_meetings": 2},
        {"id": "chen", "languages": ["ar"]},
        {"id": "dora", "languages": ["fr"], "remote": True},
        {"id": "elif", "languages": ["fr"]},
        {"id": "farid", "languages": ["fr"]},
    ],
    interpreters=[
        {"id": "i1", "languages": ["ar", "fr"], "absent": ["pm3"]},
        {"id": "i2", "languages": ["es", "fr"]},
        {"id": "i3", "languages": ["ar", "fr"]},
    ],
    meetings=[
        {"id": "ab", "sides": [["amal"], ["bilal"]], "must": True},
        {"id": "ac", "sides": [["amal"], ["chen"]], "weight": 4, "after": ["ab"]},
        {"id": "ad", "sides": [["amal"], ["dora"]]},
        {"id": "ae", "sides": [["amal"], ["elif", "farid"]]},
        {"id": "bd", "sides": [["bilal"], ["dora"]]},
        {"id": "be", "sides": [["bilal"], ["elif"]]},
        {"id": "ce", "sides": [["chen"], ["elif"]], "slots": ["am1", "am2", "pm3"]},
        {"id": "cf", "sides": [["chen"], ["farid"]], "length": 2, "fixed_slot": "pm1"},
    ],
    exclusive=[["be", "bd"]],
    limits=[{"participants": ["chen"], "slots": ["am1", "am2", "am3"], "max_meetings": 2}],
    travel=[{"from": "N", "to": "S", "slots": 1}],
    published=[LOCK | {"locked": True}, LOCK | {"meeting": "be", "slot": "am3", "place": "S1",
                                                "participants": ["bilal", "elif"]}],
    rules={"pause_within_session": 0, "breaks_per_participant": 1, "max_changes": 0},
)  # fmt: skip
RIGHT = {
    row["meeting"]: row
    for row in (
        place("ab", "am1", "S1"),
        place("ac", "am3", "T2", interpreter="i1"),
        place("ad", "pm1", "Q1", room="R1"),
        place("ae", "pm2", "T1"),
        place("be", "am3", "S1"),
        place("ce", "am1", "T2", interpreter="i1"),
        place("cf", "pm1", "T2", interpreter="i3"),
    )
}
PROBLEM = problem_from_json(FORUM)


def test_the_schedule_without_faults() -> None:
    assert check(PROBLEM, schedule_of(PROBLEM, list(RIGHT.values()))) == []


MOVES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("ab", {"slot": "am2"}, {"travel"}),
    ("ab", {"slot": "pm3"}, {"absent", "after", "max_in_a_row"}),
    ("ab", {"slot": "pm1"}, {"busy", "after"}),
    ("ab", {"slot": "am3"}, {"busy", "place_taken", "after"}),
    ("ab", {"slot": "zz"}, {"start_slot", "must"}),
    ("ab", {"place": "T1"}, {"own_place"}),
    ("ab", {"place": "Q1"}, {"place_kind", "own_place"}),
    ("ab", {"place": None}, {"place_kind", "own_place"}),
    ("ab", {"place": "T9"}, {"place_kind", "own_place"}),
    ("ab", {"room": "R1"}, {"online"}),
    ("ab", {"interpreter": "i2"}, {"language"}),
    ("ab", {"people": ["bilal", "amal"]}, {"side"}),
    ("ab", {"people": ["amal"]}, {"side", "own_place"}),
    ("ab", {"people": ["amal", "amal"]}, {"side", "own_place"}),
    ("ab", {"people": ["amal", "nobody"]}, {"side", "own_place"}),
    ("ab", {"meeting": "zz", "people": ["amal", "bilal"]}, {"once", "must"}),
    ("ac", {"slot": "am1"}, {"busy", "place_taken", "interpreter", "after"}),
    ("ac", {"slot": "am2"}, {"travel"}),
    ("ac", {"slot": "pm3"}, {"absent", "place_closed", "interpreter", "max_in_a_row", "travel"}),
    ("ac", {"slot": "pm2"}, {"busy", "place_taken"}),
    ("ac", {"place": "S1"}, {"own_place", "place_taken"}),
    ("ac", {"interpreter": None}, {"language"}),
    ("ac", {"interpreter": "i2"}, {"language"}),
    ("ac", {"interpreter": "i9"}, {"interpreter"}),
    ("ad", {"place": "T1"}, {"online"}),
    ("ad", {"place": None}, {"online"}),
    ("ad", {"room": None}, {"online"}),
    ("ad", {"room": "Q1"}, {"online"}),
    ("ad", {"room": "T1"}, {"online"}),
    ("ad", {"interpreter": "i1"}, {"language"}),
    ("ad", {"slot": "pm2"}, {"busy"}),
    ("ad", {"slot": "pm3"}, {"absent"}),
    ("ae", {"slot": "am2"}, {"kept", "changes", "travel", "max_in_a_row"}),
    ("ae", {"place": "T2"}, {"kept", "changes", "place_taken"}),
    ("ae", {"people": ["amal", "farid"]}, {"kept", "changes", "busy"}),
    ("be", {"slot": "pm1"}, {"changes"}),
    ("be", {"slot": "am2"}, {"changes", "travel"}),
    ("be", {"slot": "am1"}, {"changes", "busy", "place_taken"}),
    ("ce", {"slot": "am3"}, {"busy", "place_taken", "interpreter", "start_slot"}),
    ("ce", {"slot": "pm2"}, {"busy", "place_taken", "start_slot"}),
    ("ce", {"slot": "am2"}, {"travel"}),
    ("ce", {"slot": "pm3"}, {"interpreter", "place_closed", "travel"}),
    ("cf", {"slot": "am3"}, {"length", "busy", "place_taken", "limits", "start_slot"}),
    ("cf", {"slot": "pm2"}, {"place_closed", "start_slot"}),
    ("cf", {"slot": "am1"}, {"busy", "place_taken", "start_slot", "limits"}),
    ("cf", {"place": "T1"}, {"place_taken"}),
    ("cf", {"interpreter": "i2"}, {"language"}),
]  # fmt: skip


@pytest.mark.parametrize(("meeting", "change", "codes"), MOVES)
def test_a_row_that_was_changed(meeting: str, change: dict[str, Any], codes: set[str]) -> None:
    rows = deepcopy(RIGHT)
    rows[meeting] |= change
    schedule = schedule_of(PROBLEM, list(rows.values()))
    assert {fault.rule for fault in check(PROBLEM, schedule)} == codes


ADDED: list[tuple[dict[str, Any], set[str]]] = [
    (place("bd", "pm1", "Q1", room="R1"), {"exclusive", "max_meetings", "busy", "place_taken"}),
    (place("bd", "am2", "Q1", room="R1"), {"exclusive", "max_meetings"}),
    (place("ab", "am2", "S1"), {"once", "max_in_a_row", "travel", "max_meetings"}),
]


@pytest.mark.parametrize(("row", "codes"), ADDED)
def test_a_row_that_was_added(row: dict[str, Any], codes: set[str]) -> None:
    schedule = schedule_of(PROBLEM, [*RIGHT.values(), row])
    assert {fault.rule for fault in check(PROBLEM, schedule)} == codes


Edit = Callable[[dict[str, Any]], Any]


def set_field(field: str, value: Any) -> Edit:
    return lambda document: document.__setitem__(field, value)


def set_goal(name: str, **values: Any) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        (row,) = (row for row in document["goals"] if row["goal"] == name)
        row |= values

    return edit


UNKNOWN = {"meeting": "q", "reason": {}}
RELEASED = {"meeting": "ae", "rule": "absent"}
EDITS: list[tuple[str, Edit, set[str]]] = [
    ("another problem", set_field("problem_sha256", "0" * 64), {"hash"}),
    ("a meeting that is nowhere", set_field("unplaced", []), {"listed"}),
    ("a row taken out", lambda d: d["meetings"].pop(2), {"listed", "value"}),
    ("placed and unplaced", lambda d: d["unplaced"][0].update(meeting="ab"), {"listed"}),
    ("unplaced twice", lambda d: d["unplaced"].append(d["unplaced"][0]), {"listed"}),
    ("unplaced, unknown", lambda d: d["unplaced"].append(UNKNOWN), {"listed"}),
    ("released for nothing", set_field("released", [RELEASED]), {"listed"}),
    ("optimal, not proven", set_field("status", "optimal"), {"status"}),
    ("infeasible, no conflict", set_field("status", "infeasible"), {"status"}),
    ("feasible, a conflict", set_field("conflict", {"musts": ["ab"]}), {"status"}),
    ("no goals", set_field("goals", []), {"goals"}),
    ("a goal too few", lambda d: d["goals"].pop(), {"goals"}),
    ("goals in another order", lambda d: d["goals"].reverse(), {"goals"}),
    ("a wrong value", set_goal("wishes", value=9, best=9), {"value"}),
    ("a value of another form", set_goal("worst_off", value=0), {"value"}),
    ("a list too short", set_goal("worst_off", value=[0], best=[0], bound=[0]), {"value"}),
    ("a value worse than its best", set_goal("wishes", best=11), {"value"}),
    ("a value better than its best", set_goal("wishes", best=9), {"value"}),
    ("a value beyond its bound", set_goal("wishes", bound=9), {"bound"}),
    ("breaks beyond their bound", set_goal("breaks", bound=99), {"bound"}),
    ("worst_off beyond its bound", set_goal("worst_off", bound=[9, 0, 0, 0, 0]), {"bound"}),
    ("proven in vain", set_goal("wishes", proven=True), {"proven"}),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "codes"), [edit[1:] for edit in EDITS], ids=[e[0] for e in EDITS])
def test_a_file_that_was_changed(edit: Edit, codes: set[str]) -> None:
    document = schedule_to_json(schedule_of(PROBLEM, list(RIGHT.values())))
    edit(document)
    assert {fault.rule for fault in check(PROBLEM, schedule_from_json(document))} == codes


def test_more_than_fifty_faults_are_planted() -> None:
    assert len(MOVES) + len(ADDED) + len(EDITS) >= 50


def test_a_missing_must_is_no_fault_of_an_incomplete_schedule() -> None:
    rows = [row for name, row in RIGHT.items() if name != "ab"]
    assert check(PROBLEM, schedule_of(PROBLEM, rows, status=Status.INCOMPLETE)) == []
    assert {fault.rule for fault in check(PROBLEM, schedule_of(PROBLEM, rows))} == {"must"}


def test_slack_lets_a_value_be_worse_than_its_best() -> None:
    problem = problem_from_json(FORUM | {"goals": [{"goal": "wishes", "slack": 0.1}]})
    document = schedule_to_json(schedule_of(problem, list(RIGHT.values())))
    codes = {}
    for best in (10, 11, 12):
        set_goal("wishes", best=best, bound=12)(document)
        faults = check(problem, schedule_from_json(document))
        codes[best] = {fault.rule for fault in faults}
    assert codes == {10: set(), 11: set(), 12: {"value"}}
