"""The organiser finds, enters, changes and validates people."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Absence, Participant, ParticipantSeat
from matchmaker.participation.services import add_type

FORM: dict[str, Any] = {
    "first_name": "Bilal",
    "last_name": "Alaoui",
    "email": "bilal@people.example",
    "reference": "S-12",
    "organisation": "Bahr",
    "type_code": "supplier",
    "phone": "+212 600",
    "spoken": ["ar", "fr"],
    "language": "ar",
    "sessions": ["am"],
    "absences": ["d1-0900"],
    "seats": "2",
    "max_meetings": "12",
    "place_id": "S1",
    "delegation_id": "cise",
    "state": "validated",
}


@pytest.fixture
def forum(client: FlaskClient, session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    cast.make_place(session, event, "S1", kind="stand")
    session.add(Delegation(event_id=event.id, id="cise", code="cise", names={}))
    add_type(session, event, {"en": "Supplier"})
    cast.sign_in(client, cast.make_organiser(session, event))
    return event


def page(client: FlaskClient, forum: Event, query: str = "") -> str:
    return client.get(f"/organise/{forum.id}/participants?{query}").text


def test_the_list_is_searched_counted_and_sorted_by_state(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, forum, "Amal", state="registered")
    cast.make_participant(session, forum, "Bilal", reference="S-12")
    cast.make_participant(session, cast.make_event(session, "other"), "Chen")
    session.commit()

    def found(query: str) -> set[str]:
        text = page(client, forum, query)
        return {name for name in ("Amal Test", "Bilal Test", "Chen Test") if name in text}

    assert found("") == {"Amal Test", "Bilal Test"}
    assert found("state=registered") == {"Amal Test"}
    assert found("q=s-12") == {"Bilal Test"}
    assert found("q=BILAL@people") == {"Bilal Test"}
    assert found("q=chen") == set()


def test_many_are_validated_at_once_and_the_list_comes_back(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    other = cast.make_event(session, "other")
    amal = cast.make_participant(session, forum, "Amal", state="registered")
    bilal = cast.make_participant(session, forum, "Bilal", state="registered")
    chen = cast.make_participant(session, other, "Chen", state="registered")
    session.commit()
    answer = client.post(
        f"/organise/{forum.id}/participants/state?state=registered&q=a",
        data={"state": "validated", "ids": ["amal", "bilal", "chen"]},
    )
    assert answer.headers["Location"] == f"/organise/{forum.id}/participants?q=a&state=registered"
    session.expire_all()
    assert [amal.state, bilal.state, chen.state] == ["validated", "validated", "registered"]
    wrong = client.post(f"/organise/{forum.id}/participants/state", data={"state": "must"})
    assert wrong.status_code == 400


def test_a_person_is_entered_with_everything(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    new = f"/organise/{forum.id}/participants/new"
    assert client.get(new).status_code == 200
    assert client.post(new, data=FORM).status_code == 302
    bilal = session.scalars(select(Participant)).one()
    assert (bilal.name, bilal.email, bilal.reference) == (
        "Bilal Alaoui",
        "bilal@people.example",
        "S-12",
    )
    assert (bilal.seats, bilal.max_meetings, bilal.place_id, bilal.delegation_id) == (
        2,
        12,
        "S1",
        "cise",
    )
    assert (bilal.remote, bilal.type_code, bilal.phone, bilal.consent_version) == (
        False,
        "supplier",
        "+212 600",
        None,
    )
    assert len(session.scalars(select(ParticipantSeat)).all()) == 2
    assert session.scalars(select(Absence.slot_id)).all() == ["d1-0900"]
    shown = client.get(f"/organise/{forum.id}/participants/{bilal.id}").text
    assert 'value="bilal@people.example"' in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "", "reference": ""},
        {"email": "amal@people.example"},
        {"last_name": ""},
        {"last_name": "x" * 10_000},
        {"seats": "0"},
        {"seats": "many"},
        {"max_meetings": "0"},
        {"place_id": "T99"},
        {"absences": ["d9-0900"]},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(
    client: FlaskClient, session: Session, forum: Event, wrong: dict[str, Any]
) -> None:
    cast.make_participant(session, forum, "Amal")
    bilal = cast.make_participant(session, forum, "Bilal")
    session.commit()
    answer = client.post(f"/organise/{forum.id}/participants/bilal", data={**FORM, **wrong})
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    session.rollback()
    session.expire_all()
    assert (bilal.last_name, bilal.email, bilal.seats) == ("Test", "bilal@people.example", 1)


def test_a_link_is_mailed_to_who_takes_part(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    bilal = cast.make_participant(session, forum, "Bilal", language="ar")
    cast.make_participant(session, forum, "Farah", email="", email_key=None, reference="F")
    session.commit()
    link = f"/organise/{forum.id}/participants/{{}}/link"
    client.post(link.format("bilal"))
    client.post(link.format("farah"))
    session.rollback()
    assert [(mail.address, mail.language) for mail in session.scalars(select(Mail))] == [
        ("bilal@people.example", "ar")
    ]
    bilal.state = "withdrawn"
    session.commit()
    client.post(link.format("bilal"))
    session.rollback()
    assert len(session.scalars(select(Mail)).all()) == 1


def test_the_live_agenda_gets_a_new_address(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    bilal = cast.make_participant(session, forum, "Bilal")
    session.commit()
    before = bilal.agenda_secret
    client.post(f"/organise/{forum.id}/participants/bilal/secret")
    session.expire_all()
    assert bilal.agenda_secret != before


def test_another_events_people_do_not_exist_here(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    other = cast.make_event(session, "other")
    cast.make_participant(session, other, "Chen")
    session.commit()
    for path in (f"/organise/{forum.id}/participants/chen", f"/organise/{other.id}/participants"):
        assert client.get(path).status_code == 404
    for deed in ("link", "secret"):
        answer = client.post(f"/organise/{forum.id}/participants/chen/{deed}")
        assert answer.status_code == 404


def test_a_long_list_comes_in_pages_with_the_same_number_of_statements(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    def statements(query: str = "") -> int:
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
        assert "data" in page(client, forum, query)
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    cast.make_participant(session, forum, "P00")
    session.commit()
    with_one = statements()
    for number in range(1, 53):
        cast.make_participant(session, forum, f"P{number:02}")
    session.commit()
    assert statements() == with_one
    assert "P52 Test" not in page(client, forum)
    assert "P52 Test" in page(client, forum, "page=2")
