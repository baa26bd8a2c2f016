"""What comes out of the printer: languages, hostile names, QR codes, pages, packs."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import cast
import pypdf
import pytest
import segno
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from matchmaker.agendas import packs, worker
from matchmaker.agendas.models import PrintPack
from matchmaker.agendas.packs import KEPT_FOR, PACKS
from matchmaker.agendas.printing import BATCH, print_many, print_one
from matchmaker.agendas.queries import agenda_of, agendas_of, cards_of
from matchmaker.agendas.services import ask_for_pack
from matchmaker.agendas.sheets import agenda_sheet, card_sheet, inert, live_address, qr_svg
from matchmaker.database import db, now
from matchmaker.jobs.claims import STALE_AFTER, Lost

A4 = (595, 842)


def pages_of(data: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(data)).pages)


def words_of(data: bytes) -> set[str]:
    text = " ".join(page.extract_text() for page in pages_of(data))
    text = re.sub("[\u2066-\u2069\u200b]", "", text)
    return set(re.sub(r"(\d\d:\d\d–\d\d:\d\d)", r" \1 ", text).split())


def sheet_of(session: Session, forum: Any, person: str, **changes: Any) -> bytes:
    agenda = agenda_of(session, forum.event, forum.version, person)
    return print_one("agenda", agenda_sheet(replace(agenda, **changes)), "Agenda")


def test_arabic_agenda_holds_real_arabic_words(session: Session, forum: Any) -> None:
    words = words_of(sheet_of(session, forum, "dima"))
    assert {"ديمة", "المشتريات", "شركة", "الأطلس", "للمياه", "منتدى", "الماء", "أكتوبر"} <= words
    assert {"Bilal", "Haddad", "T01", "S01"} <= words


def test_arabic_name_in_a_french_agenda(session: Session, forum: Any) -> None:
    words = words_of(sheet_of(session, forum, "amal"))
    assert {"ديمة", "المشتريات", "للمياه", "mercredi", "octobre", "Maroc"} <= words


def test_sheet_is_accessible_a4_with_title_and_print_time(session: Session, forum: Any) -> None:
    data = sheet_of(session, forum, "bilal")
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Agenda"
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == list(A4)
    text = reader.pages[0].extract_text()
    assert "Version 1 · printed" in text
    assert "Wednesday, 14 October 2026" in text


HOSTILE = [
    "*Inc* _b_ `c`",
    "#1 $x$ @y <z> \\ // ~",
    "<SAS>",
    '#read("/etc/passwd") #panic()',
    "\u202eRight to left override\u202c",
    "A\u2069B\u2069C",
    "x" * 300,
    "Wolfeschlegelsteinhausenbergerdorff " * 9,
    "م" * 300,
]


def test_hostile_names_stay_text_and_keep_the_page(session: Session, forum: Any) -> None:
    agenda = agenda_of(session, forum.event, forum.version, "bilal")
    meeting = agenda.meetings[0]
    rows = tuple(
        replace(meeting, partners=(replace(meeting.partners[0], name=name, organisation=name),))
        for name in HOSTILE
    )
    sheet = agenda_sheet(replace(agenda, meetings=rows, person=replace(agenda.person, name="#x*")))
    data = print_one("agenda", sheet, "#panic()")
    words = words_of(data)
    assert {"*Inc*", "_b_", "`c`", "#1", "$x$", "@y", "<z>", "<SAS>", "#panic()", "#x*"} <= words
    assert not any("root:" in word for word in words)
    for page in pages_of(data):
        assert rightmost(page) <= A4[0] - 40


def rightmost(page: pypdf.PageObject) -> float:
    """Where text begins farthest to the right."""
    found = [0.0]

    def look(text: str, _cm: Any, matrix: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            found.append(float(matrix[4]))

    page.extract_text(visitor_text=look)
    return max(found)


def test_direction_marks_of_a_name_end_with_it() -> None:
    assert inert("A\u202eB\u2069") == "\u2068AB\u2069"
    assert inert("") == ""
    assert inert("x" * 50) == "\u2068" + "x" * 24 + "\u200b" + "x" * 24 + "\u200bxx\u2069"


def test_qr_code_leads_to_the_live_agenda(session: Session, forum: Any) -> None:
    sheet = agenda_sheet(agenda_of(session, forum.event, forum.version, "amal"))
    assert sheet["url"] == f"http://forum.example/a/{forum.amal.agenda_secret}"
    assert sheet["qr"] == qr_svg(sheet["url"])
    assert sheet["qr"] != qr_svg(live_address(forum.chen.agenda_secret))
    drawn = io.BytesIO()
    segno.make_qr(sheet["url"], error="m").save(
        drawn, kind="svg", border=2, xmldecl=False, nl=False
    )
    assert sheet["qr"] == drawn.getvalue().decode()
    annotations = pages_of(sheet_of(session, forum, "amal"))[0]["/Annots"]
    links = {note.get_object()["/A"]["/URI"] for note in annotations}
    assert links == {sheet["url"]}


def test_card_is_one_page_per_day_with_everybody(session: Session, forum: Any) -> None:
    card = next(card for card in cards_of(session, forum.event, forum.version, ["S01"]))
    data = print_one("card", card_sheet(card), card.spot.code)
    words = words_of(data)
    assert len(pages_of(data)) == 1
    assert {"S01", "Amal", "Bilal", "Haddad", "ديمة", "Énergie"} <= words


def test_many_sheets_begin_each_on_a_page_of_their_own(
    session: Session, forum: Any, tmp_path: Path
) -> None:
    agendas = agendas_of(session, forum.event, forum.version) * 3
    beats: list[int] = []
    path = tmp_path / "pack.pdf"
    print_many("agenda", agendas, agenda_sheet, path, beats.append)
    pages = pages_of(path.read_bytes())
    assert len(pages) == len(agendas) == 12
    assert beats == [*range(BATCH, 12, BATCH), 12]
    for page, agenda in zip(pages, agendas, strict=True):
        assert set(agenda.person.name.split()) <= set(page.extract_text().split())
    assert list(tmp_path.glob("tmp*")) == []


@pytest.fixture
def pack(session: Session, forum: Any) -> PrintPack:
    return ask_for_pack(session, forum.event, "cards", forum.dounia.id)


def key_of(session: Session, pack: PrintPack) -> tuple[str, str]:
    """Workers write through connections of their own: this one ends its reading before."""
    key = (pack.event_id, pack.id)
    session.rollback()
    return key


def age(session: Session, pack: PrintPack) -> None:
    """As if its worker had not been heard of for long."""
    session.execute(update(PrintPack).values(beat_at=now() - 2 * STALE_AFTER))
    session.commit()


def test_a_pack_is_taken_by_one_worker(session: Session, pack: PrintPack) -> None:
    key = key_of(session, pack)
    assert PACKS.claim(db.engine, key) == 1
    assert PACKS.claim(db.engine, key) is None
    assert PACKS.left_behind(db.engine) == []


def test_a_pack_whose_worker_died_is_printed_by_another(
    app: Flask, session: Session, pack: PrintPack, tmp_path: Path
) -> None:
    key = key_of(session, pack)
    PACKS.claim(db.engine, key)
    age(session, pack)
    assert PACKS.left_behind(db.engine) == [key]
    worker.work_off(db.engine, key, tmp_path)
    session.expire_all()
    assert (pack.state, pack.attempt, pack.printed, pack.sheets) == ("done", 2, 3, 3)
    assert len(pages_of((tmp_path / str(pack.file_name)).read_bytes())) == 3


def test_a_worker_that_was_overtaken_leaves_no_trace(
    session: Session, pack: PrintPack, tmp_path: Path
) -> None:
    key = key_of(session, pack)
    PACKS.claim(db.engine, key)
    age(session, pack)
    assert PACKS.claim(db.engine, key) == 2
    with pytest.raises(Lost):
        PACKS.write(db.engine, key, 1, state="done", file_name="late.pdf")
    session.expire_all()
    assert (pack.state, pack.file_name) == ("running", None)


def test_a_pack_that_cannot_be_printed_says_so(
    app: Flask, session: Session, pack: PrintPack, tmp_path: Path
) -> None:
    session.execute(update(PrintPack).values(version_number=99))
    session.commit()
    worker.work_off(db.engine, key_of(session, pack), tmp_path)
    session.expire_all()
    assert (pack.state, pack.file_name) == ("failed", None)
    assert list(tmp_path.glob("*.pdf")) == []


def test_what_a_killed_worker_left_is_removed_after_a_day(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    for name in ("old", "new"):
        (folder / name).mkdir(parents=True)
        (folder / name / "0.pdf").write_bytes(b"%PDF-")
        (folder / f"{name}.pdf").write_bytes(b"%PDF-")
    old = (now() - 2 * KEPT_FOR).timestamp()
    os.utime(folder / "old", (old, old))
    os.utime(folder / "old.pdf", (old, old))
    assert packs.remove_old(session, folder) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["new", "new.pdf"]


def test_after_three_attempts_a_pack_is_given_up(session: Session, pack: PrintPack) -> None:
    key = key_of(session, pack)
    for attempt in (1, 2, 3):
        assert PACKS.claim(db.engine, key) == attempt
        age(session, pack)
    assert PACKS.left_behind(db.engine) == []
    session.expire_all()
    assert pack.state == "failed"


def test_a_second_event_is_not_printed_along(session: Session, forum: Any) -> None:
    other = cast.make_event(session, "other")
    cast.make_participant(session, other, "Ester")
    names = {agenda.person.name for agenda in agendas_of(session, forum.event, forum.version)}
    assert "Ester Test" not in names
