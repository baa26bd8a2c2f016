"""Each rule of the model alone: a tiny forum, the schedule fixed, feasible or proven not to be."""

from __future__ import annotations

from typing import Any

import pytest
from ortools.sat.python import cp_model
from solver_cases import tiny_document

from solver.constraints import RULES, STRUCTURAL
from solver.files import problem_from_json
from solver.model import build
from solver.possibilities import Possibilities
from solver.roster import Roster

Wanted = dict[str, str]  # meeting -> slot


def status_of(document: dict[str, Any], wanted: Wanted) -> str:
    """What CP-SAT says of a model in which exactly these meetings start in these slots."""
    problem = problem_from_json(document)
    possibilities = Possibilities(problem)
    v = build(possibilities, Roster(possibilities), possibilities.meetings)
    for name, decisions in v.meetings.items():
        if name not in wanted:
            v.model.add_bool_or([~decisions.placed])
            continue
        start = problem.slot_position[wanted[name]]
        chosen = decisions.start.get(start)
        v.model.add_bool_or([] if chosen is None else [chosen])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return str(solver.status_name(solver.solve(v.model)))


def changed(document: dict[str, Any], kind: str, name: str, **fields: Any) -> dict[str, Any]:
    rows = [row | fields if row["id"] == name else row for row in document[kind]]
    return document | {kind: rows}


def person(name: str, **fields: Any) -> dict[str, Any]:
    return changed(tiny_document(), "participants", name, **fields)


def meeting(name: str, **fields: Any) -> dict[str, Any]:
    return changed(tiny_document(), "meetings", name, **fields)


HALLS = [
    {"id": "T1", "zone": "hall 1", "closed": ["am2"]},
    {"id": "T2", "zone": "hall 2", "closed": ["am1", "am3"]},
]
TWO_LANGUAGES = [
    {"id": "amal", "languages": ["fr"]},
    {"id": "bilal", "languages": ["ar"]},
    {"id": "chen", "languages": ["fr"]},
]
INTERPRETER = [{"id": "i1", "languages": ["fr", "ar"], "absent": ["am3"]}]
PUBLISHED = {
    "meeting": "ab",
    "slot": "am1",
    "place": "T1",
    "participants": ["amal", "bilal"],
    "locked": True,
}
CASES: list[tuple[str, dict[str, Any], Wanted, Wanted]] = [
    # rule, problem, a schedule that keeps it, a schedule that breaks it
    ("must", meeting("ab", must=True), {"ab": "am1"}, {}),
    ("length", meeting("ab", length=2), {"ab": "am2"}, {"ab": "am3"}),
    ("side", meeting("ab", sides=[["amal", "bilal"], ["bilal"]]), {"ab": "am1"}, {}),
    ("busy", tiny_document(), {"ab": "am1", "ac": "am2"}, {"ab": "am1", "ac": "am1"}),
    ("busy", person("amal", seats=2), {"ab": "am1", "ac": "am1"}, {"ab": "am1", "bc": "am1"}),
    ("absent", person("amal", absent=["am1"]), {"ab": "am2"}, {"ab": "am1"}),
    (
        "max_meetings",
        person("amal", max_meetings=1),
        {"ab": "am1"},
        {"ab": "am1", "ac": "am2"},
    ),
    (
        "max_in_a_row",
        person("amal", max_in_a_row=1),
        {"ab": "am1", "ac": "am3"},
        {"ab": "am1", "ac": "am2"},
    ),
    (
        "place_taken",
        person("amal", seats=2) | {"places": [{"id": "T1"}]},
        {"ab": "am1", "ac": "am2"},
        {"ab": "am1", "ac": "am1"},
    ),
    (
        "place_closed",
        tiny_document(places=[{"id": "T1", "closed": ["am1"]}]),
        {"ab": "am2"},
        {"ab": "am1"},
    ),
    ("place_kind", tiny_document(places=[]), {}, {"ab": "am1"}),
    (
        "own_place",
        person("amal", place="T1", seats=2),
        {"ab": "am1", "ac": "am2"},
        {"ab": "am1", "ac": "am1"},
    ),
    (
        "online",
        person("amal", remote=True, seats=2)
        | {"places": [{"id": "T1"}, {"id": "T2"}, {"id": "R", "kind": "online"}]},
        {"ab": "am1", "ac": "am2"},
        {"ab": "am1", "ac": "am1"},
    ),
    ("start_slot", meeting("ab", slots=["am2", "am3"]), {"ab": "am2"}, {"ab": "am1"}),
    ("start_slot", meeting("ab", fixed_slot="pm1"), {"ab": "pm1"}, {"ab": "am1"}),
    (
        "after",
        meeting("ac", after=["ab"]),
        {"ab": "am1", "ac": "am2"},
        {"ab": "am2", "ac": "am1"},
    ),
    (
        "language",
        tiny_document(participants=TWO_LANGUAGES),
        {"ac": "am1"},
        {"ab": "am1"},
    ),
    (
        "interpreter",
        tiny_document(participants=TWO_LANGUAGES, interpreters=INTERPRETER),
        {"ab": "am1", "bc": "am2"},
        {"ab": "am3"},
    ),
    (
        "travel",
        tiny_document(places=HALLS, travel=[{"from": "hall 1", "to": "hall 2", "slots": 1}]),
        {"ab": "am1", "ac": "am3"},
        {"ab": "am1", "ac": "am2"},
    ),
    (
        "limits",
        tiny_document(
            limits=[{"participants": ["amal"], "slots": ["am1", "am2"], "max_meetings": 1}]
        ),
        {"ab": "am1", "ac": "am3"},
        {"ab": "am1", "ac": "am2"},
    ),
    (
        "limits",
        tiny_document(
            limits=[
                {
                    "participants": ["amal", "bilal"],
                    "slots": ["am1", "am2"],
                    "free_slots": 1,
                    "together": True,
                }
            ]
        ),
        {"ab": "am1", "ac": "am3"},
        {"ac": "am1", "bc": "am2"},
    ),
    (
        "exclusive",
        tiny_document(exclusive=[["ab", "ac"]]),
        {"ab": "am1"},
        {"ab": "am1", "ac": "am2"},
    ),
    (
        "breaks",
        tiny_document(rules={"breaks_per_participant": 0, "pause_within_session": 0}),
        {"ab": "am1", "ac": "am2"},
        {"ab": "am1", "ac": "am3"},
    ),
    ("kept", tiny_document(published=[PUBLISHED]), {"ab": "am1"}, {"ab": "am2"}),
    (
        "kept",
        tiny_document(rules={"now": "2026-10-14T10:00", "pause_within_session": 0}),
        {"ab": "am2"},
        {"ab": "am1"},
    ),
    (
        "changes",
        tiny_document(
            published=[PUBLISHED | {"locked": False}],
            rules={"max_changes": 0, "pause_within_session": 0},
        ),
        {"ab": "am1"},
        {"ab": "am2"},
    ),
]


@pytest.mark.parametrize(("rule", "document", "good", "bad"), CASES)
def test_model_allows_what_keeps_the_rule_and_refutes_what_breaks_it(
    rule: str, document: dict[str, Any], good: Wanted, bad: Wanted
) -> None:
    assert status_of(document, good) in ("OPTIMAL", "FEASIBLE")
    if rule != "side":
        assert status_of(document, bad) == "INFEASIBLE"


def test_nobody_is_sent_twice_to_one_meeting() -> None:
    document = meeting("ab", sides=[["amal", "bilal"], ["bilal"]])
    assert status_of(changed(document, "participants", "amal", absent=["am1"]), {"ab": "am1"}) == (
        "INFEASIBLE"
    )


def test_every_rule_of_the_model_has_its_case() -> None:
    assert {rule for rule, *_ in CASES} == {*RULES, *STRUCTURAL}
