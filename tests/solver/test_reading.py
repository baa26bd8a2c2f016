"""Every fault of a problem file is told at once, on its line, with its path."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from solver_cases import small_document, tiny_document, tiny_problem

from solver.files import (
    InvalidProblem,
    problem_from_json,
    problem_to_json,
    read_problem,
    write_problem,
)
from solver.problem import Goal, Rules


def faults_of(document: Any) -> tuple[str, ...]:
    with pytest.raises(InvalidProblem) as caught:
        problem_from_json(document)
    return caught.value.faults


def with_row(field: str, position: int, **changes: Any) -> dict[str, Any]:
    document = deepcopy(tiny_document())
    document[field][position] |= changes
    return document


def test_a_session_lies_within_one_day() -> None:
    document = with_row("slots", 5, start="2026-10-14T16:00", end="2026-10-15T00:30")
    assert faults_of(document) == ('slots[5]: the session "pm" does not lie within one day',)


def test_a_session_may_end_at_midnight() -> None:
    document = with_row("slots", 5, start="2026-10-14T16:00", end="2026-10-15T00:00")
    assert problem_from_json(document).slots[5].id == "pm3"


def test_sessions_do_not_interleave() -> None:
    document = with_row("slots", 1, session="other")
    document["rules"] = {"pause_within_session": 60}
    assert faults_of(document) == ('slots[2]: the session "am" is interrupted by slots[1] "am2"',)


def test_a_fault_in_an_id_causes_no_others() -> None:
    """Rows that name a slot with a faulty time are right themselves."""
    document = with_row("slots", 0, start="nine")
    document["participants"][0]["absent"] = ["am1"]
    assert len(faults_of(document)) == 1


def test_all_faults_are_told_at_once() -> None:
    document = tiny_document(wrong=1, timezone="X")
    document["slots"][0]["start"] = "X"
    document["participants"][0]["seats"] = 0
    document["meetings"][2]["sides"] = [["zoe"], ["yan"]]
    document["goals"] = ["fun"]
    assert faults_of(document) == (
        "wrong: unknown field",
        'timezone: "X" is no known time zone (such as "Africa/Casablanca")',
        'slots[0].start: "X" is not a time of the form YYYY-MM-DDTHH:MM',
        "participants[0].seats: 0 is less than 1",
        'meetings[2].sides[0][0]: no participant "zoe"',
        'meetings[2].sides[1][0]: no participant "yan"',
        'goals[0]: "fun" is none of minimum, stability, wishes, worst_off, breaks, moves',
    )


def test_null_is_the_same_as_left_out() -> None:
    document = tiny_document(limits=None, goals=None, interpreters=None, published=None)
    document["participants"][0] |= {"absent": None, "seats": None, "place": None, "remote": None}
    document["meetings"][2] |= {"weight": None, "slots": None, "must": None, "length": None}
    assert problem_from_json(document) == tiny_problem()


def test_fields_that_begin_with_x_are_let_be() -> None:
    document = tiny_document(x_note={"by": "hand"})
    document["meetings"][0]["x_colour"] = "green"
    assert problem_from_json(document) == tiny_problem()


def test_what_is_left_out_has_its_default() -> None:
    problem = problem_from_json(
        {"format": "matchmaker-problem/1", "slots": [], "participants": [], "meetings": []}
    )
    assert problem.places is None
    assert problem.rules == Rules()
    assert problem.goals == tuple(
        Goal(goal=name) for name in ("minimum", "wishes", "worst_off", "breaks", "moves")
    )


def test_stability_comes_second_where_something_is_published() -> None:
    row = {"meeting": "ab", "slot": "am1", "participants": ["amal", "bilal"]}
    names = [goal.goal for goal in tiny_problem(published=[row]).goals]
    assert names == ["minimum", "stability", "wishes", "worst_off", "breaks", "moves"]


def test_published_rows_may_name_what_is_gone() -> None:
    row = {"meeting": "gone", "slot": "old", "place": "T9", "participants": ["zoe", "amal"]}
    assert tiny_problem(published=[row]).published[0].meeting == "gone"


def test_no_room_on_site_is_not_the_same_as_no_need_of_places() -> None:
    assert tiny_problem(places=[]).places == ()
    assert tiny_problem(places=None).places is None


def test_an_id_given_twice_in_a_list_counts_once() -> None:
    document = tiny_document(exclusive=[["ab", "bc", "ab"]])
    assert problem_from_json(document).exclusive == (("ab", "bc"),)


BROKEN_FILES = [
    (b"\xff\xfe{\x00}\x00", "the file is not UTF-8 at byte 0; save it as UTF-8"),
    (b'{"name": "caf\xe9"}', "the file is not UTF-8 at byte 13; save it as UTF-8"),
    (b"", "the file is not JSON at line 1, column 1: Expecting value"),
    (b'{"name": ', "the file is not JSON at line 1, column 10: Expecting value"),
    (b"[" * 200_000, "the file is nested too deeply"),
    (b'{"a":' * 200_000, "the file is nested too deeply"),
    (b'{"x_n": ' + b"9" * 5000 + b"}", "the file holds a number that is too long"),
    (b"[]", "the file holds a list, not an object"),
    (b'"text"', 'the file holds "text", not an object'),
    (b"null", "the file holds null, not an object"),
]


@pytest.mark.parametrize(("content", "line"), BROKEN_FILES)
def test_a_file_that_is_no_json_gets_one_sentence(
    tmp_path: Path, content: bytes, line: str
) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    with pytest.raises(InvalidProblem) as caught:
        read_problem(path)
    assert caught.value.faults == (line,)


def test_a_missing_file_and_a_folder_get_a_sentence(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "no", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(InvalidProblem, match=rf"^the file cannot be read \({reason}"):
            read_problem(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(tiny_document()).encode())
    assert read_problem(path) == tiny_problem()


def test_a_key_given_twice_is_a_fault(tmp_path: Path) -> None:
    text = json.dumps(tiny_document()).replace('"weight": 10', '"weight": 10, "weight": 9')
    path = tmp_path / "problem.json"
    path.write_text(text)
    with pytest.raises(InvalidProblem) as caught:
        read_problem(path)
    assert caught.value.faults == ("meetings[0].weight: this field is given twice",)


def test_a_huge_number_and_a_long_name_stay_short_in_a_fault() -> None:
    document = tiny_document(timezone="z" * 10_000)
    document["meetings"][0]["weight"] = 10**4000
    lines = faults_of(document)
    assert [line.split(":")[0] for line in lines] == ["timezone", "meetings[0].weight"]
    assert max(map(len, lines)) < 200


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    for seed in range(30):
        problem = problem_from_json(small_document(seed))
        write_problem(problem, tmp_path / "problem.json")
        assert read_problem(tmp_path / "problem.json") == problem
        assert problem_from_json(problem_to_json(problem)) == problem


def test_a_link_stays_a_link_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "target.json").write_text("old")
    (tmp_path / "link.json").symlink_to("target.json")
    write_problem(tiny_problem(), tmp_path / "link.json")
    assert read_problem(tmp_path / "target.json") == tiny_problem()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "target.json"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_junk_anywhere_is_a_fault_or_is_read_and_never_crashes(data: st.DataObject) -> None:
    document = small_document(data.draw(st.integers(0, 50)))
    where: Any = document
    while True:
        keys = sorted(where) if isinstance(where, dict) else range(len(where))
        key = data.draw(st.sampled_from(list(keys)))
        if not where[key] or not isinstance(where[key], list | dict) or data.draw(st.booleans()):
            break
        where = where[key]
    where[key] = data.draw(JUNK)
    faults: tuple[str, ...] = ()
    try:
        problem = problem_from_json(document)
        assert problem_from_json(problem_to_json(problem)) == problem
    except InvalidProblem as error:
        faults = error.faults
    assert [line for line in faults if not line or "\n" in line] == []
