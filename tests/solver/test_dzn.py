"""The literature's instances become problems: a tiny one made here, and the real ones."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from solver.canonical import problem_to_json
from solver.cli import main
from solver.dzn import problem_from_dzn, read_dzn
from solver.faults import InvalidProblem
from solver.files import problem_from_json, read_problem
from solver.problem import Goal, Rules

TINY = """% made for this test
nBusiness = 3; nMeetings = 4; nTables = 2;
nTotalSlots = 5;
nMorningSlots = 3;
requested = [|1, 2,1,
|1, 3,2,
|2, 3,3,
|3, 1,3,|];
meetingsxBusiness = [{1,2,3,5},{1,2,4},{1,3,4,5}];
nMeetingsBusiness = [3,2,3];
forbidden = [{0},{0,2,5},{}];
fixed = [0,0,4,0];
precedences = [{},{1},{},{1,2}];
"""


def test_the_tiny_instance() -> None:
    problem = problem_from_dzn(TINY, name="tiny")
    assert problem.sessions == {"am": ("s001", "s002", "s003"), "pm": ("s004", "s005")}
    assert [place.id for place in problem.places or ()] == ["t001", "t002"]
    assert [sorted(person.absent) for person in problem.participants] == [
        [],
        ["s002", "s005"],
        [],
    ]
    assert [meeting.sides for meeting in problem.meetings] == [
        (("p001",), ("p002",)),
        (("p001",), ("p003",)),
        (("p002",), ("p003",)),
        (("p003",), ("p001",)),
    ]
    assert all(meeting.must for meeting in problem.meetings)
    assert [meeting.slots for meeting in problem.meetings] == [
        frozenset(problem.sessions["am"]),
        frozenset(problem.sessions["pm"]),
        None,
        None,
    ]
    assert [meeting.fixed_slot for meeting in problem.meetings] == [None, None, "s004", None]
    assert [sorted(meeting.after) for meeting in problem.meetings] == [
        [],
        ["m0001"],
        [],
        ["m0001", "m0002"],
    ]
    assert problem.goals == (Goal(goal="breaks"),)
    assert problem.rules == Rules(
        breaks_per_participant=2, breaks_within="event", absence_is_idle=True
    )
    assert problem_from_json(problem_to_json(problem)) == problem


FAULTS = [
    ("nTables = 2;", "", "nTables: is missing"),
    ("nTables = 2;", "nTables = two;", 'nTables: "two" is not a whole number'),
    ("nTables = 2;", "nTables = 2; nChairs = 1;", "nChairs: unknown field"),
    ("nMorningSlots = 3", "nMorningSlots = 6", "nMorningSlots: is more than nTotalSlots"),
    ("nMeetings = 4", "nMeetings = 5", "requested: has 4 entries, 5 are expected"),
    ("|1, 3,2,", "|1, 9,2,", "requested[2]: 9 is not between 1 and 3"),
    ("|1, 3,2,", "|1, 3,4,", "requested[2]: is not two participants and 1, 2 or 3"),
    ("|1, 3,2,", "|1, x,2,", 'requested[2]: "x" is not a whole number'),
    ("{0,2,5}", "{0,2,6}", "forbidden[2]: 6 is not between 0 and 5"),
    ("[0,0,4,0]", "[0,0,4]", "fixed: has 3 entries, 4 are expected"),
    ("{1,2}]", "{1,7}]", "precedences[4]: 7 is not between 1 and 4"),
    ("nTotalSlots = 5", "nTotalSlots = 841", "nTotalSlots: is more than 840"),
]


@pytest.mark.parametrize(("before", "after", "line"), FAULTS)
def test_a_faulty_instance_gets_a_line(before: str, after: str, line: str) -> None:
    with pytest.raises(InvalidProblem) as caught:
        problem_from_dzn(TINY.replace(before, after))
    assert line in caught.value.faults


def test_import_dzn_writes_a_problem_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    instance, out = tmp_path / "tiny.dzn", tmp_path / "tiny.json"
    instance.write_text(TINY)
    assert main(["import-dzn", str(instance), "--out", str(out)]) == 0
    assert read_problem(out) == problem_from_dzn(TINY, name="tiny")
    assert main(["import-dzn", str(tmp_path / "no.dzn"), "--out", str(out)]) == 2
    assert "cannot be read (No such file or directory)" in capsys.readouterr().err


@pytest.mark.literature
def test_every_instance_of_the_literature_is_imported() -> None:
    folder = os.environ.get("MATCHMAKER_INSTANCES")
    if not folder:
        pytest.skip("MATCHMAKER_INSTANCES does not name the folder of the literature's instances")
    paths = sorted(Path(folder).rglob("*.dzn"))
    assert len(paths) == 60
    for path in paths:
        problem = read_dzn(path)
        assert problem_from_json(problem_to_json(problem)) == problem
        listed = re.search(r"nMeetingsBusiness\s*=\s*\[(.*?)\]", path.read_text(), re.DOTALL)
        assert listed is not None
        counts = Counter(person for meeting in problem.meetings for person in meeting.people())
        expected = [int(number) for number in listed[1].split(",")]
        assert [counts[person.id] for person in problem.participants] == expected
