"""What an organiser reads: why not, and the cheapest cures, with what they would cost others."""

from __future__ import annotations

from typing import Any

from solver_cases import tiny_document, tiny_problem
from solver_enumeration import all_schedules, very_small_problem
from solver_schedules import place, placed

from solver.explanation import explain
from solver.problem import Problem
from solver.schedule import Cure
from solver.validation import goal_values

EXCHANGES = range(40, 52)


def forum(**changes: Any) -> Problem:
    """Amal, Bilal, Chen and Dounia; Amal meets Bilal and Chen meets Dounia in one slot only."""
    document = tiny_document()
    people = [{"id": name.lower(), "name": name} for name in ("Amal", "Bilal", "Chen", "Dounia")]
    meetings = [
        {"id": "ab", "sides": [["amal"], ["bilal"]], "weight": 10},
        {"id": "ac", "sides": [["amal"], ["chen"]], "weight": 4},
        {"id": "cd", "sides": [["chen"], ["dounia"]], "weight": 7},
    ]
    rows = {"slots": document["slots"][:2], "participants": people, "meetings": meetings}
    return tiny_problem(**(rows | {"places": [{"id": "T1"}], "goals": ["wishes"]} | changes))


def cures(problem: Problem, rows: list[dict[str, Any]], meeting: str) -> tuple[Cure, ...]:
    return explain(problem, placed(problem, rows), meeting).cures


def test_one_more_table_is_named_with_its_time_and_gain() -> None:
    rows = [place("cd", "am1", "T1"), place("ac", "am2", "T1")]
    table, swap = cures(forum(), rows, "ab")
    assert table.text == (
        "One more table at 09:00: then ab (Amal with Bilal) at 09:00 in new-table."
    )
    assert table.patch == (
        {
            "op": "add",
            "path": "/places/-",
            "value": {"id": "new-table", "kind": "table", "capacity": 1, "closed": ["am2"]},
        },
    )
    assert (table.cost, swap.cost) == ((("wishes", -10),), (("wishes", -6),))
    assert swap.text.startswith("Drop ac (Amal with Chen), weight 4: then ab (Amal with Bilal) at ")


def test_a_person_free_at_a_time_is_a_patch_of_the_absences() -> None:
    document = tiny_document()
    people = [{"id": "amal", "absent": ["am1", "am2"]}, {"id": "bilal"}, {"id": "chen"}]
    problem = forum(participants=[*people, {"id": "dounia"}], slots=document["slots"][:2])
    (cure,) = cures(problem, [], "ab")
    assert cure.text.startswith("Amal free at 09:00: then ab (amal with bilal) at 09:00")
    assert cure.patch == (
        {"op": "test", "path": "/participants/0/id", "value": "amal"},
        {"op": "add", "path": "/participants/0/absent", "value": ["am2"]},
    )


def test_a_meeting_that_can_go_elsewhere_is_moved_and_costs_nothing() -> None:
    problem = forum(participants=[{"id": n} for n in ("amal", "chen", "dounia")] + [
        {"id": "bilal", "absent": ["am2"]}
    ])  # fmt: skip
    (move, *_) = cures(problem, [place("cd", "am1", "T1")], "ab")
    assert move.text == (
        "Move cd (chen with dounia) from 09:00 to 10:00: then ab (amal with bilal) at 09:00 in T1."
    )
    assert [(row["meeting"], row["slot"]) for row in move.moves] == [("ab", "am1"), ("cd", "am2")]
    assert move.patch == ()


def test_what_weighs_more_is_dropped_at_a_cost_that_is_told() -> None:
    document = tiny_document()
    problem = forum(slots=document["slots"][:1], places=[{"id": "T1"}])
    found = cures(problem, [place("ab", "am1", "T1")], "ac")
    (drop,) = [cure for cure in found if not cure.patch]
    assert drop.text.startswith("Drop ab (Amal with Bilal), weight 10: then ac ")
    assert drop.cost == (("wishes", 6),)
    assert drop.moves[1] == {"meeting": "ab", "slot": None}


def test_an_interpreter_is_wanted_where_no_language_is_shared() -> None:
    people = [
        {"id": "amal", "languages": ["ar"]},
        {"id": "bilal", "languages": ["en"]},
        {"id": "chen"},
        {"id": "dounia"},
    ]
    problem = forum(participants=people)
    found = explain(problem, (), "ab")
    assert found.sentences == ("No interpreter speaks with each of amal (ar) and bilal (en).",)
    assert found.cures[0].text.startswith("An interpreter for ar-en at 09:00: then ab ")


def test_what_is_placed_is_said_to_be_placed() -> None:
    problem = forum()
    found = explain(problem, placed(problem, [place("ab", "am1", "T1")]), "ab")
    assert found.placed is not None
    assert (found.placed.slot, found.reason, found.cures) == ("am1", None, ())


def test_the_fewest_wishes_that_placing_it_can_cost_are_found() -> None:
    """Against every schedule: no other exchange loses less weight than the cure says."""
    for seed in EXCHANGES:
        problem = very_small_problem(seed)
        schedules = list(all_schedules(problem))
        before = min(schedules, key=lambda rows: (len(rows) != 2, repr(rows)))
        taken = {row.meeting for row in before}
        for meeting in [each for each in problem.meetings if each.id not in taken]:
            with_it = [rows for rows in schedules if meeting.id in {row.meeting for row in rows}]
            mine = taken | {meeting.id}
            known = [rows for rows in with_it if mine.issuperset(row.meeting for row in rows)]
            found = [c for c in explain(problem, before, meeting.id).cures if not c.patch]
            weight = goal_values(problem, before)["wishes"]
            best = max((goal_values(problem, rows)["wishes"] for rows in known), default=None)
            lost = min((dict(cure.cost)["wishes"] for cure in found), default=None)
            assert (None if lost is None else weight - lost) == best, (seed, meeting.id)
