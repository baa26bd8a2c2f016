"""Roles are given by mail, taken away at once, and never the last one."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Login
from matchmaker.accounts.services import open_login
from matchmaker.errors import Refusal
from matchmaker.events.models import Membership
from matchmaker.events.team import invite_member, remove_member
from matchmaker.mails.models import Mail


def role(session: Session, account, event, name: str = "organiser") -> Membership:
    return session.get_one(Membership, (account.id, event.id, name))


def test_an_invited_organiser_gets_a_role_and_a_mail(session: Session) -> None:
    event = cast.make_event(session)
    cast.make_organiser(session, event)
    ester = invite_member(session, event, address="ester@people.example", role="organiser")
    assert role(session, ester, event).role == "organiser"
    assert session.scalars(select(Mail.address)).all() == ["ester@people.example"]


def test_an_invitation_twice_or_to_no_address_changes_nothing(session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    for address in (dounia.email, "nowhere", ""):
        with pytest.raises(Refusal):
            invite_member(session, event, address=address, role="organiser")
    assert session.scalars(select(Mail)).all() == []
    assert len(session.scalars(select(Membership)).all()) == 1


def test_losing_a_role_ends_every_login(session: Session) -> None:
    event = cast.make_event(session)
    cast.make_organiser(session, event)
    ester = cast.make_organiser(session, event, "Ester")
    open_login(session, ester)
    session.commit()
    remove_member(session, role(session, ester, event))
    assert session.scalars(select(Login)).all() == []
    assert session.get(Membership, (ester.id, event.id, "organiser")) is None


def test_the_last_organiser_stays(session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    with pytest.raises(Refusal):
        remove_member(session, role(session, dounia, event))
    assert role(session, dounia, event)


def test_nobody_takes_away_their_own_role(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    cast.make_organiser(session, event, "Ester")
    session.commit()
    cast.sign_in(client, dounia)
    own = f"/organise/{event.id}/team/{dounia.id}/organiser/remove"
    assert own not in client.get(f"/organise/{event.id}/team").text
    answer = client.post(own, follow_redirects=True)
    assert 'class="error"' in answer.text
    assert role(session, dounia, event)
