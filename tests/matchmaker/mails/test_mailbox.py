"""The folder of mails can be read in the browser, by whoever runs the installation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cast
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.config import Config
from matchmaker.mails.carriers import Folder
from matchmaker.mails.delivery import deliver
from matchmaker.mails.letters import Letter
from matchmaker.mails.mailbox import read_letter, split_links
from matchmaker.mails.models import Mail
from matchmaker.mails.services import post


def test_a_link_can_be_followed_from_the_mailbox(
    client: FlaskClient, session: Session, config: Config
) -> None:
    cast.sign_in(client, cast.make_account(session, "Dounia", is_admin=True, language="en"))
    text = "Open http://forum.example/sign-in/x or http://evil.example/<b>"
    letter = Letter("<i>رابط</i>", (text,))
    post(session, address="a@b.example", language="ar", letter=letter)
    session.commit()
    with Folder(config) as carrier:
        deliver(session, carrier)
    mail = session.scalars(select(Mail)).one()
    assert "&lt;i&gt;رابط&lt;/i&gt;" in client.get("/mailbox").text
    page = client.get(f"/mailbox/{mail.id}").text
    assert '<a href="http://forum.example/sign-in/x" dir="ltr">' in page
    assert page.count("evil.example") == 1
    assert "&lt;b&gt;" in page


def test_nobody_else_reads_it_and_nothing_beside_it(
    app: Flask, client: FlaskClient, session: Session, config: Config
) -> None:
    (config.instance / "secret-1.eml").write_text("Subject: x\n\nSECRET")
    assert client.get("/mailbox").status_code == 302
    cast.sign_in(client, cast.make_account(session, "Chen"))
    assert client.get("/mailbox").status_code == 404
    cast.sign_in(client, cast.make_account(session, "Dounia", is_admin=True))
    for asked in ("../secret-1", "%2e%2e%2fsecret-1", "secret-1", "1", "..", "*"):
        assert client.get(f"/mailbox/{asked}").status_code == 404
    app.extensions["matchmaker"] = replace(config, smtp_host="mail.example")
    assert client.get("/mailbox").status_code == 404


def test_a_letter_is_looked_for_by_name(tmp_path: Path) -> None:
    assert read_letter(tmp_path, "../etc/passwd") is None


def test_only_our_own_links_are_links() -> None:
    body = "a http://forum.example/x b http://forum.example.evil/x"
    links = [text for text, is_link in split_links(body, "http://forum.example/") if is_link]
    assert links == ["http://forum.example/x"]
