"""After a registration: the address is shown, written to again, put right; nobody learns more."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.participants.models import Participant

BASE = "/events/forum/register"
DONE = "/events/forum/registered"
AGAIN = f"{DONE}/again"
STEPS = {
    "": {"first_name": "Amal", "last_name": "Idrissi", "language": "en"},
    "/organisation": {"organisation": "Atlas"},
    "/times": {"spoken": ["fr"]},
    "/consent": {"consent": "y"},
}


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    session.commit()
    return event


def register(client: FlaskClient, email: str) -> None:
    for step, said in STEPS.items():
        answer = client.post(BASE + step, data={**said, "email": email})
        assert answer.status_code == 302
    assert answer.location == DONE


def people(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    session.expire_all()
    rows = session.scalars(select(Participant).order_by(Participant.email_key)).all()
    found = [(row.email, row.state) for row in rows]
    session.rollback()
    return found


def addresses(session: Session) -> list[str]:
    session.rollback()
    found = session.scalars(
        select(Mail.address).where(Mail.state != "cancelled").order_by(Mail.created_at)
    ).all()
    session.rollback()
    return list(found)


def test_the_page_says_where_the_mail_went_and_sends_it_again(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    register(client, "amal@atlas.example")
    assert "amal@atlas.example" in client.get(DONE).text
    assert client.post(AGAIN).location == DONE
    assert addresses(session) == ["amal@atlas.example"] * 2
    assert 'href="/events/forum/"' in client.get(DONE).text


def test_a_mistyped_address_is_put_right(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    register(client, "amal@atlsa.example")
    assert client.post(DONE, data={"email": "no address"}).status_code == 200
    assert client.post(DONE, data={"email": "amal@atlas.example"}).location == DONE
    assert people(session) == [("amal@atlas.example", "validated")]
    assert addresses(session) == ["amal@atlas.example"]
    assert "amal@atlas.example" in client.get(DONE).text


def test_who_typed_a_known_address_loses_nothing_and_learns_nothing(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    bilal = cast.make_participant(session, forum, "Bilal")
    session.commit()
    register(client, bilal.email)
    page = plain(client.get(DONE).text)
    other = client.application.test_client()
    register(other, "new@people.example")
    assert page.replace(bilal.email, "X") == plain(other.get(DONE).text).replace(
        "new@people.example", "X"
    )
    client.post(DONE, data={"email": "amal@atlas.example"})
    assert ("amal@atlas.example", "validated") in people(session)
    assert (bilal.email, "validated") in people(session)


def test_nobody_moves_somebody_elses_registration(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    bilal = cast.make_participant(session, forum, "Bilal")
    session.commit()
    register(client, "amal@atlsa.example")
    client.post(DONE, data={"email": bilal.email})
    assert people(session) == [("amal@atlsa.example", "withdrawn"), (bilal.email, "validated")]
    client.post(DONE, data={"email": "amal@atlas.example"})
    assert people(session) == [("amal@atlas.example", "validated"), (bilal.email, "validated")]


def test_a_link_that_was_opened_settles_the_address(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    register(client, "amal@atlas.example")
    session.rollback()
    [link] = re.findall(r"/sign-in/\S+", session.scalars(select(Mail.body)).one())
    session.rollback()
    client.application.test_client().post(link)
    answer = client.post(DONE, data={"email": "thief@people.example"})
    assert answer.status_code == 200
    assert "opened already" in answer.text
    assert people(session) == [("amal@atlas.example", "validated")]


def test_without_a_registration_there_is_nothing_to_send(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    assert client.get(DONE).status_code == 200
    assert client.post(AGAIN).location == DONE
    assert client.post(DONE, data={"email": "amal@atlas.example"}).location == DONE
    assert addresses(session) == []


def plain(page: str) -> str:
    return re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", page)
