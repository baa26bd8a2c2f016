"""Who has wished for nobody yet, and a mail to exactly those."""

from __future__ import annotations

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.participants.models import Participant
from matchmaker.wishes.silence import remind_silent, silent_people


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal wishes for Bilal; Bilal only says never; Chen is silent, Dalia too, without a mail
    address; Ester is not confirmed.
    """
    forum = cast.make_event(session)
    cast.make_organiser(session, forum)
    people = {
        name: cast.make_participant(session, forum, name, **values)
        for name, values in (
            ("Amal", {}),
            ("Bilal", {}),
            ("Chen", {}),
            ("Dalia", {"email": "", "email_key": None, "reference": "D1"}),
            ("Ester", {"state": "registered"}),
        )
    }
    cast.make_wish(session, people["Amal"], people["Bilal"])
    cast.make_wish(session, people["Bilal"], people["Amal"], "never")
    session.commit()
    return forum


def test_silent_are_the_confirmed_who_wish_for_nobody(session: Session, forum: Event) -> None:
    assert silent_people(session, forum.id) == ["bilal", "chen", "dalia"]


def test_exactly_these_are_written_to_and_once_a_day(session: Session, forum: Event) -> None:
    assert remind_silent(session, forum) == 2
    assert remind_silent(session, forum) == 2
    compose_due(session)
    assert sorted(session.scalars(select(Mail.address))) == [
        "bilal@people.example",
        "chen@people.example",
    ]


def test_who_wishes_before_it_is_sent_gets_none(app: Flask, session: Session, forum: Event) -> None:
    remind_silent(session, forum)
    people = {row: session.get_one(Participant, (forum.id, row)) for row in ("chen", "amal")}
    cast.make_wish(session, people["chen"], people["amal"])
    session.commit()
    compose_due(session)
    assert list(session.scalars(select(Mail.address))) == ["bilal@people.example"]


def test_the_organiser_presses_one_button(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    dounia = session.scalars(select(Account).where(Account.name == "Dounia")).one()
    cast.sign_in(client, dounia)
    path = f"/organise/{forum.id}/wishes/without"
    shown = client.get(path).text
    assert "Chen Test" in shown
    assert "Amal Test" not in shown
    assert client.post(path).location == path
    assert "2 people are written to." in client.get(path).text
