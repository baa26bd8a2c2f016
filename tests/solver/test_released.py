"""A locked meeting that is alone not allowed any more is released, with the rule that says so."""

from __future__ import annotations

from typing import Any

import pytest
from solver_cases import tiny_document
from solver_schedules import schedule_of

from solver.files import problem_from_json
from solver.schedule import Released
from solver.validation import changed_meetings, released_meetings, violations

LOCKED = {
    "meeting": "ab",
    "slot": "am1",
    "place": "T1",
    "participants": ["amal", "bilal"],
    "locked": True,
}
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("once", {"meeting": "gone"}, {}),
    ("start_slot", {"slot": "gone"}, {}),
    ("start_slot", {}, {"ab": {"slots": ["pm1"]}}),
    ("length", {"slot": "am3"}, {"ab": {"length": 2}}),
    ("side", {"participants": ["amal", "chen"]}, {}),
    ("absent", {}, {"bilal": {"absent": ["am1"]}}),
    ("absent", {}, {"bilal": {"absent": ["am2"]}, "ab": {"length": 2}}),
    ("place_closed", {}, {"T1": {"closed": ["am1"]}}),
    ("place_kind", {"place": "gone"}, {}),
    ("own_place", {}, {"bilal": {"place": "T2"}}),
    ("online", {}, {"bilal": {"remote": True}}),
    ("online", {"room": "gone"}, {}),
    ("language", {}, {"amal": {"languages": ["fr"]}, "bilal": {"languages": ["ar"]}}),
    ("max_in_a_row", {}, {"ab": {"length": 2}, "amal": {"max_in_a_row": 1}}),
]


def problem_with(row: dict[str, Any], changes: dict[str, Any], **fields: Any) -> Any:
    document = tiny_document(published=[LOCKED | row], **fields)
    for rows in (document["places"], document["participants"], document["meetings"]):
        for each in rows:
            each |= changes.get(each["id"], {})
    return problem_from_json(document)


@pytest.mark.parametrize(("rule", "row", "changes"), CASES)
def test_a_locked_meeting_is_released(
    rule: str, row: dict[str, Any], changes: dict[str, Any]
) -> None:
    problem = problem_with(row, changes)
    name = row.get("meeting", "ab")
    assert released_meetings(problem) == (Released(meeting=name, rule=rule),)
    assert changed_meetings(problem, ()) == ()
    assert violations(problem, schedule_of(problem, [])) == []


def test_a_limit_on_free_slots_releases_what_alone_takes_them() -> None:
    limit = {"participants": ["amal"], "slots": ["am1"], "free_slots": 1}
    problem = problem_with({}, {}, limits=[limit])
    assert released_meetings(problem) == (Released(meeting="ab", rule="limits"),)


def test_an_interpreter_who_is_away_or_gone_releases() -> None:
    languages = {"amal": {"languages": ["fr"]}, "bilal": {"languages": ["ar"]}}
    for interpreter in ({"id": "i", "languages": ["fr", "ar"], "absent": ["am1"]}, {"id": "x"}):
        problem = problem_with({"interpreter": "i"}, languages, interpreters=[interpreter])
        assert released_meetings(problem) == (Released(meeting="ab", rule="interpreter"),)


def test_a_locked_meeting_that_may_stay_is_not_released() -> None:
    problem = problem_with({}, {})
    assert released_meetings(problem) == ()
    assert changed_meetings(problem, ()) == ("ab",)


def test_what_is_not_locked_is_dropped_and_counts_as_a_change() -> None:
    problem = problem_with({"locked": False}, {"bilal": {"absent": ["am1"]}})
    assert released_meetings(problem) == ()
    assert changed_meetings(problem, ()) == ("ab",)


def test_locked_meetings_that_clash_only_with_each_other_stay_locked() -> None:
    other = {"meeting": "ac", "slot": "am1", "place": "T2", "participants": ["amal", "chen"]}
    problem = problem_from_json(tiny_document(published=[LOCKED, other | {"locked": True}]))
    assert released_meetings(problem) == ()


def test_a_locked_meeting_that_has_begun_is_not_released() -> None:
    now = {"pause_within_session": 0, "now": "2026-10-14T09:30"}
    problem = problem_with({}, {"bilal": {"absent": ["am1"]}}, rules=now)
    assert released_meetings(problem) == ()
