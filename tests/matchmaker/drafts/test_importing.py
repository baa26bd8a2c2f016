"""A file of meetings becomes a draft: judged by every rule, row by row, and never published."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.drafts.importing.base import imported_draft
from matchmaker.drafts.importing.planning import MeetingPlan
from matchmaker.drafts.models import Change
from matchmaker.drafts.opening import open_draft
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.exports.formats import as_csv, as_json, as_xlsx
from matchmaker.exports.tables import Source, meetings
from matchmaker.imports.models import Import
from matchmaker.imports.services import add_import, plan_import, take_over
from matchmaker.participants.models import Absence, Participant
from matchmaker.schedules.models import Publication, ScheduledMeeting, Version
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.spreadsheets.reading import read_paste, read_table

HEADER = "Day\tStart\tEnd\tPlace\tFirst person\tSecond person\tInterpreter"
DAY = "2026-10-14"


@pytest.fixture
def event(session: Session) -> Event:
    """Four slots and two tables; Amal meets Bilal at 09:00 as published; others wish as well."""
    event = cast.make_event(session)
    cast.make_slots(session, event)
    for code in ("T01", "T02"):
        cast.make_place(session, event, code)
    cast.make_place(session, event, "WEB1", kind="online")
    people = {
        name: cast.make_participant(session, event, name)
        for name in ("Amal", "Bilal", "Chen", "Dina", "Ester")
    }
    cast.make_wish(session, people["Amal"], people["Bilal"])
    cast.make_wish(session, people["Chen"], people["Dina"])
    cast.make_version(
        session, event, [{"people": ["amal", "bilal"], "slot": "d1-0900", "place": "T01"}]
    )
    cast.make_organiser(session, event)
    session.commit()
    return event


def line(first: str, second: str, start: str, place: str, end: str = "", more: str = "") -> str:
    cells = (DAY, start, end, place, f"{first}@people.example", f"{second}@people.example", more)
    return "\t".join(cells)


def upload(session: Session, event: Event, *lines: str) -> Import:
    table = read_paste("\n".join((HEADER, *lines)))
    account = cast.make_account(session, f"U{len(lines)}{session.scalar(_imports())}")
    return add_import(session, event, account, kind="meetings", table=table, file_name="m.csv")


def _imports() -> object:
    return select(func.count()).select_from(Import)


def plan(session: Session, event: Event, *lines: str) -> MeetingPlan:
    found = plan_import(session, event, upload(session, event, *lines))
    assert isinstance(found, MeetingPlan)
    return found


def times(session: Session, version: Version | None) -> dict[str, str]:
    assert version is not None
    return {row.id: f"{row.slot_id} {row.place_code}" for row in meetings_of(session, version)}


def test_a_file_becomes_a_draft_and_nothing_is_published(session: Session, event: Event) -> None:
    before = published_version(session, event.id)
    row = upload(
        session, event,
        line("chen", "dina", "09:25", "T02", "09:45"), line("bilal", "amal", "9:50", "t02"),
    )  # fmt: skip
    assert take_over(session, event, row) == {"new": 1, "changed": 1, "faulty": 0, "unchanged": 0}
    draft = imported_draft(session, event)
    assert draft is not None
    assert draft.is_open
    assert draft.base_id == (before.id if before else "")
    assert times(session, draft) == {
        "amal~bilal": "d1-0950 T02", "chen~dina": "d1-0925 T02",
    }  # fmt: skip
    assert published_version(session, event.id) is before
    assert times(session, before) == {"amal~bilal": "d1-0900 T01"}


def test_the_same_file_again_changes_nothing_and_makes_no_second_draft(
    session: Session, event: Event
) -> None:
    lines = (line("chen", "dina", "09:25", "T02"), line("amal", "bilal", "09:50", "T02"))
    take_over(session, event, upload(session, event, *lines))
    again = upload(session, event, *lines)
    assert plan_import(session, event, again).counts["unchanged"] == 2
    assert take_over(session, event, again)["unchanged"] == 2
    drafts = select(func.count()).select_from(Version).where(Version.revision.is_not(None))
    assert session.scalar(drafts) == 1


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_what_is_exported_comes_in_unchanged_in_every_form_and_language(
    session: Session, event: Event, ending: str
) -> None:
    for language in ("fr", "ar", "en"):
        table = meetings(Source(session, event, language))
        made = {
            "xlsx": lambda table=table: as_xlsx([table], "fr"),
            "csv": lambda table=table: as_csv(table),
            "json": lambda table=table: as_json([table]),
        }[ending]()
        account = cast.make_account(session, f"Reader-{language}")
        found = read_table(made, f"meetings.{ending}")
        row = add_import(session, event, account, kind="meetings", table=found, file_name="m")
        counts = plan_import(session, event, row).counts
        assert counts == {"new": 0, "changed": 0, "unchanged": 1, "clashing": 0, "faulty": 0}


def test_without_a_published_schedule_the_file_is_the_draft(session: Session, event: Event) -> None:
    session.delete(session.get_one(Publication, event.id))
    session.commit()
    take_over(session, event, upload(session, event, line("chen", "dina", "09:25", "T02")))
    draft = imported_draft(session, event)
    assert times(session, draft) == {"chen~dina": "d1-0925 T02"}


@pytest.mark.parametrize(
    ("wrong", "column", "sentence"),
    [
        (line("nobody", "dina", "09:25", "T02"), "First person", "Nobody here has the e-mail"),
        (line("chen", "chen", "09:25", "T02"), "Second person", "stands here twice"),
        (line("chen", "dina", "09:26", "T02"), "Start", "No slot begins on"),
        (line("chen", "dina", "soon", "T02"), "Start", "is no time"),
        (line("chen", "dina", "09:25", "T02", "09:50"), "End", "No slot ends at 09:50"),
        (line("chen", "dina", "09:25", "T09"), "Place", "There is no place T09"),
        (line("chen", "dina", "09:25", "WEB1"), "Place", "WEB1 cannot be here"),
        (line("chen", "dina", "09:25", "T02", "", "Idris"), "Interpreter", "There is no interpr"),
        (line("chen", "dina", "09:25", ""), "", "takes place at a table or a stand"),
        (line("chen", "dina", "09:00", "T01"), "", "is taken at"),
        (line("amal", "dina", "09:00", "T02"), "", "has another meeting at"),
    ],
)
def test_each_faulty_row_is_named_with_column_and_reason(
    session: Session, event: Event, wrong: str, column: str, sentence: str
) -> None:
    found = plan(session, event, line("ester", "dina", "10:15", "T02"), wrong)
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, column)]
    assert sentence in found.faults[0].sentence
    assert "<" not in found.faults[0].sentence
    assert found.counts["new"] == 1


def test_who_is_absent_withdrawn_or_unwilling_meets_nobody(session: Session, event: Event) -> None:
    session.add(Absence(event_id=event.id, participant_id="chen", slot_id="d1-0925"))
    session.get_one(Participant, (event.id, "ester")).state = "withdrawn"
    amal = session.get_one(Participant, (event.id, "amal"))
    cast.make_wish(session, amal, session.get_one(Participant, (event.id, "dina")), "never")
    session.commit()
    found = plan(
        session, event,
        line("chen", "dina", "09:25", "T02"), line("ester", "bilal", "09:50", "T02"),
        line("amal", "dina", "10:15", "T02"),
    )  # fmt: skip
    assert [fault.row for fault in found.faults] == [2, 3, 4]
    assert found.rows == []


def test_a_row_that_relies_on_a_faulty_one_is_faulty_too(session: Session, event: Event) -> None:
    """Amal and Bilal cannot leave T01, so nobody else can take it."""
    found = plan(
        session, event,
        line("amal", "bilal", "09:25", ""), line("chen", "dina", "09:00", "T01"),
    )  # fmt: skip
    assert found.counts["faulty"] == 0  # an empty cell keeps the table
    found = plan(
        session, event,
        line("amal", "bilal", "09:25", "-"), line("chen", "dina", "09:00", "T01"),
    )  # fmt: skip
    assert [fault.row for fault in found.faults] == [2, 3]


def test_two_rows_of_one_meeting_contradict_or_count_once(session: Session, event: Event) -> None:
    one, other = line("chen", "dina", "09:25", "T02"), line("dina", "chen", "09:50", "T02")
    assert plan(session, event, one, other).counts["faulty"] == 2
    again = plan(session, event, one, one)
    assert (again.counts["new"], again.counts["unchanged"]) == (1, 1)


def test_what_nobody_wished_for_and_what_the_file_leaves_out_is_said(
    session: Session, event: Event
) -> None:
    said = [
        row.sentence for row in plan(session, event, line("amal", "dina", "09:25", "T01")).remarks
    ]
    assert said == [
        "Nobody has wished for this meeting.", "1 meeting is not in the file; it stays as it is.",
    ]  # fmt: skip


def test_a_locked_meeting_of_the_draft_stays(session: Session, event: Event) -> None:
    take_over(session, event, upload(session, event, line("chen", "dina", "09:25", "T02")))
    draft = imported_draft(session, event)
    assert draft is not None
    key = (event.id, draft.id, "chen~dina")
    session.get_one(ScheduledMeeting, key).locked = True
    session.commit()
    found = plan(session, event, line("chen", "dina", "09:50", "T02"))
    assert "is locked" in found.faults[0].sentence


def test_what_changed_since_the_preview_is_looked_at_again(session: Session, event: Event) -> None:
    row = upload(session, event, line("chen", "dina", "09:25", "T02"))
    seen = plan_import(session, event, row).fingerprint
    session.get_one(Participant, (event.id, "dina")).state = "withdrawn"
    session.commit()
    with pytest.raises(Refusal, match="was changed since this preview"):
        take_over(session, event, row, fingerprint=seen)
    assert imported_draft(session, event) is None


def test_the_change_stands_in_the_log_of_the_draft_and_can_be_undone(
    client: FlaskClient, session: Session, event: Event
) -> None:
    row = upload(session, event, line("chen", "dina", "09:25", "T02"))
    take_over(session, event, row)
    change = session.scalars(select(Change).where(Change.kind == "import")).one()
    assert change.before == {"chen~dina": None}
    assert change.account_id == row.created_by


def test_from_the_export_by_the_pages_to_the_draft(
    client: FlaskClient, session: Session, event: Event
) -> None:
    dounia = cast.make_organiser(session, event, "Dora")
    session.commit()
    cast.sign_in(client, dounia)
    exported = client.get(f"/organise/{event.id}/exports/meetings.json").json
    exported[0] |= {"Start": "09:50", "End": "10:10"}
    home = f"/organise/{event.id}/imports/"
    cells = "\n".join(["\t".join(exported[0]), "\t".join(exported[0].values())])
    shown = client.post(home, data={"kind": "meetings", "cells": cells}).location
    page = client.get(shown).text
    assert "Nothing is published by an import" in page
    mark = page.split('name="fingerprint" value="')[1].split('"')[0]
    client.post(shown, data={"choice": "keep", "fingerprint": mark})
    page = client.get(shown).text
    assert "Look at the draft" in page
    draft = imported_draft(session, event)
    assert times(session, draft) == {"amal~bilal": "d1-0950 T01"}
    board = page.split('">Look at the draft')[0].split('href="')[-1]
    assert "Amal Test" in client.get(board).text


def test_a_draft_by_hand_is_left_alone(session: Session, event: Event) -> None:
    published = published_version(session, event.id)
    assert published is not None
    by_hand = open_draft(session, event, published)
    take_over(session, event, upload(session, event, line("chen", "dina", "09:25", "T02")))
    assert times(session, by_hand) == {"amal~bilal": "d1-0900 T01"}
