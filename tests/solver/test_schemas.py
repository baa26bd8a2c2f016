"""The JSON Schemas in docs/ and the reader agree on every fault of form."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from problem_faults import ROW_FAULTS, TOP_FAULTS, with_row
from solver_cases import small_document, tiny_document, tiny_problem
from solver_schedules import place, schedule_of

from solver.canonical import problem_to_json
from solver.faults import InvalidSchedule
from solver.files import problem_from_json, schedule_from_json, schedule_to_json
from solver.generation import FAMILIES, generate
from solver.problem import GOALS
from solver.schedule import Conflict, Cure, Reason, Released, Status, Unplaced
from solver.validation import RULES

DOCS = Path(__file__).parents[2] / "docs"


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def examples(format_name: str) -> list[dict[str, Any]]:
    """The whole files shown in the reference."""
    text = (DOCS / "file-format.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    documents = [json.loads(block) for block in blocks]
    return [document for document in documents if document.get("format") == format_name]


def test_the_examples_of_the_reference_are_right() -> None:
    (problem,) = examples("matchmaker-problem/1")
    (schedule,) = examples("matchmaker-schedule/1")
    validator("problem").validate(problem)
    validator("schedule").validate(schedule)
    problem_from_json(problem)
    schedule_from_json(schedule)


@pytest.mark.parametrize("seed", range(25))
def test_every_small_problem_fits_the_schema(seed: int) -> None:
    document = small_document(seed, published=seed % 2 == 0)
    validator("problem").validate(document)
    validator("problem").validate(problem_to_json(problem_from_json(document)))


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_generated_problem_fits_the_schema(family: str) -> None:
    validator("problem").validate(problem_to_json(generate(30, seed=2, family=family)))


def test_every_kind_of_schedule_fits_the_schema() -> None:
    problem = tiny_problem()
    plain = schedule_of(problem, [place("ab", "am1", "T1")])
    reason = Reason(rule="busy", participants=("amal",), text="Amal is busy.")
    cure = Cure(patch=({"op": "remove", "path": "/limits/0"},), cost=(("wishes", -3),), text="Do.")
    rich = replace(
        plain,
        status=Status.INFEASIBLE,
        conflict=Conflict(musts=("ab",), rules=("busy",), text="Both cannot be."),
        unplaced=(Unplaced(meeting="ab", reason=reason, cures=(cure,)),),
        released=(Released(meeting="ac", rule="absent"),),
        seconds=1.5,
    )
    for schedule in (plain, rich):
        document = schedule_to_json(schedule)
        validator("schedule").validate(document)
        assert schedule_from_json(document) == schedule


def is_refused(document: dict[str, Any]) -> bool:
    return not validator("problem").is_valid(document)


# A schema knows the form of a file; it cannot follow ids or compare times.
MEANING = re.compile(
    r"no (slot|place|participant|meeting) |is already|overlaps|minutes after|known time zone"
    r"|after (itself|the start)|lone surrogate|shall stay free|given twice|02-30T"
)


@pytest.mark.parametrize(("field", "position", "changes", "line"), ROW_FAULTS)
def test_schema_and_reader_agree_on_rows(
    field: str, position: int, changes: dict[str, Any], line: str
) -> None:
    assert is_refused(with_row(field, position, **changes)) == (MEANING.search(line) is None)


JSON_FAULTS = [case for case in TOP_FAULTS if "NaN" not in case[1]]  # JSON has no NaN


@pytest.mark.parametrize(("changes", "line"), JSON_FAULTS)
def test_schema_and_reader_agree_on_fields(changes: dict[str, Any], line: str) -> None:
    assert is_refused(tiny_document(**changes)) == (MEANING.search(line) is None)


SCHEDULE_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"format": "x"}, 'format: "x" is not "matchmaker-schedule/1"'),
    ({"problem_sha256": None}, "problem_sha256: is missing"),
    ({"status": "fine"}, 'status: "fine" is none of optimal, feasible, incomplete, infeasible'),
    ({"meetings": None}, "meetings: is missing"),
    ({"meetings": [{"meeting": "ab", "slot": "am1"}]}, "meetings[0].participants: is missing"),
    ({"unplaced": [{"meeting": "ab"}]}, "unplaced[0].reason: is missing"),
    ({"released": [{"meeting": "ab"}]}, "released[0].rule: is missing"),
    ({"conflict": {"why": 1}}, "conflict.why: unknown field"),
    ({"goals": [{"goal": "fun"}]}, "goals[0].proven: is missing"),
    ({"seconds": "1"}, 'seconds: "1" is not a number'),
    ({"seed": 1.5}, "seed: 1.5 is not a whole number"),
    ({"agenda": []}, "agenda: unknown field"),
]


@pytest.mark.parametrize(("changes", "line"), SCHEDULE_FAULTS)
def test_schema_and_reader_refuse_a_faulty_schedule(changes: dict[str, Any], line: str) -> None:
    document = schedule_to_json(schedule_of(tiny_problem(), [])) | changes
    assert not validator("schedule").is_valid(document)
    with pytest.raises(InvalidSchedule) as caught:
        schedule_from_json(document)
    assert caught.value.faults[0] == line


def test_the_reference_has_a_line_for_every_rule_and_goal() -> None:
    text = (DOCS / "file-format.md").read_text(encoding="utf-8")
    rules = text[text.index("## The rules") : text.index("### What exactly")]
    goals = text[text.index("## The goals") : text.index("## The schedule")]
    assert re.findall(r"^\| `(\w+)` \|", rules, re.MULTILINE) == list(RULES)
    assert re.findall(r"^\| `(\w+)` \|", goals, re.MULTILINE) == list(GOALS)
