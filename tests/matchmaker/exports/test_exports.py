"""What goes out comes in again as it was: nobody doubled, nothing changed, no formula run."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.exports import formats, setup, tables
from matchmaker.exports.tables import Source, Table
from matchmaker.imports import services
from matchmaker.imports.models import Import
from matchmaker.migrations import metadata
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.organisations.services import find_or_add_organisation
from matchmaker.participants.models import Absence, Participant
from matchmaker.participants.naming import erased_reference
from matchmaker.participation.services import add_type
from matchmaker.spreadsheets.reading import Table as ReadTable
from matchmaker.spreadsheets.reading import read_table
from matchmaker.spreadsheets.workbook import read_workbook
from matchmaker.vocabularies.models import Term
from matchmaker.wishes.models import Wish

FORMULA = "=cmd|'/c calc'!A0"
LANGUAGES = ("en", "fr", "ar")
ENDINGS = ("xlsx", "csv", "json")


@pytest.fixture
def forum(session: Session) -> Event:
    """People and organisations with something in every field, some of it awkward."""
    event = make_forum(session, "forum")
    bahr = find_or_add_organisation(
        session, event, "Bahr; Fils | Cie", description="Two\r\nlines", website="https://b.example",
        street="1, rue", postal_code="20 000", city="Casablanca", country="MA",
        target_countries=["FR", "TN"], spoken=["fr", "ar"], projects=FORMULA, stories="-x",
        terms={"type": ["sme"], "sector": sectors(session, event)},
    )  # fmt: skip
    find_or_add_organisation(session, event, "Nobody's")
    cast.make_participant(
        session, event, "Amal", organisation_id=bahr.id, type_code="buyer", spoken=["ar", "fr"],
        job=FORMULA, phone="+212 5", reference="R-1", seats=2, language="ar", place_id="S1",
        delegation_id="d", max_meetings=3,
    )  # fmt: skip
    cast.make_participant(session, event, "Bilal", state="rejected", remote=True)
    cast.make_participant(
        session, event, "Chen", state="withdrawn", email="", email_key=None, reference="C; 1"
    )
    cast.make_participant(session, event, "Dina", state="registered", last_name="\"Q\", 'q'")
    cast.make_participant(
        session, event, "Gone", email="", email_key=None, reference=erased_reference("gone")
    )
    session.add(Absence(event_id=event.id, participant_id="amal", slot_id="d1-0925"))
    amal, dina = (session.get_one(Participant, (event.id, name)) for name in ("amal", "dina"))
    cast.make_wish(session, amal, dina, "top", message="One\r\ntwo", position=1)
    cast.make_wish(session, dina, amal, "never", state="declined", position=2)
    session.add(Wish(event_id=event.id, from_id="dina", to_organisation_id=bahr.id, grade="like"))
    cast.make_version(
        session, event, [{"people": ["amal", "dina"], "slot": "d1-0900", "place": "S1"}]
    )
    session.commit()
    return event


def make_forum(session: Session, slug: str) -> Event:
    event = cast.make_event(session, slug)
    cast.make_slots(session, event, 3)
    cast.make_place(session, event, "S1", kind="stand")
    add_type(session, event, {"en": "Buyer"}).names = {"en": "Buyer", "fr": "Acheteur; grand"}
    session.add(Delegation(event_id=event.id, id="d", code="cise", names={}))
    session.commit()
    return event


def sectors(session: Session, event: Event) -> list[str]:
    """Two codes of the list that every event begins with."""
    query = select(Term.code).where(Term.event_id == event.id, Term.kind == "sector")
    return list(session.scalars(query.order_by(Term.code).limit(2)))


def made(session: Session, event: Event, kind: str, language: str = "en") -> Table:
    make: dict[str, Any] = {
        "participants": tables.participants,
        "organisations": tables.organisations,
        "wishes": tables.wishes,
    }
    table: Table = make[kind](Source(session, event, language))
    return table


def through(table: Table, ending: str, language: str = "en") -> ReadTable:
    """Written as a file and read as an upload is."""
    write = {
        "xlsx": lambda: formats.as_xlsx([table], language),
        "csv": lambda: formats.as_csv(table),
        "json": lambda: formats.as_json([table]),
    }
    return read_table(write[ending](), f"x.{ending}")


def taken(
    session: Session, event: Event, kind: str, table: ReadTable
) -> tuple[dict[str, int], list[str]]:
    """Uploaded as a file: what the preview counts, and its faults."""
    organiser = cast.make_account(session, f"O{datetime.now(UTC).timestamp()}")
    row = services.add_import(session, event, organiser, kind=kind, table=table, file_name="x")
    plan = services.plan_import(session, event, row)
    faults = [fault.sentence for fault in plan.faults]
    counts = dict(plan.counts)
    services.take_over(session, event, row)
    return counts, faults


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", ["participants", "organisations", "wishes"])
def test_an_export_imported_again_changes_nothing(
    app: Flask, session: Session, forum: Event, kind: str, ending: str
) -> None:
    before = dump(session)
    table = made(session, forum, kind)
    assert len(table.rows) == {"participants": 4, "organisations": 2, "wishes": 3}[kind]
    counts, faults = taken(session, forum, kind, through(table, ending))
    assert faults == []
    assert counts == {
        "new": 0, "changed": 0, "clashing": 0, "faulty": 0, "unchanged": len(table.rows),
    }  # fmt: skip
    assert dump(session) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(app: Flask, session: Session, forum: Event, language: str) -> None:
    for kind in ("participants", "organisations", "wishes"):
        table = made(session, forum, kind, language)
        counts, faults = taken(session, forum, kind, through(table, "xlsx", language))
        assert (faults, counts["unchanged"]) == ([], len(table.rows))


@pytest.mark.parametrize("ending", ENDINGS)
def test_another_event_gets_the_same_people_and_wishes(
    app: Flask, session: Session, forum: Event, ending: str
) -> None:
    other = make_forum(session, "other")
    for kind in ("participants", "organisations", "wishes"):
        _counts, faults = taken(session, other, kind, through(made(session, forum, kind), ending))
        assert faults == []
    for kind in ("participants", "organisations", "wishes"):
        here, there = made(session, forum, kind), made(session, other, kind)
        assert sorted(there.rows) == sorted(here.rows)
    counts, _faults = taken(
        session, other, "participants", through(made(session, forum, "participants"), ending)
    )
    assert counts["unchanged"] == 4


def dump(session: Session) -> dict[str, list[Any]]:
    """What an import could have changed."""
    session.expire_all()
    models = (Participant, Organisation, Wish, Absence, Term)
    skipped = {"imported"}
    return {
        model.__tablename__: sorted(
            (
                tuple(str(value) for key, value in row.items() if key not in skipped)
                for row in session.execute(select(model.__table__)).mappings()
            ),
        )
        for model in models
    }


@pytest.fixture
def organiser(client: FlaskClient, session: Session, forum: Event) -> FlaskClient:
    cast.sign_in(client, cast.make_organiser(session, forum))
    return client


def test_a_formula_is_inert_in_every_file(organiser: FlaskClient, forum: Event) -> None:
    base = f"/organise/{forum.id}/exports"
    text = organiser.get(f"{base}/participants.csv").data.decode("utf-8-sig")
    assert f'"\'{FORMULA}"' in text
    assert f'"{FORMULA}"' not in text
    book = zipfile.ZipFile(io.BytesIO(organiser.get(f"{base}/participants.xlsx").data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert FORMULA.replace("'", "&apos;") in book.read("xl/sharedStrings.xml").decode() or (
        FORMULA in book.read("xl/sharedStrings.xml").decode()
    )


def test_everything_comes_as_one_file(organiser: FlaskClient, forum: Event) -> None:
    base = f"/organise/{forum.id}/exports/everything"
    found = json.loads(organiser.get(f"{base}.json").data)
    assert list(found)[:4] == ["participants", "organisations", "wishes", "meetings"]
    assert [row["First name"] for row in found["participants"]] == ["Dina", "Amal", "Bilal", "Chen"]
    assert found["meetings"] == [
        {"Day": "2026-10-14", "Start": "09:00", "End": "09:20", "Place": "S1",
         "First person": "amal@people.example", "First organisation": "Bahr; Fils | Cie",
         "Second person": "dina@people.example"}
    ]  # fmt: skip
    assert found["event"][0]["slug"] == "forum"
    assert {row["code"] for row in found["place"]} == {"S1"}
    names = zipfile.ZipFile(io.BytesIO(organiser.get(f"{base}.csv").data)).namelist()
    assert {"participants.csv", "wishes.csv", "slot.csv"} <= set(names)
    assert read_workbook(organiser.get(f"{base}.xlsx").data).header[0] == "Email"


def test_every_table_is_set_up_or_is_not() -> None:
    """A new table must be put on one side."""
    people = {
        "participant", "absence", "attendance", "answer", "answer_option", "participant_seat",
        "agenda_known", "booking", "bookmark", "cancellation", "cancelled_meeting",
        "catalogue_number", "entry", "entry_term", "meeting_note", "move_request", "notice",
        "stopped_kind", "wish", "wish_entry", "remark", "registration", "rest_wish", "pause_taker",
        "mailing_recipient", "programme_signup",
    }  # fmt: skip
    organisations = {"organisation", "organisation_term", "member_count", "logo", "look_picture"}
    schedules = {
        "run", "version", "publication", "scheduled_meeting", "unplaced_meeting", "person_booking",
        "place_booking", "interpreter_booking", "draft_change", "capacity_study", "print_pack",
        "printed_sheet", "place_seat",
    }  # fmt: skip
    accounts = {
        "account", "login", "sign_in_link", "password_tries", "membership", "mail", "mailing",
        "list_columns", "journal_entry", "import", "document", "document_stamp", "outdated",
    }  # fmt: skip
    rest = people | organisations | schedules | accounts
    assert set(metadata().tables) - rest == set(setup.TABLES)


def test_only_those_whom_the_filter_finds(organiser: FlaskClient, forum: Event) -> None:
    base = f"/organise/{forum.id}/exports/participants.json"
    assert len(json.loads(organiser.get(base).data)) == 4
    some = json.loads(organiser.get(f"{base}?country=MA").data)
    assert [row["First name"] for row in some] == ["Amal"]
    assert json.loads(organiser.get(f"{base}?country=XX").data) == []


def test_nobodys_secret_goes_out(organiser: FlaskClient, session: Session, forum: Event) -> None:
    text = organiser.get(f"/organise/{forum.id}/exports/everything.json").text
    secrets = session.scalars(select(Participant.agenda_secret)).all()
    assert [secret for secret in secrets if secret in text] == []
    assert "erased-gone" not in text


def test_what_is_no_export_does_not_exist(organiser: FlaskClient, forum: Event) -> None:
    for name in ("participants.pdf", "secrets.csv", "everything.zip"):
        assert organiser.get(f"/organise/{forum.id}/exports/{name}").status_code == 404
    assert organiser.get(f"/organise/{forum.id}/exports/").status_code == 200


def test_json_uploaded_on_the_page_is_previewed(
    organiser: FlaskClient, session: Session, forum: Event
) -> None:
    data = json.dumps([{"Email": "new@people.example", "Seats": 2, "Remote": True}]).encode()
    answer = organiser.post(
        f"/organise/{forum.id}/imports/",
        data={"kind": "participants", "file": (io.BytesIO(data), "x.json")},
        follow_redirects=True,
    )
    assert "new@people.example" in answer.text
    [row] = session.scalars(select(Import)).all()
    assert row.rows["rows"] == [[2, ["new@people.example", "2", "Yes"]]]


@pytest.mark.parametrize("text", ["{", "[1]", '{"a": 1}', '[{"Email": {"x": 1}}]', "[" * 100_000])
def test_json_that_is_no_list_is_refused(
    organiser: FlaskClient, session: Session, forum: Event, text: str
) -> None:
    answer = organiser.post(
        f"/organise/{forum.id}/imports/",
        data={"kind": "participants", "file": (io.BytesIO(text.encode()), "x.json")},
    )
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert db.session.scalar(select(func.count()).select_from(Import)) == 0
