"""Names mean nothing: a problem is known by who may meet whom, where and when."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solver_cases import rename, small_document, tiny_document, tiny_problem

from solver.canonical import problem_to_json
from solver.engine import solve
from solver.files import problem_from_json
from solver.generation import generate
from solver.naming import GONE, answered, back, renamed, structural_names
from solver.problem import Problem
from solver.settings import Settings
from solver.structure import Structure

FEW = Settings(seconds=None, steps=20, workers=1)
Document = dict[str, Any]


def known_by_structure(problem: Problem) -> Problem:
    return renamed(problem, structural_names(problem))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 100_000))
def test_a_renamed_problem_is_the_same_by_its_structure(seed: int) -> None:
    document = small_document(seed)
    other = rename(document, random.Random(seed))
    one, two = problem_from_json(document), problem_from_json(other)
    assert known_by_structure(one) == known_by_structure(two)


@pytest.mark.parametrize("seed", range(5))
def test_who_looks_alike_may_be_called_anything(seed: int) -> None:
    """Forty tables, a ring of nine people, and three pairs apart from everybody."""
    pairs = [(f"r{n}", f"r{(n + 1) % 9}") for n in range(9)]
    pairs += [(f"a{n}", f"b{n}") for n in range(3)]
    document = tiny_document(
        places=[{"id": f"T{n}"} for n in range(40)],
        participants=[{"id": name} for name in sorted({name for pair in pairs for name in pair})],
        meetings=[{"id": f"m{n}", "sides": [[a], [b]]} for n, (a, b) in enumerate(pairs)],
    )
    other = rename(document, random.Random(seed))
    one, two = problem_from_json(document), problem_from_json(other)
    assert known_by_structure(one) == known_by_structure(two)


def test_nobody_is_left_alike_but_who_is_named_nowhere() -> None:
    """A star wanted by thirty: told apart one by one, each with a colour of its own."""
    names = [f"p{number}" for number in range(30)]
    structure = Structure(
        tiny_problem(
            participants=[{"id": name} for name in ("star", *names)],
            meetings=[{"id": "m" + name, "sides": [["star"], [name]]} for name in names],
        )
    )
    tied = [structure.colours[node] for node, edges in structure.edges.items() if edges]
    assert len(tied) == 61
    assert len(set(tied)) == 61


def test_what_differs_in_one_thing_is_not_the_same() -> None:
    document = tiny_document()
    document["participants"][1]["absent"] = ["am1"]
    known = known_by_structure(tiny_problem())
    assert known_by_structure(problem_from_json(document)) != known


@pytest.mark.parametrize("family", ["all-rules", "everything"])
def test_other_names_change_no_value_where_nothing_is_proven(family: str) -> None:
    document = problem_to_json(generate(60, seed=3, family=family))
    before = solve(problem_from_json(document), FEW)
    after = solve(problem_from_json(rename(document, random.Random(1))), FEW)
    assert not before.goals[-1].proven
    assert after.goals == before.goals


def test_an_answer_speaks_of_the_people_of_its_own_problem() -> None:
    document = tiny_document(participants=[{"id": "amal"}, {"id": "bilal"}, {"id": "chen"}])
    document["participants"][0]["max_meetings"] = 1
    document["participants"][0]["name"] = "Amal Idrissi"
    problem = problem_from_json(document)
    schedule = solve(problem, FEW)
    assert {row.meeting for row in schedule.meetings} == {"ab", "bc"}
    assert "Amal Idrissi" in schedule.unplaced[0].reason.text


def test_a_contradiction_speaks_of_the_people_of_its_own_problem() -> None:
    document = tiny_document(places=[{"id": "T1"}])
    for row in document["meetings"][:2]:
        row |= {"must": True, "fixed_slot": "am2"}
    conflict = solve(problem_from_json(document), FEW).conflict
    assert conflict is not None
    assert conflict.musts == ("ab", "ac")
    assert "ab (amal with bilal)" in conflict.text
    assert "09:00" not in conflict.text
    assert "10:00" in conflict.text


def test_what_was_published_and_is_gone_stays_gone() -> None:
    rows = [{"meeting": "zz", "slot": "am1", "participants": ["amal", "zoe"], "place": "T9"}]
    problem = tiny_problem(published=rows)
    names = structural_names(problem)
    (row,) = renamed(problem, names).published
    assert row.meeting == GONE + "zz"
    assert row.place == GONE + "T9"
    found = solve(renamed(problem, names), Settings(seconds=0))
    assert {each.meeting for each in answered(problem, found, back(names)).meetings} == {
        "ab",
        "ac",
        "bc",
    }
