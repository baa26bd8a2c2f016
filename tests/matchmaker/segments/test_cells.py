"""A row is changed where it stands; whoever comes second is told who was first."""

from __future__ import annotations

import re

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from matchmaker.database import db
from matchmaker.events.models import Event, Membership
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.segments.columns import COLUMNS
from matchmaker.segments.services import choose_columns

INPUT = re.compile(r'<input[^>]*form="row"[^>]*>')


@pytest.fixture(autouse=True)
def _committed(client: FlaskClient, forum: Event, session: Session) -> None:
    session.commit()
    client.post(f"/organise/{forum.id}/participants/columns", data={"columns": list(COLUMNS)})


def opened(client: FlaskClient, forum: Event, name: str = "amal") -> dict[str, str]:
    """The values of the row's form, as a browser would send them."""
    text = client.get(f"/organise/{forum.id}/participants?edit={name}").text
    values = dict(re.findall(r'name="(seen-\w+)" value="([^"]*)"', text))
    return values | {name.removeprefix("seen-"): value for name, value in values.items()}


def save(
    client: FlaskClient, forum: Event, form: dict[str, str], name: str = "amal"
) -> TestResponse:
    return client.post(f"/organise/{forum.id}/participants/{name}/row?country=MA", data=form)


def amal(session: Session, forum: Event) -> Participant:
    session.rollback()
    session.expire_all()
    found = session.get_one(Participant, (forum.id, "amal"))
    session.refresh(found)
    session.rollback()
    return found


def test_a_row_is_a_form_without_any_script(client: FlaskClient, forum: Event) -> None:
    text = client.get(f"/organise/{forum.id}/participants?edit=amal").text
    assert {
        re.search(r'name="(\w+)"', field)[1]  # type: ignore[index]
        for field in INPUT.findall(text)
    } >= {"first_name", "last_name", "job", "phone", "email", "reference", "max_meetings"}


def test_everything_in_a_row_can_be_changed(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    typed = {
        "first_name": "Amel", "job": "Buyer of pumps", "organisation": "New house",
        "phone": "+212 5", "type_code": "", "max_meetings": "4", "language": "ar",
        "state": "registered", "email": "amel@people.example", "reference": "R-9",
    }  # fmt: skip
    answer = save(client, forum, {**opened(client, forum), **typed})
    assert answer.location == f"/organise/{forum.id}/participants?country=MA#p-amal"
    now = amal(session, forum)
    assert (now.first_name, now.job, now.phone, now.type_code) == (
        "Amel", "Buyer of pumps", "+212 5", None,
    )  # fmt: skip
    assert (now.max_meetings, now.language, now.state) == (4, "ar", "registered")
    assert (now.email, now.email_key, now.reference) == (
        "amel@people.example", "amel@people.example", "R-9",
    )  # fmt: skip
    assert session.get_one(Organisation, (forum.id, now.organisation_id)).name == "New house"


def second_organiser(app: Flask, session: Session, forum: Event) -> FlaskClient:
    account = cast.make_account(session, "Ester")
    session.add(Membership(account_id=account.id, event_id=forum.id, role="organiser"))
    choose_columns(session, forum, account, list(COLUMNS))
    other = app.test_client()
    other.set_cookie("language", "en")
    cast.sign_in(other, account)
    return other


def test_the_second_of_two_is_told_who_was_first_and_decides(
    app: Flask, client: FlaskClient, session: Session, forum: Event
) -> None:
    other = second_organiser(app, session, forum)
    first, second = opened(client, forum), opened(other, forum)
    save(client, forum, {**first, "job": "Director"})
    answer = save(other, forum, {**second, "job": "Engineer"})
    assert answer.status_code == 200
    assert "Dounia changed Position to “Director” on" in answer.text
    assert 'value="Engineer"' in answer.text
    assert amal(session, forum).job == "Director"
    again = dict(re.findall(r'name="(seen-\w+)" value="([^"]*)"', answer.text))
    assert again["seen-job"] == "Director"
    assert save(other, forum, {**second, **again, "job": "Engineer"}).status_code == 302
    assert amal(session, forum).job == "Engineer"


def test_two_who_change_different_fields_are_not_in_each_others_way(
    app: Flask, client: FlaskClient, session: Session, forum: Event
) -> None:
    other = second_organiser(app, session, forum)
    first, second = opened(client, forum), opened(other, forum)
    save(client, forum, {**first, "job": "Director"})
    assert save(other, forum, {**second, "phone": "+1"}).status_code == 302
    assert (amal(session, forum).job, amal(session, forum).phone) == ("Director", "+1")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "bilal@people.example"}, "Somebody else at this event has"),
        ({"email": "no address"}, "This is not an e-mail address"),
        ({"email": "", "reference": ""}, "Give an e-mail address or a reference"),
        ({"last_name": ""}, "Please fill this in."),
        ({"job": "x" * 201}, "At most 200 characters"),
        ({"max_meetings": "0"}, "Give a whole number"),
        ({"state": "must"}, "Not a valid choice"),
        ({"type_code": "gone"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(
    client: FlaskClient, session: Session, forum: Event, wrong: dict[str, str], sentence: str
) -> None:
    answer = save(client, forum, {**opened(client, forum), "phone": "+99", **wrong})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert 'value="+99"' in answer.text
    assert amal(session, forum).phone == ""


def test_columns_that_are_not_shown_stay_as_they_are(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    client.post(f"/organise/{forum.id}/participants/columns", data={"columns": ["job"]})
    form = {
        "first_name": "Amal",
        "last_name": "Test",
        "job": "J",
        "phone": "+1",
        "state": "rejected",
    }
    seen = {f"seen-{name}": "" for name in ("job",)} | {
        "seen-first_name": "Amal", "seen-last_name": "Test",
    }  # fmt: skip
    assert save(client, forum, {**form, **seen}).status_code == 302
    now = amal(session, forum)
    assert (now.job, now.phone, now.state) == ("J", "", "validated")


def test_people_of_other_events_have_no_row_here(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, cast.make_event(session, "other"), "Eve")
    session.commit()
    assert save(client, forum, {"last_name": "X"}, "eve").status_code == 404
    assert db.session.get(Participant, (forum.id, "eve")) is None
