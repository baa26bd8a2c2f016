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
from solver.validation import RULES

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


MOVES: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("too soon after a meeting in the other hall",
     "ab", {"slot": "am2"}, {"travel"}),
    ("a slot of absence",
     "ab", {"slot": "pm3"}, {"absent", "after", "max_in_a_row"}),
    ("two meetings of one person at once",
     "ab", {"slot": "pm1"}, {"busy", "after"}),
    ("two meetings at one stand at once",
     "ab", {"slot": "am3"}, {"busy", "place_taken", "after"}),
    ("a slot that does not exist",
     "ab", {"slot": "zz"}, {"start_slot", "must"}),
    ("a table instead of the owner's stand",
     "ab", {"place": "T1"}, {"own_place"}),
    ("a quiet place for a meeting on site",
     "ab", {"place": "Q1"}, {"place_kind", "own_place"}),
    ("no place on site",
     "ab", {"place": None}, {"place_kind", "own_place"}),
    ("a place that does not exist",
     "ab", {"place": "T9"}, {"place_kind", "own_place"}),
    ("an online room for a meeting on site",
     "ab", {"room": "R1"}, {"online"}),
    ("an interpreter where none is needed",
     "ab", {"interpreter": "i2"}, {"language"}),
    ("people on each other's side",
     "ab", {"people": ["bilal", "amal"]}, {"side"}),
    ("a side that sends nobody",
     "ab", {"people": ["amal"]}, {"side", "own_place"}),
    ("one person on two sides",
     "ab", {"people": ["amal", "amal"]}, {"side", "own_place"}),
    ("a person who does not exist",
     "ab", {"people": ["amal", "nobody"]}, {"side", "own_place"}),
    ("a meeting that does not exist",
     "ab", {"meeting": "zz", "people": ["amal", "bilal"]}, {"once", "must"}),
    ("one interpreter in two meetings",
     "ac", {"slot": "am1"}, {"busy", "place_taken", "interpreter", "after"}),
    ("too soon before a meeting in the other hall",
     "ac", {"slot": "am2"}, {"travel"}),
    ("an interpreter who is absent",
     "ac", {"slot": "pm3"}, {"absent", "place_closed", "interpreter", "max_in_a_row", "travel"}),
    ("a table taken twice",
     "ac", {"slot": "pm2"}, {"busy", "place_taken"}),
    ("somebody else's stand",
     "ac", {"place": "S1"}, {"own_place", "place_taken"}),
    ("no interpreter where one is needed",
     "ac", {"interpreter": None}, {"language"}),
    ("an interpreter without the languages",
     "ac", {"interpreter": "i2"}, {"language"}),
    ("an interpreter who does not exist",
     "ac", {"interpreter": "i9"}, {"interpreter"}),
    ("a table for an online meeting",
     "ad", {"place": "T1"}, {"online"}),
    ("no quiet place for who is on site",
     "ad", {"place": None}, {"online"}),
    ("no room for an online meeting",
     "ad", {"room": None}, {"online"}),
    ("a quiet place as room",
     "ad", {"room": "Q1"}, {"online"}),
    ("a table as room",
     "ad", {"room": "T1"}, {"online"}),
    ("an interpreter for an online meeting that needs none",
     "ad", {"interpreter": "i1"}, {"language"}),
    ("an online meeting at the time of another",
     "ad", {"slot": "pm2"}, {"busy"}),
    ("an online meeting in a slot of absence",
     "ad", {"slot": "pm3"}, {"absent"}),
    ("a locked meeting at another time",
     "ae", {"slot": "am2"}, {"kept", "changes", "travel", "max_in_a_row"}),
    ("a locked meeting at another table",
     "ae", {"place": "T2"}, {"kept", "changes", "place_taken"}),
    ("a locked meeting with somebody else",
     "ae", {"people": ["amal", "farid"]}, {"kept", "changes", "busy"}),
    ("a published meeting at another time",
     "be", {"slot": "pm1"}, {"changes"}),
    ("a published meeting moved too near to the other hall",
     "be", {"slot": "am2"}, {"changes", "travel"}),
    ("a published meeting moved onto others",
     "be", {"slot": "am1"}, {"changes", "busy", "place_taken"}),
    ("a start that is not allowed",
     "ce", {"slot": "am3"}, {"busy", "place_taken", "interpreter", "start_slot"}),
    ("a start that is not allowed and busy",
     "ce", {"slot": "pm2"}, {"busy", "place_taken", "start_slot"}),
    ("an interpreter without time to walk",
     "ce", {"slot": "am2"}, {"travel"}),
    ("a table while it is closed",
     "ce", {"slot": "pm3"}, {"interpreter", "place_closed", "travel"}),
    ("a long meeting beyond the end of its session",
     "cf", {"slot": "am3"}, {"length", "busy", "place_taken", "limits", "start_slot"}),
    ("a long meeting that runs into a closed slot",
     "cf", {"slot": "pm2"}, {"place_closed", "start_slot"}),
    ("more meetings than a limit allows",
     "cf", {"slot": "am1"}, {"busy", "place_taken", "start_slot", "limits"}),
    ("a long meeting at a table that is taken",
     "cf", {"place": "T1"}, {"place_taken"}),
    ("a long meeting's interpreter without the languages",
     "cf", {"interpreter": "i2"}, {"language"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("meeting", "change", "codes"), [move[1:] for move in MOVES], ids=[move[0] for move in MOVES]
)
def test_a_row_that_was_changed(meeting: str, change: dict[str, Any], codes: set[str]) -> None:
    rows = deepcopy(RIGHT)
    rows[meeting] |= change
    schedule = schedule_of(PROBLEM, list(rows.values()))
    assert {fault.rule for fault in check(PROBLEM, schedule)} == codes


ADDED: list[tuple[str, dict[str, Any], set[str]]] = [
    ("two of an exclusive list, and a person with too many meetings",
     place("bd", "am2", "Q1", room="R1"), {"exclusive", "max_meetings"}),
    ("a meeting too many at a time that is full",
     place("bd", "pm1", "Q1", room="R1"), {"exclusive", "max_meetings", "busy", "place_taken"}),
    ("a meeting placed twice",
     place("ab", "am2", "S1"), {"once", "max_in_a_row", "travel", "max_meetings"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "codes"), [added[1:] for added in ADDED], ids=[added[0] for added in ADDED]
)
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


AB, AC, BC = place("ab", "am1", "T1"), place("ac", "am2", "T1"), place("bc", "am3", "T1")
PUBLISHED = [row | {"participants": list(row["meeting"])} for row in (AB, AC)]
PEOPLE = [{"id": name} for name in "abc"]
Rows = list[dict[str, Any]]
ALONE: list[tuple[str, dict[str, Any], Rows, set[str]]] = [
    ("too many meetings in a row", {"a": {"max_in_a_row": 1}}, [AB, AC], {"max_in_a_row"}),
    ("too many meetings of one person", {"a": {"max_meetings": 1}}, [AB, AC], {"max_meetings"}),
    ("one meeting more than seats", {"a": {"seats": 1}},
     [AB, place("ac", "am1", "T2")], {"busy"}),
    ("before what it has to follow", {"ab": {"after": ["ac"]}}, [AB, AC], {"after"}),
    ("another slot than the fixed one", {"ab": {"fixed_slot": "am2"}}, [AB], {"start_slot"}),
    ("another place than the meeting's own", {"ab": {"place": "T2"}}, [AB], {"own_place"}),
    ("two of an exclusive list", {"exclusive": [["ab", "ac"]]}, [AB, AC], {"exclusive"}),
    ("a break too many", {"rules": {"breaks_per_participant": 0}}, [AB, BC], {"breaks"}),
    ("no slot of a limit left free",
     {"limits": [{"participants": ["a"], "slots": ["am1", "am2"], "free_slots": 1}]},
     [AB, AC], {"limits"}),
    ("more than a limit allows all together",
     {"limits": [{"participants": ["b", "c"], "slots": ["am1", "am2"], "max_meetings": 1,
                  "together": True}]},
     [AB, AC], {"limits"}),
    ("a walk from a hall to itself",
     {"places": [{"id": "T1", "zone": "N"}], "travel": [{"from": "N", "to": "N", "slots": 1}]},
     [AB, AC], {"travel"}),
    ("more meetings than a table holds",
     {"places": [{"id": "T1", "capacity": 2}], "a": {"seats": 3}, "b": {"seats": 3},
      "c": {"seats": 3}},
     [AB, place("ac", "am1", "T1"), place("bc", "am1", "T1")], {"place_taken"}),
    ("a place where there are none", {"places": None}, [AB], {"place_kind"}),
    ("an online meeting at a table where nothing is online", {"a": {"remote": True}}, [AB],
     {"online"}),
    ("a start before now", {"rules": {"now": "2026-10-14T09:30"}}, [AB], {"kept"}),
    ("what has begun, left out",
     {"rules": {"now": "2026-10-14T09:30"}, "published": PUBLISHED[:1]}, [], {"kept"}),
    ("what has begun, at another time",
     {"rules": {"now": "2026-10-14T09:30"}, "published": PUBLISHED[:1]},
     [place("ab", "pm1", "T1")], {"kept"}),
    ("a change too many", {"rules": {"max_changes": 1}, "published": PUBLISHED},
     [place("ab", "pm1", "T1"), place("ac", "pm2", "T1")], {"changes"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rows", "codes"), [alone[1:] for alone in ALONE], ids=[alone[0] for alone in ALONE]
)
def test_a_rule_broken_alone(changes: dict[str, Any], rows: Rows, codes: set[str]) -> None:
    """Three people, of whom each two may meet; a field's name or a row's id says what differs."""
    people = [person | changes.get(person["id"], {}) for person in PEOPLE]
    meetings = [
        {"id": f"{one}{other}", "sides": [[one], [other]]} | changes.get(f"{one}{other}", {})
        for one, other in ("ab", "ac", "bc")
    ]
    ids = {row["id"] for row in (*people, *meetings)}
    fields = {name: value for name, value in changes.items() if name not in ids}
    rules = {"pause_within_session": 0} | fields.pop("rules", {})
    document = tiny_document(participants=people, meetings=meetings, rules=rules, **fields)
    problem = problem_from_json(document)
    assert {fault.rule for fault in check(problem, schedule_of(problem, rows))} == codes


def test_more_than_fifty_kinds_of_faults_are_planted() -> None:
    kinds = [row[0] for row in (*MOVES, *ADDED, *EDITS, *ALONE)]
    assert len(kinds) == len(set(kinds)) >= 50
    codes = {code for _, _, codes in ADDED for code in codes}
    codes |= {code for row in (*MOVES, *EDITS, *ALONE) for code in row[-1]}
    assert codes >= set(RULES)


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
