"""After signing in a browser goes to a page of ours, whatever the address asked for."""

from __future__ import annotations

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.accounts.destinations import known_path
from matchmaker.accounts.links import add_link
from matchmaker.accounts.services import change_password

ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
    "\\\\\\evil.example",
    "\\/evil.example", "https:evil.example", "https://evil.example", "http://evil.example/account",
    "HTTPS://EVIL.EXAMPLE", "/%09/evil.example", "\t//evil.example", "/\t/evil.example",
    "javascript:alert(1)", "data:text/html,x", "//user@evil.example", "/@evil.example",
    "http://forum.example@evil.example", "／／evil.example", "/／evil.example",
    "/account\r\nLocation: https://evil.example", "/\r/evil.example", "", None, ".", "..",
    "/no/such/page", "/sign-out", "/static/screen.css", "/account//evil.example",
]  # fmt: skip


def test_every_other_place_becomes_the_front_page(app: Flask) -> None:
    with app.test_request_context():
        assert {asked: known_path(asked) for asked in ELSEWHERE} == dict.fromkeys(ELSEWHERE, "/")


def test_pages_of_ours_are_kept_without_their_question(app: Flask) -> None:
    with app.test_request_context():
        kept = [known_path(path) for path in ("/", "/account", "/account?next=//evil.example")]
    assert kept == ["/", "/account", "/account"]


@pytest.mark.parametrize("path", ["/language", "/sign-in/password"])
def test_no_answer_leads_away(client: FlaskClient, session: Session, path: str) -> None:
    account = cast.make_account(session, "Amal")
    change_password(session, account, "four words are enough")
    data = {"language": "fr", "address": account.email, "password": "four words are enough"}
    led = {asked: client.post(path, data={**data, "next": asked or ""}) for asked in ELSEWHERE}
    assert {asked: answer.location for asked, answer in led.items()} == dict.fromkeys(
        ELSEWHERE, "/"
    )


def test_a_used_link_leads_to_a_page_of_ours(client: FlaskClient, session: Session) -> None:
    account = cast.make_account(session, "Amal")
    for asked in ("//evil.example", "/\\evil.example", "https:evil.example"):
        token = add_link(session, account, asked)
        session.commit()
        assert client.post(f"/sign-in/{token}").location == "/"
