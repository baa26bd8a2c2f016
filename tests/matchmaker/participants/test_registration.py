"""Registering takes a minute, tells nobody who is registered, and overwrites nothing."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Absence, Participant

FORM = {
    "first_name": "Amal",
    "last_name": "Idrissi",
    "email": "Amal@People.example",
    "organisation": "Atlas Eau",
    "job": "Buyer",
    "spoken": ["fr", "ar"],
    "language": "ar",
    "absences": ["d1-0900"],
    "consent": "y",
}


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    session.commit()
    return event


def send(client: FlaskClient, **changed: object) -> str:
    answer = client.post("/events/forum/register", data={**FORM, **changed})
    return answer.headers.get("Location", "")


def people(session: Session) -> list[Participant]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Participant)))


def test_a_person_registers_and_comes_in_by_the_mail(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    assert client.get("/events/forum/register").status_code == 200
    assert send(client) == "/events/forum/registered"
    [amal] = people(session)
    assert (amal.name, amal.email, amal.state) == (
        "Amal Idrissi",
        "Amal@People.example",
        "validated",
    )
    assert (amal.spoken, amal.language, amal.job) == (["ar", "fr"], "ar", "Buyer")
    assert amal.consent_version == forum.consent_version
    assert amal.consent_at is not None
    assert session.scalars(select(Absence.slot_id)).all() == ["d1-0900"]
    assert session.scalars(select(Organisation.name)).all() == ["Atlas Eau"]
    [mail] = session.scalars(select(Mail))
    assert (mail.address, mail.language) == ("Amal@People.example", "ar")
    session.rollback()
    [link] = re.findall(r"http://forum\.example(/sign-in/\S+)", mail.body)
    assert client.post(link).headers["Location"] == "/events/forum/me/"
    assert client.get("/events/forum/me/").status_code == 200
    assert people(session)[0].account_id == session.scalar(select(Account.id))


def test_the_second_time_nothing_is_changed_and_the_answer_is_the_same(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    first = send(client)
    second = send(client, first_name="Chen", language="en", email=" amal@people.EXAMPLE")
    assert second == first
    [amal] = people(session)
    assert (amal.first_name, amal.language) == ("Amal", "ar")
    assert len(session.scalars(select(Mail)).all()) == 2
    assert [account.name for account in session.scalars(select(Account))] == ["Amal Idrissi"]


def test_whom_an_organiser_entered_gets_a_link_and_stays_as_entered(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, forum, "Bilal", email_key="amal@people.example")
    session.commit()
    assert send(client) == "/events/forum/registered"
    [bilal] = people(session)
    assert (bilal.first_name, bilal.consent_version) == ("Bilal", None)


def test_an_existing_account_keeps_its_name_and_language(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_account(session, "Amal", language="fr")
    session.commit()
    send(client)
    [account] = session.scalars(select(Account))
    assert (account.name, account.language) == ("Amal", "fr")


def test_who_is_signed_in_needs_no_mail(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    amal = cast.make_account(session, "Amal")
    cast.sign_in(client, amal)
    assert send(client) == "/events/forum/me/"
    assert client.get("/events/forum/register").headers["Location"] == "/events/forum/me/"
    assert session.scalars(select(Mail)).all() == []


def test_another_persons_address_is_not_taken_by_who_is_signed_in(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_account(session, "Chen"))
    assert send(client) == "/events/forum/registered"
    assert [person.account_id for person in people(session)] == [None]
    assert client.get("/events/forum/me/").status_code == 404


def test_where_organisers_confirm_the_page_says_so(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    forum.validates_by_hand = True
    session.commit()
    send(client)
    assert [person.state for person in people(session)] == ["registered"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"},
        {"email": ""},
        {"first_name": ""},
        {"last_name": "x" * 10_000},
        {"organisation": ""},
        {"consent": ""},
        {"absences": ["d9-0900"]},
        {"language": "xx"},
        {"spoken": ["klingon"]},
    ],
)
def test_what_is_wrong_is_said_on_the_form(
    client: FlaskClient, session: Session, forum: Event, wrong: dict[str, object]
) -> None:
    answer = client.post("/events/forum/register", data={**FORM, **wrong})
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert people(session) == []


def test_a_closed_event_takes_nobody(client: FlaskClient, session: Session, forum: Event) -> None:
    cast.close(session, forum, "registration")
    session.commit()
    assert send(client) == ""
    assert people(session) == []
