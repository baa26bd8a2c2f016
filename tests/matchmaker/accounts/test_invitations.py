"""Inviting and first sign-in: an account is made where there is none, and never touched."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.links import invite, mail_link
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import find_account
from matchmaker.mails.models import Mail

SPELLINGS = (
    "Amal@People.Example", " amal@people.example ", "ＡＭＡＬ@people.example",
    "amal @people.example",
)  # fmt: skip


def invite_to_forum(session: Session, address: str) -> Account:
    return invite(
        session, address, name="Somebody else", language="fr",
        event_name="Forum\r\nBcc: x@evil.example", next_path="/account",
    )  # fmt: skip


def test_an_invitation_leaves_an_existing_account_as_it_is(session: Session) -> None:
    amal = cast.make_account(session, "Amal", language="ar", password_hash="x")
    session.commit()
    for spelling in SPELLINGS:
        assert invite_to_forum(session, spelling).id == amal.id
    session.commit()
    session.refresh(amal)
    assert (amal.name, amal.language, amal.password_hash) == ("Amal", "ar", "x")
    assert session.scalars(select(Account)).all() == [amal]


def test_an_invitation_is_one_mail_to_the_account_in_its_language(session: Session) -> None:
    amal = cast.make_account(session, "Amal", language="ar")
    invite_to_forum(session, amal.email)
    session.commit()
    mail = session.scalars(select(Mail)).one()
    assert (mail.address, mail.language) == ("amal@people.example", "ar")
    assert "\n" not in mail.subject
    assert "http://forum.example/sign-in/" in mail.body


@pytest.mark.parametrize(
    ("state", "mails"), [("registered", 1), ("validated", 1), ("rejected", 0), ("withdrawn", 0)]
)
def test_whom_an_organiser_entered_can_sign_in(
    client: FlaskClient, session: Session, state: str, mails: int
) -> None:
    forum = cast.make_event(session)
    cast.make_participant(session, forum, "Bilal", state=state, language="ar")
    session.commit()
    assert client.post("/sign-in", data={"address": "BILAL@people.example"}).status_code == 302
    assert len(session.scalars(select(Mail)).all()) == mails
    account = find_account(session, "bilal@people.example")
    assert (account.language if account else None) == ("ar" if mails else None)


def test_nobody_else_gets_an_account_by_asking(session: Session) -> None:
    mail_link(session, "nobody@people.example")
    assert session.scalars(select(Account)).all() == []
