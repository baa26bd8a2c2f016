"""Each rule alone: a schedule that keeps it, and one that breaks this rule and no other."""

from __future__ import annotations

from typing import Any

import pytest
from solver_cases import tiny_document
from solver_schedules import place, schedule_of

from solver.files import problem_from_json
from solver.schedule import Conflict, Status
from solver.validation import RULES, violations

AM = ["am1", "am2", "am3"]
Rows = list[dict[str, Any]]


def document_with(changes: dict[str, Any]) -> dict[str, Any]:
    """The tiny forum, changed: ``amal={"seats": 2}`` changes a row, ``limits=[…]`` a field."""
    document = tiny_document()
    rows = {row["id"]: row for name in ROWS for row in document[name]}
    for name, change in changes.items():
        if name in rows:
            rows[name] |= change
        elif name == "rules":
            document["rules"] |= change
        elif name in ("more_places", "more_meetings", "more_participants"):
            document[name.removeprefix("more_")] += change
        else:
            document[name] = change
    return document


ROWS = ("slots", "places", "participants", "meetings")
STAND = {"more_places": [{"id": "S1", "kind": "stand"}], "bilal": {"place": "S1"}}
ONLINE = {
    "more_places": [{"id": "R1", "kind": "online"}, {"id": "Q1", "kind": "quiet"}],
    "chen": {"remote": True},
}
NO_PLACES = {"places": None}
TWO_LANGUAGES = {
    "amal": {"languages": ["fr"]},
    "bilal": {"languages": ["ar", "en"]},
    "interpreters": [
        {"id": "i1", "languages": ["fr", "ar"], "absent": ["am2"]},
        {"id": "i2", "languages": ["fr", "es"]},
    ],
}
HALLS = {
    "T1": {"zone": "N"},
    "T2": {"zone": "S"},
    "travel": [{"from": "N", "to": "S", "slots": 1}],
}
PUBLISHED = {
    "published": [
        {"meeting": "ab", "slot": "am1", "place": "T1", "participants": ["amal", "bilal"]},
        {"meeting": "ac", "slot": "am2", "place": "T1", "participants": ["amal", "chen"]},
    ]
}
LOCKED = {"published": [PUBLISHED["published"][0] | {"locked": True}]}
DELEGATION = {"ab": {"sides": [["amal"], ["bilal", "chen"]]}}
PAIRS = {"more_meetings": [{"id": "ab2", "sides": [["amal"], ["bilal"]]}]}
FIRST = [place("ab", "am1", "T1")]

CASES: list[tuple[str, dict[str, Any], Rows, Rows]] = [
    ("once", {}, FIRST, [*FIRST, place("ab", "pm1", "T1")]),
    ("once", {}, FIRST, [*FIRST, place("xy", "am1", "T2", people=["amal", "chen"])]),
    ("must", {"ab": {"must": True}}, FIRST, []),
    ("length", {"ab": {"length": 2}}, [place("ab", "am2", "T1")], [place("ab", "am3", "T1")]),
    ("side", DELEGATION, [place("ab", "am1", "T1", people=["amal", "chen"])],
     [place("ab", "am1", "T1", people=["bilal", "amal"])]),
    ("side", {}, FIRST, [place("ab", "am1", "T1", people=["amal"])]),
    ("side", {}, FIRST, [place("ab", "am1", "T1", people=["amal", "zoe"])]),
    ("side", {"ab": {"sides": [["amal"], ["amal", "bilal"]]}},
     [place("ab", "am1", "T1", people=["amal", "bilal"])],
     [place("ab", "am1", "T1", people=["amal", "amal"])]),
    ("busy", {}, [*FIRST, place("ac", "am2", "T2")], [*FIRST, place("ac", "am1", "T2")]),
    ("busy", {"amal": {"seats": 2}, "bilal": {"seats": 2}, "more_places": [{"id": "T3"}], **PAIRS},
     [*FIRST, place("ac", "am1", "T2")],
     [*FIRST, place("ac", "am1", "T2"), place("ab2", "am1", "T3")]),
    ("busy", {"ab": {"length": 2}}, [*FIRST, place("ac", "am3", "T2")],
     [*FIRST, place("ac", "am2", "T2")]),
    ("absent", {"bilal": {"absent": ["am2"]}}, FIRST, [place("ab", "am2", "T1")]),
    ("absent", {"bilal": {"absent": ["am2"]}, "ab": {"length": 2}},
     [place("ab", "pm1", "T1")], FIRST),
    ("max_meetings", {"amal": {"max_meetings": 1}}, FIRST, [*FIRST, place("ac", "pm1", "T1")]),
    ("max_in_a_row", {"amal": {"max_in_a_row": 1}}, [*FIRST, place("ac", "am3", "T1")],
     [*FIRST, place("ac", "am2", "T1")]),
    ("max_in_a_row", {"amal": {"max_in_a_row": 1}},
     [place("ab", "am3", "T1"), place("ac", "pm1", "T1")], [*FIRST, place("ac", "am2", "T1")]),
    ("max_in_a_row", {"amal": {"max_in_a_row": 1, "seats": 2}, "ab": {"length": 2}}, FIRST, None),
    ("max_in_a_row", {"amal": {"max_in_a_row": 1}, "ab": {"length": 2}}, [], FIRST),
    ("place_taken", {"more_participants": [{"id": "d"}],
                     "more_meetings": [{"id": "cd", "sides": [["chen"], ["d"]]}]},
     [*FIRST, place("cd", "am1", "T2")], [*FIRST, place("cd", "am1", "T1")]),
    ("place_taken", {"amal": {"seats": 2}, "bilal": {"seats": 2}, "T1": {"capacity": 2}, **PAIRS},
     [*FIRST, place("ab2", "am1", "T1")],
     [place("ab", "am1", "T2"), place("ab2", "am1", "T2")]),
    ("place_closed", {"T1": {"closed": ["am2"]}}, FIRST, [place("ab", "am2", "T1")]),
    ("place_kind", {}, FIRST, [place("ab", "am1")]),
    ("place_kind", {}, FIRST, [place("ab", "am1", "T9")]),
    ("place_kind", {"more_places": [{"id": "Q1", "kind": "quiet"}]}, FIRST,
     [place("ab", "am1", "Q1")]),
    ("place_kind", NO_PLACES, [place("ab", "am1")], [place("ab", "am1", "T1")]),
    ("place_kind", {"places": []}, [], [place("ab", "am1")]),
    ("own_place", STAND, [place("ab", "am1", "S1")], FIRST),
    ("own_place", STAND, [place("ac", "am1", "T1")], [place("ac", "am1", "S1")]),
    ("own_place", STAND | {"ac": {"place": "S1"}}, [place("ac", "am1", "S1")],
     [place("ac", "am1", "T1")]),
    ("own_place", STAND | {"ab": {"place": "T2"}}, [place("ab", "am1", "T2")],
     [place("ab", "am1", "S1")]),
    ("own_place", {"bilal": {"place": "T1"}, "chen": {"place": "T2"}},
     [place("bc", "am1", "T1")], [place("bc", "am1", "T2")]),
    ("online", ONLINE, [place("ac", "am1", "Q1", room="R1")],
     [place("ac", "am1", "T1", room="R1")]),
    ("online", ONLINE, [place("ac", "am1", "Q1", room="R1")], [place("ac", "am1", "Q1")]),
    ("online", ONLINE, [place("ac", "am1", "Q1", room="R1")], [place("ac", "am1", room="R1")]),
    ("online", ONLINE | {"amal": {"remote": True}}, [place("ac", "am1", room="R1")],
     [place("ac", "am1", "Q1", room="R1")]),
    ("online", {"chen": {"remote": True}}, [place("ac", "am1")], [place("ac", "am1", room="R9")]),
    ("online", ONLINE, FIRST, [place("ab", "am1", "T1", room="R1")]),
    ("start_slot", {"ab": {"slots": AM}}, FIRST, [place("ab", "pm1", "T1")]),
    ("start_slot", {"ab": {"slots": []}}, [], FIRST),
    ("start_slot", {"ab": {"fixed_slot": "am1"}}, FIRST, [place("ab", "am2", "T1")]),
    ("start_slot", {}, FIRST, [place("ab", "xx", "T1")]),
    ("after", {"ac": {"after": ["ab"]}}, [*FIRST, place("ac", "am2", "T1")],
     [place("ab", "am2", "T1"), place("ac", "am1", "T1")]),
    ("after", {"bc": {"after": ["ab"]}, "ab": {"length": 2}}, [*FIRST, place("bc", "pm1", "T1")],
     [place("ab", "am2", "T1"), place("bc", "am1", "T1")]),
    ("after", {"ac": {"after": ["ab"]}}, [place("ac", "am2", "T1")],
     [place("ab", "pm1", "T1"), place("ac", "am1", "T1")]),
    ("language", TWO_LANGUAGES, [place("ab", "am1", "T1", interpreter="i1")], FIRST),
    ("language", TWO_LANGUAGES, [place("ab", "am1", "T1", interpreter="i1")],
     [place("ab", "am1", "T1", interpreter="i2")]),
    ("language", TWO_LANGUAGES, [place("ac", "am1", "T1")],
     [place("ac", "am1", "T1", interpreter="i1")]),
    ("interpreter", TWO_LANGUAGES, [place("ab", "am3", "T1", interpreter="i1")],
     [place("ab", "am2", "T1", interpreter="i1")]),
    ("interpreter", TWO_LANGUAGES, [place("ab", "am3", "T1", interpreter="i1")],
     [place("ab", "am1", "T1", interpreter="i9")]),
    ("interpreter", TWO_LANGUAGES | PAIRS | {"amal": {"languages": ["fr"], "seats": 2},
                                            "bilal": {"languages": ["ar"], "seats": 2}},
     [place("ab", "am1", "T1", interpreter="i1"), place("ab2", "am3", "T2", interpreter="i1")],
     [place("ab", "am1", "T1", interpreter="i1"), place("ab2", "am1", "T2", interpreter="i1")]),
    ("travel", HALLS, [*FIRST, place("ac", "am3", "T2")], [*FIRST, place("ac", "am2", "T2")]),
    ("travel", HALLS, [place("ab", "am3", "T1"), place("ac", "pm1", "T2")],
     [place("ab", "am3", "T1"), place("ac", "am2", "T2")]),
    ("travel", HALLS | {"amal": {"seats": 2}}, [*FIRST, place("ac", "am2", "T2")], None),
    ("travel", {"T1": {"zone": "N"}, "travel": [{"from": "N", "to": "N", "slots": 1}]},
     [*FIRST, place("ac", "am3", "T1")], [*FIRST, place("ac", "am2", "T1")]),
    ("limits", {"limits": [{"participants": ["amal"], "slots": AM, "max_meetings": 1}]},
     [*FIRST, place("ac", "pm1", "T1")], [*FIRST, place("ac", "am2", "T1")]),
    ("limits", {"limits": [{"participants": ["amal"], "slots": AM, "free_slots": 2}]},
     [*FIRST, place("ac", "pm1", "T1")], [*FIRST, place("ac", "am2", "T1")]),
    ("limits", {"limits": [{"participants": ["amal"], "slots": ["am2"], "free_slots": 1}],
                "ab": {"length": 2}}, [place("ab", "pm1", "T1")], FIRST),
    ("limits", {"limits": [{"participants": ["amal", "bilal"], "slots": AM, "max_meetings": 1,
                            "together": True}]},
     FIRST, [place("ac", "am1", "T1"), place("bc", "am2", "T1")]),
    ("limits", {"limits": [{"participants": ["amal", "bilal"], "slots": AM, "free_slots": 2,
                            "together": True}]},
     [*FIRST, place("ac", "pm1", "T1")], [place("ac", "am1", "T1"), place("bc", "am2", "T1")]),
    ("exclusive", {"exclusive": [["ab", "bc"]]}, [*FIRST, place("ac", "am2", "T1")],
     [*FIRST, place("bc", "am2", "T1")]),
    ("breaks", {"rules": {"breaks_per_participant": 0}},
     [place("ab", "am3", "T1"), place("ac", "pm2", "T1")], [*FIRST, place("ac", "am3", "T1")]),
    ("breaks", {"rules": {"breaks_per_participant": 0, "breaks_within": "day"}},
     [place("ab", "am3", "T1"), place("ac", "pm1", "T1")],
     [place("ab", "am3", "T1"), place("ac", "pm2", "T1")]),
    ("breaks", {"rules": {"breaks_per_participant": 0, "absence_is_idle": True},
                "amal": {"absent": ["am2"]}},
     [*FIRST, place("ac", "pm1", "T1")], [*FIRST, place("ac", "am3", "T1")]),
    ("breaks", {"rules": {"breaks_per_participant": 0}, "amal": {"absent": ["am2"]}},
     [*FIRST, place("ac", "am3", "T1")], None),
    ("breaks", {"rules": {"breaks_per_participant": 0}, "amal": {"seats": 2}},
     [*FIRST, place("ac", "am3", "T1")], None),
    ("kept", PUBLISHED | {"rules": {"now": "2026-10-14T10:00"}},
     [*FIRST, place("ac", "pm1", "T1")], [place("ac", "pm1", "T1")]),
    ("kept", PUBLISHED | {"rules": {"now": "2026-10-14T10:00"}}, FIRST,
     [place("ab", "am1", "T2")]),
    ("kept", {"rules": {"now": "2026-10-14T10:00"}}, [place("ab", "am2", "T1")], FIRST),
    ("kept", LOCKED, FIRST, []),
    ("kept", LOCKED, FIRST, [place("ab", "pm1", "T1")]),
    ("kept", {"published": [LOCKED["published"][0] | {"participants": ["bilal", "amal"]}],
              "ab": {"sides": [["bilal"], ["amal"]]}}, FIRST, []),
    ("changes", PUBLISHED | {"rules": {"max_changes": 1}}, FIRST, []),
    ("changes", PUBLISHED | {"rules": {"max_changes": 1}}, [*FIRST, place("ac", "pm1", "T1")],
     [place("ab", "am1", "T2"), place("ac", "pm1", "T1")]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "good", "bad"), CASES)
def test_a_rule_is_kept_or_broken(
    rule: str, changes: dict[str, Any], good: Rows, bad: Rows | None
) -> None:
    problem = problem_from_json(document_with(changes))
    assert violations(problem, schedule_of(problem, good)) == []
    if bad is not None:
        broken = violations(problem, schedule_of(problem, bad))
        assert {violation.rule for violation in broken} == {rule}
        assert all(violation.text for violation in broken)


def test_every_rule_has_its_cases() -> None:
    assert {case[0] for case in CASES if case[3] is not None} == set(RULES)


def broken_rules(changes: dict[str, Any], rows: Rows, **claim: Any) -> set[str]:
    problem = problem_from_json(document_with(changes))
    return {
        violation.rule for violation in violations(problem, schedule_of(problem, rows, **claim))
    }


def test_a_missing_must_is_judged_only_where_the_status_claims_it() -> None:
    must = {"ab": {"must": True}}
    broken = {status: broken_rules(must, [], status=status) for status in Status}
    assert broken == {
        Status.OPTIMAL: {"must"},
        Status.FEASIBLE: {"must"},
        Status.INCOMPLETE: set(),
        Status.INFEASIBLE: set(),
    }


def test_an_infeasible_schedule_may_drop_a_lock_but_not_move_it() -> None:
    assert broken_rules(LOCKED, [], status=Status.INFEASIBLE) == set()
    moved = [place("ab", "pm1", "T1")]
    assert broken_rules(LOCKED, moved, status=Status.INFEASIBLE) == {"kept"}


def test_an_incomplete_schedule_may_lack_a_lock_and_change_too_much() -> None:
    few = PUBLISHED | {"rules": {"max_changes": 0}}
    for changes in (LOCKED, few):
        assert broken_rules(changes, [], status=Status.INCOMPLETE) == set()
    assert broken_rules(few, [], status=Status.FEASIBLE) == {"changes"}
    moved = [place("ab", "pm1", "T1")]
    assert broken_rules(LOCKED, moved, status=Status.INCOMPLETE) == {"kept"}


def test_an_infeasible_schedule_may_break_the_rules_of_its_conflict() -> None:
    changes = PUBLISHED | {"rules": {"max_changes": 0}}
    conflict = Conflict(published=("ab",), rules=("changes",))
    assert broken_rules(changes, [], status=Status.INFEASIBLE, conflict=conflict) == set()
    assert broken_rules(changes, [], status=Status.INFEASIBLE) == {"changes"}


NOW = {"rules": {"now": "2026-10-14T11:00"}}


def test_what_began_before_now_is_not_judged_by_later_rules() -> None:
    later = PUBLISHED | NOW | {
        "T1": {"closed": AM},
        "amal": {"absent": AM, "max_meetings": 1, "max_in_a_row": 1, "remote": True},
        "ab": {"fixed_slot": "pm1", "slots": []},
        "exclusive": [["ab", "ac"]],
        "limits": [{"participants": ["amal"], "slots": AM, "free_slots": 3, "max_meetings": 1}],
    }  # fmt: skip
    rows = [*FIRST, place("ac", "am2", "T1")]
    assert broken_rules(later, rows) == set()


def test_what_began_counts_for_everybody_else() -> None:
    rows = [*FIRST, place("ac", "am2", "T1"), place("bc", "am3", "T1")]
    assert broken_rules(PUBLISHED | NOW, rows) == set()
    for changes in ({"chen": {"max_meetings": 1}}, {"exclusive": [["ac", "bc"]]}):
        assert broken_rules(PUBLISHED | NOW | changes, rows) == set(
            {"max_meetings"} if "chen" in changes else {"exclusive"}
        )


def test_breaks_of_meetings_that_began_are_nobody_s_fault() -> None:
    began = {
        "published": [
            {"meeting": "ab", "slot": "am1", "place": "T1", "participants": ["amal", "bilal"]},
            {"meeting": "ac", "slot": "am3", "place": "T1", "participants": ["amal", "chen"]},
        ],
        "rules": {"now": "2026-10-14T14:00", "breaks_per_participant": 0, "breaks_within": "day"},
    }
    rows = [*FIRST, place("ac", "am3", "T1")]
    assert broken_rules(began, rows) == set()
    assert broken_rules(began, [*rows, place("bc", "pm1", "T1")]) == {"breaks"}
