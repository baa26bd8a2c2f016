"""The pages of an import, with real files through the real reader."""

from __future__ import annotations

import io
from typing import Any

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from statements import counted
from werkzeug.test import TestResponse

from matchmaker.events.models import Event
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.remembering import forget
from matchmaker.participants.models import Participant
from matchmaker.spreadsheets.delimited import read_text
from matchmaker.spreadsheets.workbook import read_workbook
from matchmaker.spreadsheets.writing import Sheet, write_csv, write_xlsx
from matchmaker.wishes.models import Wish

CSV = (
    "Email;Prénom;Stand;Pointure\r\namal@x.example;Zoé;S1;38\r\nbilal@x.example;Bilal;S99;44\r\n"
).encode("cp1252")


@pytest.fixture
def browser(app: Flask, session: Session, event: Event, client: FlaskClient) -> FlaskClient:
    cast.sign_in(client, cast.make_organiser(session, event))
    client.set_cookie("language", "en", domain="forum.example")
    client.set_cookie("language", "en")
    return client


def upload(
    browser: FlaskClient, event: Event, kind: str, data: bytes, name: str = "list.csv"
) -> TestResponse:
    return browser.post(
        f"/organise/{event.id}/imports/",
        data={"kind": kind, "file": (io.BytesIO(data), name)},
        follow_redirects=True,
    )


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def waiting(session: Session) -> Import:
    return session.scalars(select(Import).where(Import.state == "preview")).one()


def test_a_preview_shows_how_the_file_was_read_and_what_is_wrong_and_changes_nothing(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    page = upload(browser, event, "participants", CSV).text
    for words in (
        "Windows-1252", "semicolon (;)", "list.csv",
        "These columns are not known and are ignored:", "<bdi>Pointure</bdi>",
        '<td class="number">3</td><td><bdi>Stand</bdi></td>',
        "The event has no stand or table “S99”.", '<td dir="auto">Zoé</td>',
    ):  # fmt: skip
        assert words in page
    assert count(session, Participant) == 0


def test_the_good_rows_are_imported_and_the_faulty_ones_come_back_with_their_reasons(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    upload(browser, event, "participants", CSV)
    row = waiting(session)
    address = f"/organise/{event.id}/imports/{row.id}"
    faulty = browser.get(f"{address}/faulty.xlsx").data
    table = read_workbook(faulty)
    assert table.header == ("Email", "Prénom", "Stand", "Pointure", "Reason of the refusal")
    assert table.rows[0][1][:4] == ("bilal@x.example", "Bilal", "S99", "44")
    assert table.rows[0][1][4].startswith("Row 3, Stand: The event has no stand or table “S99”.")
    page = browser.post(address, data={"choice": "keep"}, follow_redirects=True).text
    assert "The good rows are imported." in page
    session.expire_all()
    assert session.scalars(select(Participant.first_name)).all() == ["Zoé"]

    assert '<td class="number">3</td><td><bdi>Stand</bdi></td>' in page  # and why, afterwards
    assert f"{address}/faulty.xlsx" in page
    assert read_workbook(browser.get(f"{address}/faulty.xlsx").data) == table
    assert [number for number, _cells in row.rows["rows"]] == [3]  # of the file no more is kept

    cast.make_place(session, event, "S99", kind="stand")
    session.commit()
    page = upload(browser, event, "participants", faulty, "faulty.xlsx").text
    assert "<bdi>Reason of the refusal</bdi>" in page
    assert browser.get(f"{address}/faulty.xlsx").status_code == 404  # the next import, and it goes
    session.refresh(row)
    assert (row.state, row.rows, row.header) == ("taken", {}, [])
    browser.post(f"/organise/{event.id}/imports/{waiting(session).id}", data={"choice": "keep"})
    assert count(session, Participant) == 2


def test_nothing_is_imported_where_the_organiser_says_so(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    upload(browser, event, "participants", CSV)
    row = waiting(session)
    page = browser.post(f"/organise/{event.id}/imports/{row.id}/drop", follow_redirects=True).text
    assert "Nothing was imported." in page
    session.expire_all()
    assert (count(session, Participant), row.rows) == (0, {})


def test_the_faulty_rows_are_forgotten_where_the_organiser_says_so(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    upload(browser, event, "participants", CSV)
    row = waiting(session)
    address = f"/organise/{event.id}/imports/{row.id}"
    browser.post(address, data={"choice": "keep"})
    page = browser.post(f"{address}/drop", follow_redirects=True).text
    assert "The faulty rows are forgotten." in page
    session.expire_all()
    assert (row.state, row.rows, row.report["faulty"]) == ("taken", {}, 1)
    assert "Faulty rows" not in browser.get(address).text
    assert browser.get(f"{address}/faulty.xlsx").status_code == 404


def test_a_preview_of_wishes_says_where_they_have_to_be_accepted(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    for name in ("Amal", "Bilal"):
        cast.make_participant(session, event, name)
    said = "a wish of one side counts only once the other has accepted it"
    for needs in (False, True):
        event.needs_acceptance = needs
        session.commit()
        page = upload(
            browser, event, "wishes", b"From,To\namal@people.example,bilal@people.example"
        )
        assert (said in page.text) == needs


def test_cells_can_be_pasted(browser: FlaskClient, event: Event, session: Session) -> None:
    page = browser.post(
        f"/organise/{event.id}/imports/",
        data={"kind": "participants", "cells": "Email\tNom\r\na@x.example\tBenali, Amal\r\n"},
        follow_redirects=True,
    ).text
    assert "<dd>tab</dd>" in page
    assert waiting(session).rows["rows"] == [[2, ["a@x.example", "Benali, Amal"]]]


def test_thousands_of_rows_can_be_pasted(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    lines = [f"person{number}@x.example\t{'x' * 100}" for number in range(8_000)]
    cells = "\r\n".join(["Email\tJob description", *lines])
    assert len(cells) > 900_000
    browser.post(f"/organise/{event.id}/imports/", data={"kind": "participants", "cells": cells})
    assert len(waiting(session).rows["rows"]) == 8_000


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"%PDF-1.7", "x.xlsx", "This file is a PDF."),
        (b"", "x.csv", "This file has no rows."),
    ],
)
def test_what_cannot_be_read_is_told_on_the_page(
    browser: FlaskClient, event: Event, session: Session, data: bytes, name: str, sentence: str
) -> None:
    answer = upload(browser, event, "participants", data, name)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert count(session, Import) == 0


def test_an_upload_of_nothing_is_told(browser: FlaskClient, event: Event) -> None:
    answer = browser.post(f"/organise/{event.id}/imports/", data={"kind": "wishes"})
    assert "Choose a file or paste cells." in answer.text


def test_both_values_of_an_edit_are_shown(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    cast.make_participant(session, event, "Amal", job="Director")
    session.commit()
    data = write_csv(["Email", "Job description"], [["amal@people.example", "Buyer"]])
    page = upload(browser, event, "participants", data).text
    assert '<td dir="auto">Director</td><td dir="auto">Buyer</td>' in page
    assert "Keep what is here" in page


def test_an_old_preview_is_not_taken_over(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    upload(browser, event, "participants", CSV)
    row = waiting(session)
    answer = browser.post(
        f"/organise/{event.id}/imports/{row.id}",
        data={"choice": "keep", "fingerprint": "another"},
        follow_redirects=True,
    )
    assert "The event was changed since this preview was made." in answer.text
    assert count(session, Participant) == 0


def test_imports_of_another_event_do_not_exist(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    upload(browser, event, "participants", CSV)
    row = waiting(session)
    other = cast.make_event(session, "other")
    ester = cast.make_organiser(session, other, "Ester")
    session.commit()
    cast.sign_in(browser, ester)
    for address in (f"/organise/{event.id}/imports/{row.id}", f"/organise/{event.id}/imports/"):
        assert browser.get(address).status_code == 404
    assert browser.get(f"/organise/{other.id}/imports/{row.id}").status_code == 404
    assert browser.post(f"/organise/{other.id}/imports/{row.id}/drop").status_code == 404


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_templates_in_every_language_can_be_imported_as_they_are(
    browser: FlaskClient, event: Event, session: Session, language: str
) -> None:
    browser.set_cookie("language", language)
    for kind in ("participants", "wishes"):
        data = browser.get(f"/organise/{event.id}/imports/templates/{kind}.xlsx").data
        table = read_workbook(data)
        assert len(table.header) == len(KINDS[kind].columns)
        if kind == "wishes":
            cast.make_participant(
                session, event, "Bilal",
                email="bilal@casa-recycle.example", email_key="bilal@casa-recycle.example",
            )  # fmt: skip
            session.commit()
        upload(browser, event, kind, data, "template.xlsx")
        browser.post(f"/organise/{event.id}/imports/{waiting(session).id}", data={"choice": "keep"})
    amal = session.scalars(select(Participant).where(Participant.first_name == "Amal")).one()
    assert (amal.last_name, amal.spoken) == ("Benali", ["fr", "ar", "en"])
    assert session.scalars(select(Wish.grade)).all() == ["top"]


def test_an_unknown_template_does_not_exist(browser: FlaskClient, event: Event) -> None:
    assert browser.get(f"/organise/{event.id}/imports/templates/x.xlsx").status_code == 404


def test_a_list_that_goes_out_comes_in_as_it_was(
    browser: FlaskClient, event: Event, session: Session
) -> None:
    header = ["Email", "First name", "Phone number", "Job description"]
    row = ["amal@x.example", "=Amal", "+212 5 22", "'@work; -1"]
    for name, data in (
        ("a.csv", write_csv(header, [row])),
        ("a.xlsx", write_xlsx([Sheet(name="A", header=header, rows=[row])])),
    ):
        upload(browser, event, "participants", data, name)
        browser.post(f"/organise/{event.id}/imports/{waiting(session).id}", data={"choice": "keep"})
        session.expire_all()
        amal = session.scalars(select(Participant)).one()
        assert [amal.email, amal.first_name, amal.phone, amal.job] == row
    assert read_text(write_csv(header, [row])).rows == ((2, tuple(row)),)


@pytest.mark.parametrize("name", ["Atlas", "Atlas, Sarl"])
def test_a_preview_of_more_rows_takes_no_more_statements(
    browser: FlaskClient, event: Event, name: str
) -> None:
    taken = []
    for rows in (1, 4):
        lines = [f"p{n}@x.example;{name} {n};Water {n}" for n in range(rows)]
        data = "\n".join(["Email;Organisation;Sectors", *lines]).encode()
        page = upload(browser, event, "participants", data)
        forget(event.id, "participants")
        with counted() as statements:
            assert browser.get(page.request.path).status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]
