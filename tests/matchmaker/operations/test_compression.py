"""What travels: a first view of at most 50 kB, in answers that keep their meaning."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import cast
import pictures
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.compression import squeeze
from matchmaker.looks.services import set_look, set_picture

GZIP = {"Accept-Encoding": "gzip, br"}
PARTS = ("screen.css", "print.css", "icons.svg", "icon.svg", "agenda.js")
FIRST_VIEW = 50_000  # bytes on the wire, heads included
HEADS = 700  # of one answer, generously


def test_the_first_view_of_a_full_agenda_is_small_on_the_wire(
    client: FlaskClient, session: Session
) -> None:
    """Twenty meetings in a day, with names that do not repeat, and a logo that is hard to pack."""
    event = cast.make_event(session)
    slots = cast.make_slots(session, event, 20)
    account = cast.make_account(session, "Amal")
    cast.make_participant(session, event, "Amal", account)
    meetings: list[dict[str, Any]] = []
    for number, slot in enumerate(slots):
        name = f"{'abcdefghijklmnopqrst'[number]}{hash(slot.id) & 0xFFFFFF:x}"
        cast.make_participant(session, event, name, phone=f"+212 6{number:08d}")
        cast.make_place(session, event, f"T{number:02}")
        meetings.append({"people": ["amal", name], "slot": slot.id, "place": f"T{number:02}"})
    cast.make_version(session, event, meetings)
    set_look(session, event, colour="#ffd400", welcome={}, footers={"en": "Us"}, senders={})
    set_picture(session, event, pictures.noise(300, 300))
    cast.sign_in(client, account)
    look = ("/events/forum/look.css", "/events/forum/logo.png")
    addresses = ["/events/forum/me/agenda", *look, *(f"/static/{name}" for name in PARTS)]
    answers = [client.get(address, headers=GZIP) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    sizes = {a.request.path: len(a.data) + HEADS for a in answers}
    assert sum(sizes.values()) < FIRST_VIEW, sizes
    assert sum(sizes.values()) > FIRST_VIEW / 10  # something was there to be measured


def test_a_page_is_the_same_compressed(client: FlaskClient) -> None:
    plain, packed = client.get("/"), client.get("/", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data).count(b"<main") == plain.data.count(b"<main") == 1
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)


def test_files_are_asked_for_again_by_their_tag(client: FlaskClient) -> None:
    first = client.get("/static/screen.css", headers=GZIP)
    known = {**GZIP, "If-None-Match": first.headers["ETag"]}
    again = client.get("/static/screen.css", headers=known, buffered=True)
    assert first.headers["ETag"].startswith("W/")
    assert (again.status_code, again.data) == (304, b"")


def sheets_in(page: str) -> list[str]:
    return re.findall(r'"(/static/screen\.css[^"]*)"', page)


def test_an_upgrade_shows_at_once_and_what_stays_is_not_asked_for_again(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address of a static file changes with what is in it."""
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    sheet = tmp_path / "screen.css"
    sheet.write_text("body { color: red }")
    [before] = sheets_in(client.get("/").text)
    assert [before] == sheets_in(client.get("/").text)
    assert "immutable" in client.get(before, buffered=True).headers["Cache-Control"]
    sheet.write_text("body { color: teal }")
    [after] = sheets_in(client.get("/").text)
    assert after != before
    assert "immutable" in client.get(after, buffered=True).headers["Cache-Control"]
    for stale in (before, "/static/screen.css"):
        assert client.get(stale, buffered=True).headers["Cache-Control"] == "no-cache"


def test_lengths_do_not_tell_what_is_inside() -> None:
    assert len({len(squeeze(b"the same secret" * 50)) for _ in range(50)}) > 10


def test_what_is_small_or_packed_already_stays_as_it_is(app: Flask, client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/health", headers=GZIP).headers
