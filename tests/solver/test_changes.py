"""Who is told: exactly those whose own agenda changed, and of their own meetings only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from solver_cases import small_problem, tiny_document, tiny_problem
from solver_schedules import place, schedule_of

from solver.changes import Appointment, Change, changes, notices_to_json
from solver.cli import main
from solver.engine import solve
from solver.files import problem_from_json, read_schedule, write_problem, write_schedule
from solver.incidents import publish
from solver.notices import notices_text
from solver.problem import Problem
from solver.report import agenda_text
from solver.schedule import PlacedMeeting, Schedule
from solver.settings import Settings

ONE_WORKER = Settings(seconds=60, workers=1)


def published(rows: list[dict[str, object]], **fields: object) -> Problem:
    problem = tiny_problem(**fields)
    return publish(problem, schedule_of(problem, rows))


def seen(slot: str, partner: str, where: str | None = None) -> Appointment:
    return Appointment(slot=slot, place=where, room=None, partners=(partner,), interpreter=None)


def test_nothing_changed_nobody_told() -> None:
    problem = published([place("ab", "am1", "T1")])
    notices = changes(problem, schedule_of(problem, [place("ab", "am1", "T1")]))
    assert (notices.participants, notices.interpreters) == ({}, {})


def test_moved_dropped_and_new_are_told_to_both_and_to_nobody_else() -> None:
    problem = published([place("ab", "am1", "T1"), place("ac", "am2", "T1")])
    told = changes(
        problem, schedule_of(problem, [place("ab", "am3", "T1"), place("bc", "am1", "T2")])
    ).participants
    assert told["amal"] == (
        Change(
            meeting="ab",
            kind="moved",
            before=seen("am1", "bilal", "T1"),
            after=seen("am3", "bilal", "T1"),
            differs=("slot",),
        ),
        Change(meeting="ac", kind="dropped", before=seen("am2", "chen", "T1")),
    )
    assert [(each.meeting, each.kind) for each in told["bilal"]] == [("ab", "moved"), ("bc", "new")]
    assert [(each.meeting, each.kind) for each in told["chen"]] == [
        ("ac", "dropped"),
        ("bc", "new"),
    ]


def test_somebody_else_of_the_side_is_a_new_meeting_for_one_and_a_new_partner_for_the_other() -> (
    None
):
    meetings = [{"id": "m", "sides": [["amal"], ["bilal", "chen"]]}]
    problem = published([place("m", "am1", "T1")], meetings=meetings)
    told = changes(
        problem, schedule_of(problem, [place("m", "am1", "T1", people=["amal", "chen"])])
    ).participants
    assert {name: [each.kind for each in mine] for name, mine in told.items()} == {
        "amal": ["changed"],
        "bilal": ["dropped"],
        "chen": ["new"],
    }
    assert told["amal"][0].differs == ("partners",)


def test_interpreters_are_told_what_they_serve() -> None:
    problem = published([place("ab", "am1", "T1", interpreter="i1")])
    notices = changes(problem, schedule_of(problem, [place("ab", "am1", "T1", interpreter="i2")]))
    assert [each.kind for each in notices.interpreters["i1"]] == ["dropped"]
    assert [each.kind for each in notices.interpreters["i2"]] == ["new"]
    assert notices.participants["amal"][0].differs == ("interpreter",)


@pytest.mark.parametrize("seed", range(12))
def test_told_are_exactly_those_whose_agenda_reads_differently(seed: int) -> None:
    problem = small_problem(seed, published=True)
    schedule = solve(problem, Settings(seconds=0))
    told = set(changes(problem, schedule).participants)
    before = tuple(
        PlacedMeeting(
            meeting=row.meeting,
            slot=row.slot,
            place=row.place,
            room=row.room,
            participants=row.participants,
            interpreter=row.interpreter,
        )
        for row in problem.published
    )
    differently = {
        person.id
        for person in problem.participants
        if own_meetings(problem, before, person.id)
        != own_meetings(problem, schedule.meetings, person.id)
    }
    assert told == differently
    assert told or not problem.published


def own_meetings(problem: Problem, rows: tuple[PlacedMeeting, ...], person: str) -> str:
    """The agenda as it is printed, all meetings placed or not being left out of it."""
    return agenda_text(
        problem, Schedule(problem_sha256="", status="optimal", meetings=rows), person
    )


def test_a_notice_never_shows_a_meeting_of_others() -> None:
    problem = small_problem(3, published=True)
    notices = changes(problem, solve(problem, Settings(seconds=0)))
    for person, mine in notices.participants.items():
        for change in mine:
            rows = [row for row in problem.published if row.meeting == change.meeting]
            listed = problem.meeting_by_id[change.meeting].people()
            assert person in listed.union(*(row.participants for row in rows))


def test_the_command_line_repairs_and_shows_whom_to_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, schedule, repaired, again = (
        tmp_path / f"{name}.json" for name in ("problem", "schedule", "repaired", "again")
    )
    forum = problem_from_json(tiny_document())
    write_problem(forum, problem)
    rows = [place("ab", "am1", "T1"), place("ac", "am2", "T1")]
    write_schedule(schedule_of(forum, rows), schedule)
    common = ["repair", str(problem), str(schedule), "--out", str(repaired)]
    happened = ["--late", "bilal=am3", "--closed", "T1=am2", "--now", "2026-10-14T08:00"]
    assert main([*common, *happened, "--max-changes", "2"]) == 0
    assert main(["solve", str(repaired), "--workers", "1", "--out", str(again)]) == 0
    capsys.readouterr()
    assert main(["show", str(again), "--problem", str(repaired), "--changes"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("to be told: 3 participants, 0 interpreters\n")
    assert "  moved    bilal: 2026-10-14 09:00 T1 -> " in text
    command = ["show", str(again), "--problem", str(repaired), "--changes", "--json"]
    assert main(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in told["participants"]] == ["amal", "bilal", "chen"]
    assert {row["kind"] for row in told["participants"][0]["changes"]} <= {"moved", "changed"}
    assert read_schedule(again).goals[1].best == 2


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (["--no-show", "nobody"], 'no participant "nobody"'),
        (["--late", "bilal"], "'bilal' names no slot; write PERSON=SLOT"),
        (["--now", "ten"], "'ten' is no time such as 2026-10-14T09:20"),
        (["--ill", "ida"], 'no interpreter "ida"'),
        (["--lost", "noon"], 'no slot "noon"'),
    ],
)
def test_a_wrong_incident_ends_with_a_sentence_and_status_2(
    option: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, schedule = tmp_path / "problem.json", tmp_path / "schedule.json"
    write_problem(tiny_problem(), problem)
    write_schedule(schedule_of(tiny_problem(), []), schedule)
    try:
        status = main(["repair", str(problem), str(schedule), *option])
    except SystemExit as end:
        status = int(end.code or 0)
    assert status == 2
    assert sentence in capsys.readouterr().err


def test_names_of_people_who_are_gone_are_told_by_their_id() -> None:
    problem = published([place("ab", "am1", "T1")])
    document = tiny_document(
        participants=[{"id": "amal"}, {"id": "chen"}],
        meetings=[{"id": "ac", "sides": [["amal"], ["chen"]]}],
        published=[{"meeting": "ab", "slot": "am1", "participants": ["amal", "bilal"]}],
    )
    gone = problem_from_json(document)
    notices = changes(gone, schedule_of(gone, []))
    assert "bilal" in notices_text(gone, notices)
    assert [row["id"] for row in notices_to_json(notices)["participants"]] == ["amal", "bilal"]
    assert problem.published
