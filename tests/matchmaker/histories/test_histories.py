"""Who changed what is kept for organisers and for the person; acting for somebody is seen."""

from __future__ import annotations

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.agendas.models import MeetingNote
from matchmaker.events.models import Event, Membership
from matchmaker.journal.models import JournalEntry
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish

ME = "/events/forum/me/"


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal takes part with an account, and meets Bilal; Dounia organises."""
    event = cast.make_event(session)
    [slot, *_rest] = cast.make_slots(session, event, 2)
    place = cast.make_place(session, event)
    cast.make_participant(session, event, "Amal", cast.make_account(session, "Amal"))
    cast.make_participant(session, event, "Bilal", consent_version="1", consent_at=event.created_at)
    cast.make_version(session, event, [
        {"people": ["amal", "bilal"], "slot": slot.id, "place": place.id}
    ])  # fmt: skip
    cast.make_organiser(session, event)
    session.commit()
    return event


def browser(app: Flask, session: Session, name: str) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.set_cookie("language", "en")
    cast.sign_in(client, session.scalars(select(Account).where(Account.name == name)).one())
    return client


@pytest.fixture
def dounia(app: Flask, session: Session, forum: Event) -> FlaskClient:
    return browser(app, session, "Dounia")


@pytest.fixture
def amal(app: Flask, session: Session, forum: Event) -> FlaskClient:
    return browser(app, session, "Amal")


def act(client: FlaskClient, forum: Event, name: str = "amal", **form: str) -> str:
    path = f"/organise/{forum.id}/participants/{name}/act"
    answer = client.post(path, data=form, follow_redirects=True)

    return answer.text


def test_an_organiser_reads_who_changed_what(
    dounia: FlaskClient, amal: FlaskClient, forum: Event
) -> None:
    amal.post(ME + "people/bilal", data={"grade": "top"})
    dounia.post(f"/organise/{forum.id}/participants/amal/secret")
    shown = dounia.get(f"/organise/{forum.id}/participants/amal/history").text
    assert "Participants: changed" in shown
    assert "Wishes: added" in shown
    assert shown.index("Dounia") < shown.index("Wishes: added")
    assert "(the person)" in shown


def test_an_organisation_has_a_history(dounia: FlaskClient, session: Session, forum: Event) -> None:
    organisation = cast.make_organisation(session, forum, "Bahr")
    session.commit()
    organisation.city = "Casablanca"
    session.commit()
    path = f"/organise/{forum.id}/organisations/{organisation.id}/history"
    assert dounia.get(path).text.count("Organisations: ") == 2


def test_of_others_and_of_other_events_there_is_no_history(
    dounia: FlaskClient, session: Session, forum: Event
) -> None:
    other = cast.make_event(session, "other")
    cast.make_participant(session, other, "Zora")
    session.commit()
    assert dounia.get(f"/organise/{forum.id}/participants/zora/history").status_code == 404
    assert dounia.get(f"/organise/{other.id}/participants/zora/history").status_code == 404


def test_an_organiser_acts_for_somebody_and_the_person_sees_it(
    dounia: FlaskClient, amal: FlaskClient, session: Session, forum: Event
) -> None:
    assert "Somebody acted" not in amal.get(ME).text
    assert "As an organiser you act for Amal Test." in act(dounia, forum)
    dounia.post(ME + "people/bilal", data={"grade": "top"})
    session.expire_all()
    [wish] = session.scalars(select(Wish))
    assert (wish.from_id, wish.to_id) == ("amal", "bilal")
    entries = select(JournalEntry.actor_id).where(
        (JournalEntry.table == "wish") | (JournalEntry.action == "acted_for")
    )
    dounia_id = session.scalars(select(Account.id).where(Account.name == "Dounia")).one()
    assert set(session.scalars(entries)) == {dounia_id}
    session.rollback()
    home = amal.get(ME).text
    assert "Somebody acted for you lately:" in home
    assert "Dounia" in home
    mine = amal.get(ME + "history").text
    assert "acted for somebody" in mine
    assert "Wishes: added" in mine
    act(dounia, forum, stop="yes")
    assert dounia.get(ME).status_code == 404


def test_what_is_for_the_person_alone_stays_so(
    dounia: FlaskClient, session: Session, forum: Event
) -> None:
    session.add(MeetingNote(
        event_id=forum.id, participant_id="amal", meeting_id="amal~bilal", words="Only for Amal"
    ))  # fmt: skip
    session.commit()
    act(dounia, forum)
    meeting = ME + "agenda/meetings/amal~bilal"
    shown = dounia.get(meeting)
    assert (shown.status_code, "Only for Amal" in shown.text) == (200, False)
    assert dounia.post(meeting, data={"words": "Mine"}).status_code == 404
    assert dounia.get(ME + "team/").status_code == 404
    dounia.post(ME + "consent", data={"agree": "yes"})
    session.expire_all()
    assert session.get_one(Participant, (forum.id, "amal")).consent_version is None


def test_acting_ends_with_the_role(dounia: FlaskClient, session: Session, forum: Event) -> None:
    act(dounia, forum)
    assert dounia.get(ME).status_code == 200
    membership = session.scalars(select(Membership)).one()
    membership.role = "desk"
    session.commit()
    assert dounia.get(ME).status_code == 404


def test_nobody_is_acted_for_who_does_not_take_part(
    dounia: FlaskClient, session: Session, forum: Event
) -> None:
    act(dounia, forum)
    session.get_one(Participant, (forum.id, "amal")).state = "withdrawn"
    session.commit()
    assert dounia.get(ME).status_code == 404
    assert "does not take part" in act(dounia, forum)
    assert dounia.post("/organise/other/participants/amal/act").status_code == 404


def test_who_takes_part_and_organises_comes_back_to_their_own_pages(
    amal: FlaskClient, session: Session, forum: Event
) -> None:
    account = session.scalars(select(Account).where(Account.name == "Amal")).one()
    session.add(Membership(account_id=account.id, event_id=forum.id, role="helper"))
    session.commit()
    assert "you act for Bilal Test." in act(amal, forum, "bilal")
    act(amal, forum, "bilal", stop="yes")
    assert "you act for" not in amal.get(ME).text
    assert amal.get(ME).status_code == 200
