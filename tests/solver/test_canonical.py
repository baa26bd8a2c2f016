"""One problem has one hash, however its file is ordered or abbreviated."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import fields, replace
from typing import Any

import pytest
from solver_cases import small_document, tiny_document, tiny_problem

from solver.files import problem_from_json, problem_sha256, problem_to_json
from solver.problem import Meeting


def hash_of(document: Any) -> str:
    return problem_sha256(problem_from_json(document))


def shuffled(document: Any, draw: random.Random) -> Any:
    """Rows, lists of ids and keys in another order; sides, goals and published people as before."""
    if isinstance(document, dict):
        items = list(document.items())
        draw.shuffle(items)
        return {key: _shuffled_field(key, value, draw) for key, value in items}
    return document


def _shuffled_field(key: str, value: Any, draw: random.Random) -> Any:
    if key == "sides":
        return [draw.sample(side, len(side)) for side in value]
    if key == "goals" or not isinstance(value, list):
        return shuffled(value, draw)
    rows = [shuffled(row, draw) for row in value]
    if key == "exclusive":
        rows = [draw.sample(row, len(row)) for row in rows]
    return draw.sample(rows, len(rows))


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_rows_are_the_same_problem(seed: int) -> None:
    document = small_document(seed, published=False)
    other = shuffled(document, random.Random(seed))
    assert problem_from_json(other) == problem_from_json(document)
    assert hash_of(other) == hash_of(document)


def test_defaults_nulls_and_notes_are_the_same_problem() -> None:
    explicit = tiny_document(
        interpreters=[], limits=[], goals=["minimum", "wishes", "worst_off", "breaks", "moves"]
    )
    explicit["rules"] |= {"now": None, "breaks_within": "session", "absence_is_idle": False}
    explicit["participants"][0] |= {"seats": 1, "absent": [], "name": "", "x_note": "VIP"}
    explicit["meetings"][2] |= {"weight": 1, "length": 1, "must": False, "after": []}
    explicit["places"][0] |= {"kind": "table", "capacity": 1, "zone": None}
    assert hash_of(explicit) == hash_of(tiny_document())


def test_both_directions_of_a_way_are_the_same_problem() -> None:
    there = tiny_document(travel=[{"from": "N", "to": "S", "slots": 1}])
    back = tiny_document(travel=[{"from": "S", "to": "N", "slots": 1}])
    assert hash_of(there) == hash_of(back)


CHANGES: list[dict[str, Any]] = [
    {"name": "Another"},
    {"timezone": "Europe/Paris"},
    {"places": None},
    {"places": []},
    {"exclusive": [["ab", "bc"]]},
    {"travel": [{"from": "N", "to": "S", "slots": 1}]},
    {"limits": [{"participants": ["amal"], "slots": ["am1"], "max_meetings": 1}]},
    {"rules": {"pause_within_session": 0, "max_changes": 0}},
    {"rules": {"pause_within_session": 0, "now": "2026-10-14T09:00"}},
    {"goals": []},
    {"goals": ["wishes"]},
    {"goals": ["wishes", "minimum"]},
    {"goals": [{"goal": "wishes", "slack": 0.01}]},
    {"interpreters": [{"id": "i1", "languages": ["fr"]}]},
    {"published": [{"meeting": "ab", "slot": "am1", "participants": ["amal", "bilal"]}]},
]


def test_every_change_of_a_meaning_changes_the_hash() -> None:
    hashes = [hash_of(tiny_document(**change)) for change in CHANGES]
    assert len({hash_of(tiny_document()), *hashes}) == len(CHANGES) + 1


def test_the_order_of_sides_means_something() -> None:
    document = tiny_document()
    document["meetings"][0]["sides"].reverse()
    assert hash_of(document) != hash_of(tiny_document())


def test_the_hash_is_of_sorted_json_without_spaces() -> None:
    """Fixed for good: schedules that are already stored name their problem by it."""
    empty = {"format": "matchmaker-problem/1", "slots": [], "participants": [], "meetings": []}
    assert problem_to_json(problem_from_json(empty)) == empty
    assert hash_of(empty) == "1779b16148debb97ac0815d7199409261244584e607493f28c207514b00f2ed3"
    assert (
        problem_sha256(tiny_problem())
        == "f831c14cc494746edbaf5361794a048ece54a253d7f46f5c430b7451c855a0a0"
    )


def test_whatever_is_said_of_a_meeting_is_in_the_hash() -> None:
    problem = tiny_problem()
    first = problem.meetings[0]
    other = {
        "id": "ab2", "sides": (("amal",), ("chen",)), "weight": 3, "must": True, "length": 2,
        "slots": frozenset({"am1"}), "fixed_slot": "am1", "place": "T1", "after": frozenset({"bc"}),
    }  # fmt: skip
    assert set(other) == {field.name for field in fields(Meeting)}
    changed = [replace(first, **{name: value}) for name, value in other.items()]
    hashes = {
        problem_sha256(replace(problem, meetings=(meeting, *problem.meetings[1:])))
        for meeting in [first, *changed]
    }
    assert len(hashes) == 1 + len(changed)


@pytest.mark.parametrize("seed", range(8))
def test_the_hash_is_that_of_the_canonical_json(seed: int) -> None:
    document = small_document(seed)
    for meetings in (document["meetings"], []):
        cut = document | {"meetings": meetings, "exclusive": []}
        problem = problem_from_json(cut if meetings else cut | {"published": []})
        text = json.dumps(
            problem_to_json(problem), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        assert problem_sha256(problem) == hashlib.sha256(text.encode()).hexdigest()
