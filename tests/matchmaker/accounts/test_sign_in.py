"""Signing in: by a link that a person uses once, or by a password that nobody can guess at."""

from __future__ import annotations

import re

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.access import ARRIVES_KEY, LOGIN_KEY
from matchmaker.accounts.links import add_link, use_link
from matchmaker.accounts.models import Account, Login, PasswordTries, SignInLink
from matchmaker.accounts.passwords import MOST_TRIES
from matchmaker.accounts.services import change_password, disable_account
from matchmaker.database import db, now
from matchmaker.mails.models import Mail

PASSWORD = "four words are enough"
LINK = re.compile(r"http://forum\.example(/sign-in/\S+)")


@pytest.fixture
def amal(session: Session) -> Account:
    account = cast.make_account(session, "Amal", language="en")
    session.commit()
    return account


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def link_in_mail(session: Session) -> str:
    body = session.scalars(select(Mail.body)).one()
    found = LINK.search(body)
    assert found
    return found.group(1)


def test_a_mailed_link_signs_in_once(client: FlaskClient, session: Session, amal: Account) -> None:
    client.post("/sign-in", data={"address": " AMAL@people.example ", "next": "/account"})
    path = link_in_mail(session)
    assert [client.head(path).status_code, client.get(path).status_code] == [200, 200]
    assert not is_signed_in(client)
    answer = client.post(path)
    assert (answer.status_code, answer.location) == (302, "/account")
    assert is_signed_in(client)
    client.post("/sign-out")
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 410
    assert not is_signed_in(client)


def test_a_link_tapped_again_while_signed_in_leads_to_where_it_led(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    token = add_link(session, amal, "/account")
    other = add_link(session, cast.make_account(session, "Bilal"), "/account")
    session.commit()
    client.post(f"/sign-in/{token}")
    assert client.get(f"/sign-in/{token}").location == "/account"
    assert client.post(f"/sign-in/{token}").location == "/account"
    stranger = client.application.test_client()
    stranger.post(f"/sign-in/{other}")
    assert stranger.get(f"/sign-in/{token}").status_code == 410


def test_only_a_hash_of_a_link_is_kept(session: Session, amal: Account) -> None:
    token = add_link(session, amal)
    session.commit()
    kept = session.scalars(select(SignInLink)).one()
    assert token not in {str(getattr(kept, c.key)) for c in SignInLink.__table__.columns}


def test_two_who_press_at_once_get_one_login(app: Flask, session: Session, amal: Account) -> None:
    token = add_link(session, amal)
    session.commit()
    assert [use_link(session, token) is not None for _ in range(2)] == [True, False]


def test_a_link_ends_with_time_and_with_the_account(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    old, spare = add_link(session, amal), add_link(session, amal)
    session.flush()
    for link in session.scalars(select(SignInLink)):
        link.expires_at = now()
    session.commit()
    assert client.post(f"/sign-in/{old}").status_code == 410
    disable_account(session, amal)
    assert client.post(f"/sign-in/{spare}").status_code == 410
    assert client.post("/sign-in/no-such-link").status_code == 410


def test_nobody_learns_whether_an_address_is_known(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    disable_account(session, cast.make_account(session, "Bilal"))
    answers = []
    for name in ("amal", "bilal", "nobody"):
        asked = client.post("/sign-in", data={"address": f"{name}@people.example"})
        shown = client.get(asked.location)
        headers = [(k, v) for k, v in asked.headers if k != "Set-Cookie"]
        answers.append((asked.status_code, asked.data, headers, shown.data))
    assert answers[0] == answers[1] == answers[2]
    assert session.scalars(select(Mail.address)).all() == ["amal@people.example"]


def test_nobody_learns_it_from_the_password_page_either(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    change_password(session, amal, PASSWORD)
    pages = []
    for name in ("amal", "nobody"):
        data = {"address": f"{name}@people.example", "password": "wrong"}
        answers = [client.post("/sign-in/password", data=data) for _ in range(MOST_TRIES + 1)]
        pages.append([(a.status_code, a.text.replace(name, "")) for a in answers])
    assert pages[0] == pages[1]
    assert [code for code, _ in pages[0]] == [200] * MOST_TRIES + [429]


def test_nobody_fills_another_mailbox(client: FlaskClient, session: Session, amal: Account) -> None:
    for _ in range(8):
        client.post("/sign-in", data={"address": amal.email})
    assert session.scalar(select(func.count()).select_from(Mail)) == 5


def test_a_password_signs_in(client: FlaskClient, session: Session, amal: Account) -> None:
    change_password(session, amal, PASSWORD)
    data = {"address": amal.email, "password": PASSWORD, "next": "/account"}
    assert client.post("/sign-in/password", data=data).location == "/account"
    assert is_signed_in(client)
    assert session.scalars(select(PasswordTries)).all() == []


def test_guessing_is_limited_per_account_and_a_link_still_works(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    change_password(session, amal, PASSWORD)
    for i in range(MOST_TRIES):
        client.post(
            "/sign-in/password",
            data={"address": amal.email, "password": f"guess {i}"},
            headers={"X-Forwarded-For": f"10.0.0.{i}"},
        )
    right = {"address": amal.email, "password": PASSWORD}
    assert client.post("/sign-in/password", data=right).status_code == 429
    assert not is_signed_in(client)
    token = add_link(session, amal)
    session.commit()
    client.post(f"/sign-in/{token}")
    assert is_signed_in(client)


def test_others_behind_the_same_address_are_not_limited(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    for _ in range(MOST_TRIES + 1):
        client.post("/sign-in/password", data={"address": amal.email, "password": "wrong"})
    bilal = cast.make_account(session, "Bilal")
    change_password(session, bilal, PASSWORD)
    data = {"address": bilal.email, "password": PASSWORD}
    assert client.post("/sign-in/password", data=data).status_code == 302


def test_a_cookie_from_before_signing_in_is_worth_nothing(
    app: Flask, client: FlaskClient, session: Session, amal: Account
) -> None:
    client.get("/sign-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    token = add_link(session, amal)
    session.commit()
    before = client.get_cookie("matchmaker")
    client.post(f"/sign-in/{token}")
    with client.session_transaction() as cookie:
        assert set(cookie) - {"_flashes"} == {ARRIVES_KEY, LOGIN_KEY}
    other = app.test_client()
    assert before
    other.set_cookie("matchmaker", before.value)
    assert not is_signed_in(other)


def replay(app: Flask, cookie: str) -> bool:
    """Whether a stolen cookie still opens the account's page."""
    with app.app_context():
        db.session.rollback()
    thief = app.test_client()
    thief.set_cookie("matchmaker", cookie)
    return is_signed_in(thief)


@pytest.mark.parametrize("end", ["sign out", "everywhere", "disable", "password", "expiry"])
def test_a_copied_cookie_ends_with_the_login(
    app: Flask, client: FlaskClient, session: Session, amal: Account, end: str
) -> None:
    cast.sign_in(client, amal)
    client.get("/account")
    stolen = client.get_cookie("matchmaker")
    assert stolen
    assert replay(app, stolen.value)
    if end == "sign out":
        client.post("/sign-out")
    elif end == "everywhere":
        client.post("/account/sign-out-everywhere")
    elif end == "disable":
        disable_account(session, amal)
    elif end == "password":
        data = {"password": PASSWORD, "again": PASSWORD}
        assert client.post("/account/password", data=data).location == "/account"
        assert is_signed_in(client)
    else:
        session.scalars(select(Login)).one().expires_at = now()
        session.commit()
    assert not replay(app, stolen.value)


def test_a_new_password_needs_the_old_one(
    client: FlaskClient, session: Session, amal: Account
) -> None:
    change_password(session, amal, PASSWORD)
    cast.sign_in(client, amal)
    data = {"current": "wrong", "password": "another four words", "again": "another four words"}
    assert client.post("/account/password", data=data).status_code == 200
    data["current"] = PASSWORD
    assert client.post("/account/password", data=data).status_code == 302


@pytest.mark.parametrize("field", ["email", "is_admin", "id", "disabled_at", "password_hash"])
def test_the_profile_form_changes_nothing_else(
    client: FlaskClient, session: Session, amal: Account, field: str
) -> None:
    cast.sign_in(client, amal)
    before = getattr(amal, field)
    client.post("/account", data={"name": "Amal B", "language": "ar", field: "1"})
    session.refresh(amal)
    assert (amal.name, amal.language, getattr(amal, field)) == ("Amal B", "ar", before)
