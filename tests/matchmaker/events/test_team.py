"""Roles are given by mail, taken away at once, and never the last one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Login
from matchmaker.accounts.services import open_login
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Membership
from matchmaker.events.team import change_role, invite_again, invite_member, remove_member
from matchmaker.mails.models import Mail


def role(session: Session, account, event, name: str = "owner") -> Membership:
    return session.get_one(Membership, (account.id, event.id, name))


def test_an_invited_organiser_gets_a_role_and_a_mail(session: Session) -> None:
    event = cast.make_event(session)
    cast.make_organiser(session, event)
    ester = invite_member(session, event, address="ester@people.example", role="organiser")
    assert role(session, ester, event, "organiser")
    assert session.scalars(select(Mail.address)).all() == ["ester@people.example"]


def test_an_invitation_twice_or_to_no_address_changes_nothing(session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    for address in (dounia.email, "nowhere", ""):  # Dounia owns the event
        with pytest.raises(Refusal):
            invite_member(session, event, address=address, role="organiser")
    assert session.scalars(select(Mail)).all() == []
    assert len(session.scalars(select(Membership)).all()) == 1


def test_an_invitation_that_went_astray_is_sent_again(session: Session) -> None:
    event = cast.make_event(session)
    ester = invite_member(session, event, address="ester@people.example", role="desk")
    invite_again(session, role(session, ester, event, "desk"))
    assert session.scalars(select(Mail.address)).all() == ["ester@people.example"] * 2
    assert len(session.scalars(select(Membership)).all()) == 1


def test_losing_a_role_ends_every_login(session: Session) -> None:
    event = cast.make_event(session)
    cast.make_organiser(session, event)
    ester = cast.make_organiser(session, event, "Ester")
    open_login(session, ester)
    session.commit()
    remove_member(session, role(session, ester, event))
    assert session.scalars(select(Login)).all() == []
    assert session.get(Membership, (ester.id, event.id, "owner")) is None


def test_the_last_owner_stays_and_stays_one(session: Session) -> None:
    """Organisers do not count: only owners can give roles."""
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    cast.make_organiser(session, event, "Ester", role="organiser")
    session.commit()
    for deed in (remove_member, lambda s, member: change_role(s, member, "reader")):
        with pytest.raises(Refusal, match="owner"):
            deed(session, role(session, dounia, event))
        session.rollback()
    assert role(session, dounia, event)


def test_two_owners_who_leave_at_once_leave_one(app: Flask, session: Session) -> None:
    event = cast.make_event(session)
    owners = [cast.make_organiser(session, event, name).id for name in ("Dounia", "Ester")]
    session.commit()
    event_id = event.id
    session.rollback()
    start = Barrier(2)

    def leave(account_id: str) -> bool:
        with app.app_context(), Session(db.engine) as own:
            member = own.get_one(Membership, (account_id, event_id, "owner"))
            own.rollback()
            start.wait()
            try:
                remove_member(own, member)
            except Refusal:
                return False
            return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(leave, owners)) == [False, True]


def test_another_role_takes_the_place_of_the_old_one(session: Session) -> None:
    event = cast.make_event(session)
    ester = cast.make_organiser(session, event, "Ester", role="desk")
    session.commit()
    change_role(session, role(session, ester, event, "desk"), "organiser")
    roles = session.scalars(select(Membership.role).where(Membership.account_id == ester.id))
    assert roles.all() == ["organiser"]


def test_somebody_leaves_the_team_by_themselves(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    cast.make_organiser(session, event)
    rita = cast.make_organiser(session, event, "Rita", role="reader")
    session.commit()
    cast.sign_in(client, rita)
    assert "/team/leave" in client.get(f"/organise/{event.id}/team").text
    assert client.post(f"/organise/{event.id}/team/leave").location == "/"
    assert session.get(Membership, (rita.id, event.id, "reader")) is None


def test_the_last_owner_is_told_why_she_cannot_leave(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    answer = client.post(f"/organise/{event.id}/team/leave", follow_redirects=True)
    assert "An event needs an owner" in answer.text
    assert role(session, dounia, event)


def test_the_page_says_who_has_not_been_here(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    invite_member(session, event, address="ester@people.example", role="helper")
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{event.id}/team").text
    assert page.count("has not signed in yet") == 1
    assert page.count("Invite again") == 1
