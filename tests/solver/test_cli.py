"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from solver_cases import tiny_document

from solver.arguments import DIMENSIONS, family_of, parser
from solver.cli import main
from solver.families import FAMILIES, Family
from solver.files import read_problem, read_schedule
from solver.schedule import Status
from solver.validation import goal_values

ROOT = Path(__file__).parents[2]
LIMIT = ["--seconds", "60", "--workers", "1"]  # the tiny forum is proven long before


@pytest.fixture
def forum(tmp_path: Path) -> Path:
    return write(tmp_path / "forum.json", tiny_document())


@pytest.fixture
def solved(forum: Path) -> Path:
    out = forum.with_name("schedule.json")
    assert main(["solve", str(forum), *LIMIT, "--out", str(out)]) == 0
    return out


def write(path: Path, document: dict[str, Any]) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "solver", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, **options
    )


def test_solve_writes_a_schedule_that_the_check_accepts(
    forum: Path, solved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, schedule = read_problem(forum), read_schedule(solved)
    assert schedule.status is Status.OPTIMAL
    assert main(["check", str(forum), str(solved)]) == 0
    told = capsys.readouterr().out.splitlines()[-6:]
    values = goal_values(problem, schedule.meetings)
    assert told == [
        f"{goal}: {list(value) if isinstance(value, tuple) else value}"
        for goal, value in values.items()
    ]
    assert values["wishes"] == 15


def test_solve_without_out_prints_the_schedule(
    forum: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", str(forum), *LIMIT]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "optimal"


@pytest.mark.parametrize("seconds", ["0", "0.001", "1e-9"])
def test_a_tiny_limit_gets_a_schedule(forum: Path, seconds: str) -> None:
    out = forum.with_name("schedule.json")
    assert main(["solve", str(forum), "--seconds", seconds, "--out", str(out)]) == 0
    assert main(["check", str(forum), str(out)]) == 0


def test_with_steps_the_bytes_are_the_same_for_shuffled_rows(forum: Path) -> None:
    document = tiny_document()
    for field in ("slots", "places", "participants", "meetings"):
        document[field].reverse()
    other = write(forum.with_name("shuffled.json"), document)
    outs = [forum.with_name(f"{name}.json") for name in ("one", "two", "three")]
    for path, out in zip((forum, forum, other), outs, strict=True):
        assert main(["solve", str(path), "--steps", "2", "--workers", "1", "--out", str(out)]) == 0
    one, two, three = (out.read_bytes() for out in outs)
    assert one == two
    assert one == three
    assert "seconds" not in json.loads(one)


def test_contradictory_musts_are_infeasible_and_the_rest_is_written(tmp_path: Path) -> None:
    document = tiny_document()
    for meeting in document["meetings"]:
        meeting |= {"must": True, "fixed_slot": "am1"}
    forum, out = write(tmp_path / "forum.json", document), tmp_path / "schedule.json"
    assert main(["solve", str(forum), *LIMIT, "--out", str(out)]) == 3
    assert main(["check", str(forum), str(out)]) == 0
    schedule = read_schedule(out)
    assert schedule.status is Status.INFEASIBLE
    assert len(schedule.meetings) == 1
    assert schedule.conflict is not None
    assert len(schedule.conflict.musts) == 2


def test_every_fault_is_a_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forum = write(tmp_path / "forum.json", tiny_document(timezone="X", wrong=1))
    out = tmp_path / "schedule.json"
    assert main(["solve", str(forum), "--out", str(out)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "wrong: unknown field",
        'timezone: "X" is no known time zone (such as "Africa/Casablanca")',
    ]
    assert not out.exists()


BAD_VALUES = [
    (["--seconds", "soon"], "argument --seconds: 'soon' is no number of seconds, 0 or more"),
    (["--seconds", "-1"], "argument --seconds: '-1' is no number of seconds, 0 or more"),
    (["--seconds", "nan"], "argument --seconds: 'nan' is no number of seconds, 0 or more"),
    (["--seconds", "inf"], "argument --seconds: 'inf' is no number of seconds, 0 or more"),
    (["--workers", "0"], "argument --workers: '0' is no whole number from 1 to 256"),
    (["--seed", "-1"], "argument --seed: '-1' is no whole number from 0 to 2147483647"),
    (["--seed", "2147483648"], "'2147483648' is no whole number from 0 to 2147483647"),
    (["--steps", "0"], "argument --steps: '0' is no whole number from 1 to 1000000000"),
    (["--steps", "1", "--seconds", "1"], "not allowed with argument --steps"),
]


@pytest.mark.parametrize(("options", "sentence"), BAD_VALUES)
def test_a_bad_value_gets_a_sentence(
    forum: Path, options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["solve", str(forum), *options])
    assert caught.value.code == 2
    assert sentence in capsys.readouterr().err.splitlines()[-1]


def test_an_out_file_that_cannot_be_is_refused_before_the_work(
    forum: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for out, sentence in (
        (tmp_path, f"--out: {tmp_path} is a folder; name a file in it"),
        (forum, f"--out: {forum} is the file to read; name another one"),
        (tmp_path / "no" / "s.json", f"--out: there is no folder {tmp_path / 'no'}"),
    ):
        assert main(["solve", str(forum), "--out", str(out)]) == 2
        assert capsys.readouterr().err.splitlines() == [sentence]


def test_check_names_what_is_broken(
    forum: Path, solved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(solved.read_text())
    document["meetings"][0]["place"] = "T9"
    write(solved, document)
    capsys.readouterr()
    assert main(["check", str(forum), str(solved)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("place_kind: ")
    assert {line.partition(":")[0] for line in told} <= {"place_kind", "value"}


def test_check_refuses_a_schedule_that_is_none(
    forum: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(forum), str(forum)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"{forum}: name: unknown field"
    assert all(line.startswith(f"{forum}: ") for line in lines)


def test_show_prints_one_agenda_without_the_others(
    forum: Path, solved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    show = ["show", str(solved), "--problem", str(forum)]
    assert main([*show, "--participant", "amal"]) == 0
    agenda = capsys.readouterr().out.splitlines()
    assert agenda[0] == "amal"
    assert sorted(line.split()[-1] for line in agenda[2:]) == ["bilal", "chen"]
    assert main(show) == 0
    whole = capsys.readouterr().out
    assert all(f"{a} / {b}" in whole for a, b in (("amal", "bilal"), ("bilal", "chen")))
    assert main([*show, "--participant", "zoe"]) == 2
    assert capsys.readouterr().err == '--participant: no participant "zoe"\n'


def test_explain_says_why_a_meeting_is_not_placed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tiny_document()
    document["participants"][2]["absent"] = [slot["id"] for slot in document["slots"]]
    forum, out = write(tmp_path / "forum.json", document), tmp_path / "schedule.json"
    assert main(["solve", str(forum), *LIMIT, "--out", str(out)]) == 0
    capsys.readouterr()
    explain = ["explain", str(forum), str(out), "--meeting"]
    assert main([*explain, "ac"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("ac (amal with chen) is not placed.\nSlot by slot: Chen is absent ")
    assert "\n- Chen is absent from 09:00 to 12:00 and from 14:00 to 17:00.\n" in told
    assert "\n1. Chen free at " in told
    assert "[wishes +4" in told
    assert main([*explain, "ac", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [reason["rule"] for reason in found["blockers"]] == ["absent"]
    assert found["cures"][0]["patch"][-1]["path"] == "/participants/2/absent"
    assert found["cures"][0]["cost"]["wishes"] == -4
    assert main([*explain, "ab"]) == 0
    assert capsys.readouterr().out.startswith("ab (amal with bilal) is placed at ")
    assert main([*explain, "zz"]) == 2
    assert capsys.readouterr().err == '--meeting: no meeting "zz"\n'


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert {"solve", "check", "show", "generate", "import-dzn", "explain"} <= told


def test_as_a_program_it_reads_writes_and_tells_progress_line_by_line(tmp_path: Path) -> None:
    forum, out = tmp_path / "forum.json", tmp_path / "schedule.json"
    made = run("generate", "--participants", "4", "--seed", "4", "--out", forum)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    solved = run("solve", forum, *LIMIT, "--out", out)
    assert solved.returncode == 0
    assert all(" s  " in line and "bound" in line for line in solved.stderr.splitlines())
    assert solved.stderr
    checked = run("check", forum, out)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_ctrl_c_writes_the_best_schedule_so_far(tmp_path: Path) -> None:
    forum, out = tmp_path / "forum.json", tmp_path / "schedule.json"
    assert (
        run("generate", "--participants", "60", "--family", "anyone", "--out", forum).returncode
        == 0
    )
    command = [sys.executable, "-m", "solver", "solve", str(forum), "--seconds", "500"]
    with subprocess.Popen(
        [*command, "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the search is under way
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert main(["check", str(forum), str(out)]) == 0


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    made = f'"{sys.executable}" -m solver generate --participants 2000 | head -c 10'
    answer = subprocess.run(
        ["/bin/sh", "-c", made], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.stderr == ""


def test_a_terminal_shows_one_live_bar(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    forum = write(tmp_path / "forum.json", tiny_document())
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "solver", "solve", str(forum), *LIMIT]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=writer) as process:
        assert process.wait(timeout=60) == 0
    os.close(writer)
    told = os.read(reader, 100_000).decode()
    os.close(reader)
    assert told.startswith("\r[")
    assert told.count("\n") == 1


def test_generate_takes_other_dimensions_than_the_family_s(tmp_path: Path) -> None:
    out = tmp_path / "problem.json"
    given = ["--family", "anyone", "--wishes", "2", "--days", "1", "--slots-per-session", "3"]
    given += ["--tables", "0.1", "--absent", "0.3", "--two-sided", "--stands", "1"]
    assert main(["generate", "--participants", "40", *given, "--out", str(out)]) == 0
    problem = read_problem(out)
    assert len(problem.slots) == 6
    assert sum(place.kind == "table" for place in problem.places or ()) == 4
    assert sum(place.kind == "stand" for place in problem.places or ()) == 40
    assert any(person.absent for person in problem.participants)
    assert 40 <= len(problem.meetings) <= 120
    buyers = {person.id for person in problem.participants[:20]}
    assert all(len(meeting.people() & buyers) == 1 for meeting in problem.meetings)


def test_every_dimension_of_a_family_has_its_option() -> None:
    assert set(DIMENSIONS) == {field.name for field in fields(Family)}
    given = parser().parse_args(["generate", "--participants", "5"])
    for name, family in FAMILIES.items():
        given.family = name
        assert family_of(given) == family


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--absent", "1.5", "'1.5' is no number from 0 to 1"),
        ("--wishes", "many", "'many' is no number from 0 to 1000"),
        ("--wishes", "nan", "'nan' is no number from 0 to 1000"),
        ("--days", "0", "'0' is no whole number from 1 to 365"),
        ("--slots-per-session", "2.5", "'2.5' is no whole number from 1 to 12"),
    ],
)
def test_a_dimension_that_cannot_be_gets_a_sentence(
    option: str, value: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["generate", "--participants", "10", option, value])
    assert left.value.code == 2
    assert sentence in capsys.readouterr().err


def test_capacity_prints_what_is_needed_and_writes_it_as_json(
    forum: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = forum.with_name("capacity.json")
    assert main(["capacity", str(forum), "--steps", "100", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Fewest tables for that: 1 (proven: fewer cannot). There are 2." in told
    assert "Fewest slots for that: 3 (proven: fewer cannot). There are 6." in told
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["format"] == "matchmaker-capacity/1"
    assert (document["tables"]["at_least"], document["slots"]["at_most"]) == (1, 3)
    assert "seconds" not in document


def test_capacity_of_tables_only_says_nothing_of_slots(
    forum: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["capacity", str(forum), "--steps", "100", "--tables"]) == 0
    told = capsys.readouterr().out
    assert "Fewest tables" in told
    assert "slots for that" not in told
    assert "Half-hours" not in told
