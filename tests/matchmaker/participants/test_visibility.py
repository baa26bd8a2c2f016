"""Each field has its audience, the page says which, and the person decides about their contact."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Participant

PHONE = "+212 600 111"


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal meets Bilal in the published schedule; Chen meets nobody."""
    forum = cast.make_event(session)
    slots, place = cast.make_slots(session, forum), cast.make_place(session, forum, "T1")
    agreed = {"consent_version": forum.consent_version, "consent_at": forum.created_at}
    for name in ("Amal", "Bilal", "Chen"):
        account = cast.make_account(session, name)
        cast.make_participant(session, forum, name, account, phone=PHONE, **agreed)
    meeting = {"people": ["amal", "bilal"], "slot": slots[0].id, "place": place.id}
    cast.make_version(session, forum, [meeting])
    session.commit()
    return forum


def enter(client: FlaskClient, session: Session, name: str) -> None:
    account = session.query(Account).filter_by(name=name).one()
    cast.sign_in(client, account)


def page(client: FlaskClient, forum: Event, path: str) -> str:
    return client.get(f"/events/{forum.slug}/me/{path}").text


def test_partners_of_a_published_meeting_see_the_contact(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    enter(client, session, "Bilal")
    assert "amal@people.example" in page(client, forum, "agenda")
    assert "tel:+212600111" in page(client, forum, "agenda")


@pytest.mark.parametrize("path", ["agenda", "people", "people/amal", "wishes"])
def test_nobody_else_sees_it(
    client: FlaskClient, session: Session, forum: Event, path: str
) -> None:
    enter(client, session, "Chen")
    shown = page(client, forum, path)
    assert "amal@people.example" not in shown
    assert PHONE not in shown


def test_who_shares_neither_is_reached_through_the_organisers(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    enter(client, session, "Amal")
    path = f"/events/{forum.slug}/me/visibility"
    assert client.post(path, data={"phone": PHONE}).location == path
    said = page(client, forum, "visibility")
    assert "The organisers alone" in said
    enter(client, session, "Bilal")
    shown = page(client, forum, "agenda")
    assert "amal@people.example" not in shown
    assert "tel:" not in shown


def test_the_page_follows_consent_and_choices(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    enter(client, session, "Amal")
    assert "The confirmed participants" in page(client, forum, "visibility")
    amal = session.get_one(Participant, (forum.id, "amal"))
    amal.consent_version = None
    session.commit()
    assert "The confirmed participants" not in page(client, forum, "visibility")


def test_whom_a_delegation_brings_is_told_what_its_leader_reads(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    enter(client, session, "Amal")
    said = "Whoever looks after your delegation"
    assert said not in page(client, forum, "visibility")
    session.add(Delegation(event_id=forum.id, id="cise", code="cise", names={}))
    session.flush()
    session.get_one(Participant, (forum.id, "amal")).delegation_id = "cise"
    session.commit()
    assert said in page(client, forum, "visibility")


def test_a_telephone_that_is_too_long_is_refused_in_words(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    enter(client, session, "Amal")
    answer = client.post(f"/events/{forum.slug}/me/visibility", data={"phone": "1" * 61})
    assert answer.status_code == 200
    assert "At most 60" in answer.text
