"""Every faulty cell gets a sentence with its row, its column and its cure."""

from __future__ import annotations

from datetime import time
from typing import Any

import cast
import pytest
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession
from matchmaker.imports import cells
from matchmaker.participants.models import Absence, Attendance, Participant

FORMS = (
    "Write 2026-10-14 09:00, 2026-10-14 09:00-11:00, 2026-10-14 for a whole day, the name of a "
    "session or a slot's id; several with a semicolon between."
)


CASES = [
        ("Email", "amal at x", "This is no e-mail address. Write one address such as "
         "amal@example.org."),
        ("Email", "a@x.example; b@x.example", "This is no e-mail address. Write one address such "
         "as amal@example.org."),
        ("First name", "x" * 10_000, "This has 10000 characters; at most 120 are possible. "
         "Shorten it."),
        ("Organization name", "x" * 301, "This has 301 characters; at most 300 are possible. "
         "Shorten it."),
        ("Organization description", "x" * 5_001, "This has 5001 characters; at most 5000 are "
         "possible. Shorten it."),
        ("Last name", "#REF!", "The formula in this cell has no value (#REF!). Write the value."),
        ("Country", "Atlantis", "The country “Atlantis” is not known. Write its name in English, "
         "French or Arabic, or its ISO code (MA)."),
        ("Company website", "javascript:alert(1)", "A website begins with http:// or https://."),
        ("Validated", "perhaps", "Write Yes or No."),
        ("Remote", "2", "Write Yes or No."),
        ("Language", "de", "Agendas are printed in French, Arabic or English: write fr, ar or "
         "en."),
        ("Spoken languages", "fr; Klingon", "The language “Klingon” is not known. Write codes "
         "such as fr; ar; en."),
        ("Sessions", "Evening", "There is no session “Evening”. Write one or more of: "
         "\u2068Morning\u2069."),
        ("Stand", "S99", "The event has no stand or table “S99”. Add it under Set-up, or write "
         "the code of one that is there."),
        ("Stand", "Room", "Room is neither a stand nor a table. Write the code of one."),
        ("Seats", "0", "Write a whole number from 1 to 50."),
        ("Seats", "two", "Write a whole number from 1 to 50."),
        ("Seats", "9" * 5_000, "Write a whole number from 1 to 50."),
        ("Absent", "14/10/2026 09:00", f"“\u206814/10/2026 09:00\u2069” is not understood. "
         f"{FORMS}"),
        ("Absent", "2026-02-30 09:00", f"“\u20682026-02-30 09:00\u2069” is not understood. "
         f"{FORMS}"),
        ("Absent", "2026-10-14 25:00", f"“\u20682026-10-14 25:00\u2069” is not understood. "
         f"{FORMS}"),
        ("Absent", "in the morning", f"“\u2068in the morning\u2069” is not understood. {FORMS}"),
        ("Absent", "2026-10-14 11:00-09:00", "\u20682026-10-14 11:00-09:00\u2069 ends before it "
         "begins."),
        ("Absent", "2027-10-14 09:00", "The event has no slot at \u20682027-10-14 09:00\u2069. "
         "Its slots run from \u20682026-10-14 09:00\u2069 to \u20682026-10-14 10:35\u2069."),
]  # fmt: skip


def test_every_faulty_cell_is_told_with_its_row_and_column(desk: Any) -> None:
    header = ("Reference", *dict.fromkeys(column for column, _, _ in CASES))
    rows = [
        [f"P{number}", *(cell if title == column else "" for title in header[1:])]
        for number, (column, cell, _) in enumerate(CASES)
    ]
    found = desk.sentences("participants", header, *rows, ["good"])
    assert found == [
        (row, column, sentence) for row, (column, _, sentence) in enumerate(CASES, start=2)
    ]


def test_all_faults_of_a_row_are_told_at_once(desk: Any) -> None:
    header = ("Email", "Seats", "Stand")
    found = desk.sentences("participants", header, ("x", "0", "S99"))
    assert [(row, column) for row, column, _ in found] == [
        (2, "Email"), (2, "Seats"), (2, "Stand"),
    ]  # fmt: skip


def test_nobody_is_without_a_key(desk: Any) -> None:
    assert desk.sentences("participants", ("Email", "Last name"), ("", "Benali")) == [
        (
            2,
            "Email",
            "Neither an e-mail address nor a reference: nobody can tell who this is. Write one.",
        )
    ]


def test_people_who_are_there_twice_are_told_with_both_rows(desk: Any) -> None:
    found = desk.sentences(
        "participants", ("Email", "Last name"),
        ("a@x.example", "Benali"), ("b@x.example", "Alaoui"), (" A@X.example ", "Other"),
    )  # fmt: skip
    sentence = "Rows 2, 4 are about the same person and say different things. Keep one of them."
    assert found == [(2, "Email", sentence), (4, "Email", sentence)]


def test_people_who_share_a_reference_are_there_twice(desk: Any) -> None:
    found = desk.sentences(
        "participants", ("Email", "Reference"), ("a@x.example", "7"), ("b@x.example", "7")
    )
    assert [(row, column) for row, column, _ in found] == [(2, "Email"), (3, "Email")]


def test_a_reference_that_is_somebody_elses_here(desk: Any, session: Session) -> None:
    desk.take("participants", ("Email", "Reference"), ("a@x.example", "7"))
    found = desk.sentences("participants", ("Email", "Reference"), ("b@x.example", "7"))
    assert found == [
        (
            2,
            "Reference",
            "The reference 7 belongs to somebody with another e-mail address here. "
            "Correct one of the two.",
        )
    ]


@pytest.mark.parametrize(
    ("kind", "header", "sentence"),
    [
        ("participants", ("Name", "City"), "There is no column \u2068Email\u2069 or "
         "\u2068Reference\u2069. Give the columns titles in the first row, as in the template. "
         "These titles were found: \u2068Name\u2069, \u2068City\u2069."),
        ("wishes", ("From", "Grade"), "There is no column \u2068To\u2069. Give the columns titles "
         "in the first row, as in the template. These titles were found: \u2068From\u2069, "
         "\u2068Grade\u2069."),
        ("wishes", ("From", "To", "To"), "The column \u2068To\u2069 is there twice. Delete or "
         "rename one."),
    ],
)  # fmt: skip
def test_a_list_without_its_needed_columns_is_refused(
    desk: Any, kind: str, header: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        desk.upload(kind, header, ("a", "b", "c"))
    assert str(refused.value) == sentence


def test_a_header_alone_is_refused(desk: Any) -> None:
    with pytest.raises(Refusal, match="There is a header and no row below it"):
        desk.upload("wishes", ("From", "To"))


ABSENCES = [
    ("d1-0900", ["d1-0900"]),
    ("2026-10-14 09:00", ["d1-0900"]),
    ("2026-10-14T09:30", ["d1-0925"]),
    ("2026-10-14 9:00 – 9:50", ["d1-0900", "d1-0925"]),
    ("2026-10-14 09:20-09:25, d1-0950", None),
    ("2026-10-14 10:35-12:00", None),
    ("2026-10-14", ["d1-0900", "d1-0925", "d1-0950", "d1-1015"]),
    ("morning", ["d1-0900", "d1-0925", "d1-0950", "d1-1015"]),
    ("2026-10-14 09:00; 2026-10-14 10:20", ["d1-0900", "d1-1015"]),
    ("2026-10-14 09:00 - 2026-10-14 09:30", ["d1-0900", "d1-0925"]),
]


def test_absences_are_understood_in_these_forms(desk: Any) -> None:
    rows = [(f"P{number}", cell) for number, (cell, _) in enumerate(ABSENCES)]
    plan = desk.plan("participants", ("Reference", "Absent"), *rows)
    understood = {row.number: row.said["absent"] for row in plan.rows}
    expected = dict(enumerate((slots for _, slots in ABSENCES), start=2))
    assert understood == {number: slots for number, slots in expected.items() if slots}
    assert plan.faulty_rows == {number for number, slots in expected.items() if not slots}


def test_sessions_are_known_by_any_of_their_names(
    desk: Any, session: Session, event: Event
) -> None:
    session.add(
        MeetingSession(
            event_id=event.id, id="pm", names={"fr": "Après-midi, jour 1", "en": "Afternoon"},
            day=cast.DAY, starts=time(14), ends=time(17),
        )
    )  # fmt: skip
    session.commit()
    desk.take(
        "participants", ("Email", "Sessions"),
        ("a@x.example", "apres-midi, JOUR 1"), ("b@x.example", "am, Afternoon"),
        ("c@x.example", "all"),
    )  # fmt: skip
    rows = session.execute(
        select(Participant.email, Attendance.session_id).join(
            Attendance, Attendance.participant_id == Participant.id
        )
    ).all()
    assert [tuple(row) for row in rows] == [("a@x.example", "pm")]
    assert session.scalars(select(Absence.slot_id)).all() == []


def test_sessions_without_a_name_of_their_own_are_called_by_day_and_hours(
    desk: Any, session: Session, event: Event
) -> None:
    for row in session.scalars(select(MeetingSession)):
        row.names = {}
        day, hours = row.day, f"{row.starts:%H:%M}-{row.ends:%H:%M}"
    session.flush()
    header = ("Email", "Sessions")
    [(_row, column, sentence)] = desk.sentences("participants", header, ("a@b.example", "Evening"))
    assert column == "Sessions"
    assert f"{day} {hours}" in sentence
    assert desk.sentences("participants", header, ("a@b.example", f"{day} {hours}")) == []


@pytest.mark.parametrize(
    "address",
    [
        "amal@x.example", "a.b+c_d-e@mail.x-y.example.org", "AMAL@X.Example", "a@b.c",
        "amal@localhost", "amal@x.local", "amal@x.TEST", "amal@x.invalid", "amal@test",
        "amal@x", "amal@x.1", "amal@x.y1", "@x.example", "amal@", "a..b@x.example",
        ".a@x.example", "a.@x.example", "a@-x.example", "a@x-.example", "a@x--y.example",
        "a@ab--y.example", "a@x..example", "a@xn--a.example", "a@b@x.example", "é@x.example",
        "a@é.example", "a@x.exämple", "a\u0131@x.example", "a@x.example.", "o'neil@x.example",
        f"{'a' * 70}@x.example", f"a@{'x' * 70}.example", f"a@{'x.' * 140}example", "٣@x.example",
    ],
)  # fmt: skip
def test_an_address_is_taken_where_the_validator_takes_it(desk: Any, address: str) -> None:
    """Plain ones are let through without it."""
    try:
        validate_email(address, check_deliverability=False)
        is_taken = True
    except EmailNotValidError:
        is_taken = False
    try:
        assert cells.email(address) == address
        assert is_taken
    except cells.CellFault:
        assert not is_taken
