"""Every print wears the look of its event, and what was printed before still holds."""

from __future__ import annotations

import io
from typing import Any

import cast
import pictures
import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.agendas.looks import HIGHEST, PLAIN, WIDEST, look_on_paper
from matchmaker.agendas.printing import print_sheets
from matchmaker.agendas.prints import PRINTS, digest_of
from matchmaker.agendas.queries import agenda_of
from matchmaker.agendas.rosters import EVERYBODY
from matchmaker.agendas.sheets import agenda_sheet
from matchmaker.looks.services import set_look, set_picture
from matchmaker.organisations.models import Delegation

FOOTER = "Avec le soutien de la Région\ncontact@forum.example"
LONG = {"fr": "\n".join(["Partenaire " + "x" * 60] * 4), "ar": "بدعم من الجهة", "en": ""}


@pytest.fixture
def look(session: Session, forum: Any) -> dict[str, Any]:
    set_look(session, forum.event, colour="#7a1fa2", welcome={}, footers={"fr": FOOTER}, senders={})
    set_picture(session, forum.event, pictures.png(600, 300))
    session.add(Delegation(event_id=forum.event.id, id="cise", code="CISE", names={}))
    session.flush()
    forum.bilal.delegation_id = "cise"
    session.commit()
    return look_on_paper(session, forum.event.id)


def has_picture(page: pypdf.PageObject) -> bool:
    drawn = page["/Resources"].get("/XObject", {})
    return any(drawn[name]["/Subtype"] == "/Image" for name in drawn)


def test_an_event_without_a_look_prints_in_matchmakers_own(session: Session, forum: Any) -> None:
    assert look_on_paper(session, forum.event.id) == PLAIN


def test_the_logo_fits_on_a_sheet(look: dict[str, Any]) -> None:
    logo = look["logo"]
    assert (logo["width"], logo["height"]) == (2 * HIGHEST, HIGHEST)
    assert logo["width"] <= WIDEST


@pytest.mark.parametrize("kind", PRINTS)
def test_every_kind_of_print_has_logo_colour_and_footer(
    session: Session, forum: Any, look: dict[str, Any], kind: str
) -> None:
    wanted = PRINTS[kind]
    source = wanted.load(session, forum.event, forum.version, EVERYBODY)[0]
    for worn in (look, PLAIN):
        pdf = print_sheets(wanted.template, [wanted.sheet(source, "fr")], kind, worn)
        page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
        text = page.extract_text()
        is_dressed = worn is look
        assert ("Avec le soutien de la Région" in text) is is_dressed
        assert ("contact@forum.example" in text) is is_dressed
        assert "Version 1" in text
        assert has_picture(page) is is_dressed


def test_a_long_footer_takes_its_room_and_no_page_more(
    session: Session, forum: Any, look: dict[str, Any]
) -> None:
    set_look(session, forum.event, colour="", welcome={}, footers=LONG, senders={})
    look = look_on_paper(session, forum.event.id)
    agenda = agenda_of(session, forum.event, forum.version, "amal")
    for language in ("fr", "ar", "en"):
        pdf = print_sheets("agenda", [agenda_sheet(agenda, language)], "Agenda", look)
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        assert len(pages) == 1


def test_another_look_makes_no_printed_sheet_void(
    session: Session, forum: Any, look: dict[str, Any]
) -> None:
    """It says nothing else than before."""
    sheet = agenda_sheet(agenda_of(session, forum.event, forum.version, "amal"))
    before = digest_of(sheet)
    set_look(session, forum.event, colour="#000000", welcome={}, footers={}, senders={})
    sheet = agenda_sheet(agenda_of(session, forum.event, forum.version, "amal"))
    assert digest_of(sheet) == before


def test_catalogue_wish_sheets_and_downloads_wear_it(
    client: FlaskClient, session: Session, forum: Any, look: dict[str, Any]
) -> None:
    cast.sign_in(client, forum.dounia)
    base = f"/organise/{forum.event.id}"
    for path in (
        f"{base}/paper/catalogue-fr.pdf", f"{base}/paper/blank-fr.pdf", f"{base}/paper/sheets.pdf",
        f"{base}/print/agenda.pdf?participant=amal", f"{base}/print/card.pdf?place=S01",
    ):  # fmt: skip
        page = pypdf.PdfReader(io.BytesIO(client.get(path).data)).pages[0]
        assert "contact@forum.example" in page.extract_text(), path
        assert has_picture(page), path
