"""The organiser enters and changes people one by one."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

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
