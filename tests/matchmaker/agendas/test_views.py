"""Who may see which agenda, and what its pages say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import cast
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from matchmaker.agendas.models import PrintPack
from matchmaker.agendas.packs import KEPT_FOR
from matchmaker.database import now
from matchmaker.schedules.models import Publication
from matchmaker.worker import work_once


def live(forum: Any) -> str:
    return f"/a/{forum.amal.agenda_secret}"


def unpublish(session: Session) -> None:
    session.execute(delete(Publication))
    session.commit()


def test_live_agenda_is_read_only_and_unlisted(client: FlaskClient, forum: Any) -> None:
    answer = client.get(live(forum))
    assert answer.status_code == 200
    assert "Bilal Haddad" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert "<form" not in answer.text
    assert "@people.example" not in answer.text


def test_live_agenda_speaks_the_participants_language(client: FlaskClient, forum: Any) -> None:
    secret = forum.dima.agenda_secret
    assert '<html lang="ar" dir="rtl">' in client.get(f"/a/{secret}").text
    assert '<html lang="fr" dir="ltr">' in client.get(f"/a/{secret}?language=fr").text
    assert '<html lang="ar" dir="rtl">' in client.get(f"/a/{secret}?language=xx").text


def test_live_agenda_is_not_a_sign_in(client: FlaskClient, forum: Any) -> None:
    client.get(live(forum))
    answer = client.get("/events/forum/me/agenda")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_reset_makes_the_old_address_useless(
    client: FlaskClient, forum: Any, session: Session
) -> None:
    old = live(forum)
    assert [client.get(old + ending).status_code for ending in ("", ".ics")] == [200, 200]
    cast.sign_in(client, forum.amal_account)
    assert client.post("/events/forum/me/agenda/new-address").status_code == 302
    session.expire_all()
    new = live(forum)
    assert [client.get(old + ending).status_code for ending in ("", ".ics")] == [404, 404]
    assert [client.get(new + ending).status_code for ending in ("", ".ics")] == [200, 200]


def test_before_publishing_the_pages_say_so(
    client: FlaskClient, forum: Any, session: Session
) -> None:
    unpublish(session)
    assert "not published yet" in client.get(live(forum) + "?language=en").text
    cast.sign_in(client, forum.chen_account)
    assert "not published yet" in client.get("/events/forum/me/agenda").text
    assert client.get("/events/forum/me/agenda.pdf").status_code == 404
    assert b"VEVENT" not in client.get("/events/forum/me/agenda.ics").data


def test_chen_sees_nobody_elses_agenda(client: FlaskClient, forum: Any) -> None:
    cast.sign_in(client, forum.chen_account)
    page = client.get("/events/forum/me/agenda").text
    assert "Amal Test" in page
    assert "Bilal" not in page
    assert forum.amal.agenda_secret not in page
    calendar = client.get("/events/forum/me/agenda.ics").text
    assert "Amal Test" in calendar
    assert "Bilal" not in calendar


def test_own_pdf_comes_in_the_pages_language(client: FlaskClient, forum: Any) -> None:
    cast.sign_in(client, forum.chen_account)
    answer = client.get("/events/forum/me/agenda.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")


ORGANISERS = [
    "print", "print/agenda.pdf?participant=amal", "print/card.pdf?place=S01",
    "print/meetings.xlsx", "print/agendas.xlsx", "print/not-placed.xlsx", "print/meetings.ics",
]  # fmt: skip


def test_pages_of_the_organiser(app: Flask, client: FlaskClient, forum: Any) -> None:
    base, amal = f"/organise/{forum.event.id}/", app.test_client()
    strangers = {page: client.get(base + page).status_code for page in ORGANISERS}
    cast.sign_in(client, forum.dounia)
    cast.sign_in(amal, forum.amal_account)
    assert strangers == dict.fromkeys(ORGANISERS, 302)
    own = {page: client.get(base + page).status_code for page in ORGANISERS}
    assert own == dict.fromkeys(ORGANISERS, 200)
    foreign = {page: amal.get(base + page).status_code for page in ORGANISERS}
    assert foreign == dict.fromkeys(ORGANISERS, 404)


def test_nothing_to_take_away_before_publishing(
    client: FlaskClient, forum: Any, session: Session
) -> None:
    unpublish(session)
    cast.sign_in(client, forum.dounia)
    base = f"/organise/{forum.event.id}/"
    statuses = {page: client.get(base + page).status_code for page in ORGANISERS}
    assert statuses == {page: 200 if page == "print" else 404 for page in ORGANISERS}
    client.post(base + "print/packs", data={"kind": "agendas"})
    assert session.query(PrintPack).count() == 0


def test_pack_is_printed_downloaded_by_its_organisers_and_removed(
    app: Flask, client: FlaskClient, forum: Any, session: Session
) -> None:
    cast.sign_in(client, forum.dounia)
    base = f"/organise/{forum.event.id}/print/packs"
    first = client.post(base, data={"kind": "agendas"}).location
    assert client.post(base, data={"kind": "agendas"}).location == first  # not made twice
    assert 'http-equiv="refresh"' in client.get(first).text
    session.rollback()
    work_once(app)
    assert 'http-equiv="refresh"' not in client.get(first).text
    with client.get(first + ".pdf") as answer:
        assert answer.data.startswith(b"%PDF-")
        assert answer.headers["Cache-Control"] == "private, no-store"

    stranger = app.test_client()
    assert stranger.get(first + ".pdf").status_code == 302
    other = cast.make_event(session, "other")
    ester = cast.make_organiser(session, other, "Ester")
    cast.sign_in(stranger, ester)
    assert stranger.get(first + ".pdf").status_code == 404
    assert stranger.get(first.replace(forum.event.id, other.id) + ".pdf").status_code == 404

    pack = session.query(PrintPack).one()
    (file,) = (Path(app.instance_path) / "packs").iterdir()
    assert file.name == pack.file_name
    pack.finished_at = now() - 2 * KEPT_FOR
    os.utime(file, (pack.finished_at.timestamp(),) * 2)
    session.commit()
    work_once(app)
    assert not file.exists()
    assert client.get(first + ".pdf").status_code == 404
    assert "removed after a day" in client.get(first).text


def test_unknown_kinds_of_packs_are_not_found(client: FlaskClient, forum: Any) -> None:
    cast.sign_in(client, forum.dounia)
    answer = client.post(f"/organise/{forum.event.id}/print/packs", data={"kind": "tables"})
    assert answer.status_code == 404
