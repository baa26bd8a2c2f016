"""The print centre: what each kind of sheet says, for whom, in which language, and what is printed
again after a change.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import cast
import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas import worker
from matchmaker.agendas.models import PrintedSheet, PrintPack
from matchmaker.agendas.printing import print_sheets
from matchmaker.agendas.prints import PRINTS, digest_of
from matchmaker.agendas.rosters import EVERYBODY, Chosen
from matchmaker.agendas.services import ask_for_pack
from matchmaker.database import db
from matchmaker.events.models import PlaceSeat
from matchmaker.organisations.models import Delegation
from matchmaker.segments.models import Segment

A3_LANDSCAPE = (1191, 842)


def texts(
    session: Session, forum: Any, kind: str, language: str = "en", **chosen: str
) -> list[str]:
    """The text layer of each sheet of a kind, marks of direction aside."""
    wanted = PRINTS[kind]
    found = []
    for source in wanted.load(session, forum.event, forum.version, Chosen(**chosen)):
        pdf = print_sheets(wanted.template, [wanted.sheet(source, language)], kind)
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        text = " ".join(page.extract_text() for page in pages)
        found.append(" ".join(re.sub("[\u2066-\u2069\u200b]", "", text).split()))
    return found


def test_a_stand_list_says_who_comes_to_those_who_stand_there(session: Session, forum: Any) -> None:
    (sheet,) = texts(session, forum, "stands")
    for said in ("S01", "Bilal Haddad", "09:00", "10:15", "المشتريات", "Arabic", "Water forum"):
        assert said in sheet
    assert "Amal Test" in sheet.split("Who comes")[0]  # whose stand it is
    assert "Amal Test" not in sheet.split("Who comes")[1]


def test_an_interpreter_reads_where_and_between_whom(session: Session, forum: Any) -> None:
    (sheet,) = texts(session, forum, "interpreters")
    for said in ("Salma Idrissi", "Arabic, French, English", "09:25", "T01", "Bilal", "المشتريات"):
        assert said in sheet
    assert "S01" not in sheet  # where she is not needed


def test_a_delegation_has_a_sheet_of_its_people(session: Session, forum: Any) -> None:
    session.add(
        Delegation(event_id=forum.event.id, id="cise", code="CISE", names={"en": "Cluster"})
    )
    session.flush()
    forum.bilal.delegation_id = "cise"
    session.flush()
    (sheet,) = texts(session, forum, "delegations")
    for said in ("Cluster", "1 person", "Bilal Haddad", "09:00", "S01", "Amal Test", "T01"):
        assert said in sheet
    assert "Chen Test" not in sheet


def test_a_wall_plan_of_a_day_is_a3_with_places_against_times(session: Session, forum: Any) -> None:
    wanted = PRINTS["walls"]
    (wall,) = wanted.load(session, forum.event, forum.version, EVERYBODY)
    pdf = print_sheets(wanted.template, [wanted.sheet(wall, "fr")], "walls")
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A3_LANDSCAPE
    text = page.extract_text()
    for said in ("mercredi 14 octobre 2026", "09:00", "10:40", "S01", "T01", "Atlas Énergie"):
        assert said in text


def test_both_meetings_of_a_stand_with_two_seats_are_on_the_wall(
    session: Session, forum: Any
) -> None:
    session.add(PlaceSeat(event_id=forum.event.id, place_id="S01", seat=2))
    session.flush()
    second = {"people": ["chen", "dima"], "slot": "d1-0900", "place": "S01", "place_seat": 2}
    cast.book(session, forum.version, **second)
    (sheet,) = texts(session, forum, "walls")
    assert [sheet.count(who) for who in ("Bilal Haddad", "Chen Test")] == [2, 2]  # there and later


def test_the_desk_list_has_everybody_with_phone_and_first_meeting(
    session: Session, forum: Any
) -> None:
    forum.amal.phone = "+212 600 123 456"
    session.flush()
    (sheet,) = texts(session, forum, "desk")
    for said in ("Bilal Haddad", "Chen Test", "+212 600 123 456", "Wed 14 Oct", "S01"):
        assert said in sheet


def test_who_meets_whom_can_be_looked_up(session: Session, forum: Any) -> None:
    (sheet,) = texts(session, forum, "meets")
    bilal = sheet.split("Bilal Haddad", 1)[1]
    assert "Amal Test" in bilal
    assert "S01" in sheet


@pytest.mark.parametrize("kind", PRINTS)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_kind_is_set_in_every_language_with_version_and_time(
    session: Session, forum: Any, kind: str, language: str
) -> None:
    session.add(Delegation(event_id=forum.event.id, id="cise", code="CISE", names={}))
    session.flush()
    forum.bilal.delegation_id = "cise"
    session.flush()
    name = {"fr": "Forum de l’eau", "ar": "منتدى", "en": "Water forum"}[language]
    sheets = texts(session, forum, kind, language)
    assert sheets
    for sheet in sheets:
        assert name in sheet
        assert {"fr": "Version 1", "ar": "الإصدار", "en": "Version 1"}[language] in sheet


def test_agendas_of_some_people_only(session: Session, forum: Any) -> None:
    session.add(Delegation(event_id=forum.event.id, id="cise", code="CISE", names={}))
    session.flush()
    forum.bilal.delegation_id = "cise"
    session.flush()
    (only,) = PRINTS["agendas"].load(
        session, forum.event, forum.version, Chosen(delegation_id="cise")
    )
    assert only.person.id == "bilal"


def test_agendas_of_a_segment(session: Session, forum: Any) -> None:
    row = Segment(
        event_id=forum.event.id, id="s", name="Arabic", name_key="arabic",
        filter={"language": ["ar"]},
    )  # fmt: skip
    session.add(row)
    session.flush()
    load = PRINTS["agendas"].load
    chosen = Chosen(segment_id="s")
    found = load(session, forum.event, forum.version, chosen)
    assert [agenda.person.id for agenda in found] == ["dima"]
    session.delete(row)
    session.flush()
    assert not list(load(session, forum.event, forum.version, chosen))


def test_an_agenda_is_in_its_persons_language_or_in_a_chosen_one(
    session: Session, forum: Any
) -> None:
    agendas = PRINTS["agendas"].load(session, forum.event, forum.version, EVERYBODY)
    own = {a.person.id: PRINTS["agendas"].sheet(a, "")["language"] for a in agendas}
    assert own == {"amal": "fr", "bilal": "en", "chen": "en", "dima": "ar"}
    assert {PRINTS["agendas"].sheet(agenda, "fr")["language"] for agenda in agendas} == {"fr"}


def print_pack(session: Session, forum: Any, folder: Path, **options: Any) -> PrintPack:
    """Ask for agendas and print them as a worker does."""
    pack = ask_for_pack(session, forum.event, "agendas", forum.dounia.id, **options)
    key = (pack.event_id, pack.id)
    session.rollback()
    worker.work_off(db.engine, key, folder)
    session.expire_all()
    assert pack.state == "done"
    return pack


def sheets_in(pack: PrintPack, folder: Path) -> str:
    reader = pypdf.PdfReader(folder / str(pack.file_name))
    return " ".join(page.extract_text() for page in reader.pages)


def test_only_what_changed_is_printed_again(
    app: Flask, session: Session, forum: Any, tmp_path: Path
) -> None:
    """Version 2 moves the meeting of Bilal and Dima: their sheets are new, the others hold."""
    assert print_pack(session, forum, tmp_path).sheets == 4
    nothing = print_pack(session, forum, tmp_path, changed_only=True)
    assert (nothing.sheets, nothing.file_name) == (0, None)
    session.rollback()
    meetings = [
        {"people": ["amal", "bilal"], "slot": "d1-0900", "place": "S01"},
        {"people": ["bilal", "dima"], "slot": "d1-0925", "place": "Q01", "interpreter": "salma"},
        {"people": ["amal", "chen"], "slot": "d1-0950", "place": "Q01", "room": "R1"},
        {"people": ["dima", "amal"], "slot": "d1-1015", "place": "S01"},
    ]
    cast.make_version(session, forum.event, meetings, number=2)
    session.commit()
    changed = print_pack(session, forum, tmp_path, changed_only=True)
    assert changed.sheets == 2
    text = sheets_in(changed, tmp_path)
    assert "Version 2" in text
    assert "Bilal Haddad" in text
    assert "Chen Test" not in text  # whose meeting is with Amal: both sheets hold
    assert print_pack(session, forum, tmp_path, changed_only=True).sheets == 0


def test_somebodys_sheet_that_holds_no_longer_is_named(
    app: Flask, client: FlaskClient, session: Session, forum: Any, tmp_path: Path
) -> None:
    print_pack(session, forum, tmp_path)
    session.rollback()
    forum.chen.state = "withdrawn"
    cast.make_version(
        session,
        forum.event,
        [{"people": ["amal", "bilal"], "slot": "d1-0900", "place": "S01"}],
        number=2,
    )
    session.commit()
    pack = print_pack(session, forum, tmp_path, changed_only=True)
    assert pack.void == ["chen"]
    known = set(session.scalars(select(PrintedSheet.subject_id)))
    assert known == {"amal", "bilal", "dima"}
    address = f"/organise/{forum.event.id}/print/packs/{pack.id}"
    session.rollback()
    cast.sign_in(client, forum.dounia)
    page = client.get(address).text
    assert "Take these earlier sheets away" in page
    assert "Chen Test" in page


def test_a_new_language_and_a_new_qr_code_are_changes_too(session: Session, forum: Any) -> None:
    agendas = PRINTS["agendas"]

    def digest() -> str:
        rows = agendas.load(session, forum.event, forum.version, EVERYBODY)
        return digest_of(agendas.sheet(next(a for a in rows if a.person.id == "amal"), ""))

    first = digest()
    assert digest() == first  # though printed at another moment
    forum.amal.language = "en"
    session.flush()
    second = digest()
    forum.amal.agenda_secret = "another"
    session.flush()
    assert len({first, second, digest()}) == 3


def test_the_preview_shows_the_first_sheets_before_anything_is_printed(
    client: FlaskClient, session: Session, forum: Any
) -> None:
    cast.sign_in(client, forum.dounia)
    base = f"/organise/{forum.event.id}/print/agendas"
    page = client.get(f"{base}?language=fr").text
    assert "4 sheets of version 1" in page
    assert page.count("<img") == 3
    for number in range(3):
        answer = client.get(f"{base}/{number}.png?language=fr")
        assert answer.data.startswith(b"\x89PNG")
    assert client.get(f"{base}/3.png").status_code == 404
    assert client.get(f"{base}?language=tlh").status_code == 404
    assert client.get(f"/organise/{forum.event.id}/print/poems").status_code == 404
    assert session.scalars(select(PrintPack)).all() == []


def test_a_pack_keeps_what_was_chosen(client: FlaskClient, session: Session, forum: Any) -> None:
    cast.sign_in(client, forum.dounia)
    said = {"kind": "desk", "language": "ar", "type": "", "delegation": "cise", "changed": "yes"}
    client.post(f"/organise/{forum.event.id}/print/packs", data=said)
    pack = session.scalars(select(PrintPack)).one()
    assert (pack.kind, pack.language, pack.chosen, pack.changed_only) == (
        "desk",
        "ar",
        {"delegation_id": "cise"},
        True,
    )
