"""People change what is theirs, agree to be shown, take it back, and leave."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.mails.letters import Letter
from matchmaker.mails.models import Mail
from matchmaker.mails.services import post
from matchmaker.participants.models import Absence, Attendance, Participant

PROFILE = "/events/forum/me/profile"
FORM = {
    "first_name": "Bilal",
    "last_name": "Alaoui",
    "organisation": "Bahr",
    "job": "Sales",
    "spoken": ["en"],
    "language": "en",
    "sessions": ["am"],
    "absences": ["d1-0925"],
}


@pytest.fixture
def bilal(client: FlaskClient, session: Session) -> Participant:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    account = cast.make_account(session, "Bilal")
    bilal = cast.make_participant(session, event, "Bilal", account, phone="+212 600")
    cast.sign_in(client, account)
    return bilal


def test_a_profile_is_changed_and_its_key_is_not(
    client: FlaskClient, session: Session, bilal: Participant
) -> None:
    assert client.get(PROFILE).status_code == 200
    answer = client.post(PROFILE, data={**FORM, "email": "other@people.example", "state": "x"})
    assert answer.headers["Location"] == PROFILE
    session.expire_all()
    assert (bilal.last_name, bilal.job, bilal.language) == ("Alaoui", "Sales", "en")
    assert (bilal.email, bilal.state, bilal.phone) == (
        "bilal@people.example",
        "validated",
        "+212 600",
    )
    assert session.scalars(select(Absence.slot_id)).all() == ["d1-0925"]
    assert session.scalars(select(Attendance.session_id)).all() == []


def test_a_faulty_profile_changes_nothing(
    client: FlaskClient, session: Session, bilal: Participant
) -> None:
    answer = client.post(PROFILE, data={**FORM, "organisation": "", "job": "Boss"})
    assert 'class="error"' in answer.text
    session.expire_all()
    assert bilal.job == ""


def test_consent_is_given_with_its_version_and_taken_back(
    client: FlaskClient, session: Session, bilal: Participant
) -> None:
    client.post("/events/forum/me/consent", data={"agree": "yes"})
    session.expire_all()
    assert bilal.consent_version == "1"
    assert bilal.consent_at is not None
    client.post("/events/forum/me/consent")
    session.expire_all()
    assert (bilal.consent_version, bilal.consent_at) == (None, None)


def test_a_new_text_is_asked_again(
    client: FlaskClient, session: Session, bilal: Participant
) -> None:
    ask = "/events/forum/me/consent"
    client.post(ask, data={"agree": "yes"})
    assert ask not in client.get("/events/forum/me/").text
    session.get_one(Event, bilal.event_id).consent_version = "2"
    session.commit()
    assert ask in client.get("/events/forum/me/").text


def test_leaving_asks_once_and_stops_the_mails(
    client: FlaskClient, session: Session, bilal: Participant
) -> None:
    post(
        session,
        address=bilal.email,
        language="fr",
        letter=Letter("Agenda", ("…",)),
        event_id=bilal.event_id,
    )
    session.commit()
    assert client.get("/events/forum/me/withdraw").status_code == 200
    session.expire_all()
    assert bilal.state == "validated"
    session.rollback()
    client.post("/events/forum/me/withdraw")
    session.expire_all()
    assert bilal.state == "withdrawn"
    assert session.scalars(select(Mail.state)).all() == ["cancelled"]
    assert client.get("/events/forum/me/").status_code == 200


def test_each_event_has_its_own_people(
    client: FlaskClient, session: Session, bilal: Participant
) -> None:
    other: Event = cast.make_event(session, "other")
    cast.make_participant(session, other, "Chen")
    session.commit()
    assert client.get("/events/other/me/").status_code == 404
    assert client.post("/events/other/me/withdraw").status_code == 404
