"""People of one organisation: who is let in, who manages, who acts for whom, and who sees what."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.models import JournalEntry
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Organisation
from matchmaker.participants import team
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import Answers, register
from matchmaker.wishes.models import Wish

TEAM = "/events/forum/me/team/"


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    session.commit()
    return event


@pytest.fixture
def atlas(session: Session, forum: Event) -> Organisation:
    return cast.make_organisation(session, forum, "Atlas")


def member(session: Session, event: Event, home: Organisation, name: str, **more: Any) -> Account:
    account = cast.make_account(session, name)
    cast.make_participant(
        session, event, name, account, organisation_id=home.id,
        consent_version="1", consent_at=event.created_at, **more,
    )  # fmt: skip
    session.commit()
    return account


def person(session: Session, event: Event, name: str) -> Participant:
    session.expire_all()
    return session.get_one(Participant, (event.id, name))


def sign_up(session: Session, event: Event, name: str, organisation: str) -> Participant:
    details: Any = {"first_name": name, "last_name": "Test", "language": "en", "spoken": ["en"]}
    address = f"{name.lower()}@new.example"
    register(session, event, address, Answers(details, organisation), None)
    session.commit()
    return session.scalars(select(Participant).where(Participant.email == address)).one()


def test_whoever_brings_an_organisation_manages_it_and_lets_others_in(
    session: Session, forum: Event
) -> None:
    amal = sign_up(session, forum, "Amal", "Atlas")
    bilal = sign_up(session, forum, "Bilal", "atlas")
    assert (amal.team_role, bilal.team_role) == ("manager", "applicant")
    assert team.leads(session, amal)
    assert not team.leads(session, bilal)
    team.let_in(session, amal, bilal)
    assert bilal.team_role == "member"


def test_a_claim_gives_no_right(session: Session, forum: Event) -> None:
    amal = sign_up(session, forum, "Amal", "Atlas")
    mallory = sign_up(session, forum, "Mallory", "Atlas")
    amal.lets_act = True
    assert not team.may_act_for(mallory, amal)
    with pytest.raises(Refusal):
        team.let_in(session, mallory, amal)
    with pytest.raises(Refusal):
        team.note_acting(session, mallory, amal)
    team.send_away(session, amal, mallory)
    assert mallory.organisation_id is None


def test_the_database_knows_no_role_without_an_organisation(session: Session, forum: Event) -> None:
    with pytest.raises(IntegrityError):
        cast.make_participant(session, forum, "Amal", team_role="manager")


def test_another_organisation_ends_what_one_was(
    session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = sign_up(session, forum, "Amal", "Rif")
    member(session, forum, atlas, "Bilal")
    team.join(session, amal, atlas, is_new=False)
    assert amal.team_role == "applicant"
    team.join(session, amal, None, is_new=False)
    assert amal.team_role == "member"


def test_managers_are_named_by_managers_and_one_always_remains(
    session: Session, forum: Event, atlas: Organisation
) -> None:
    member(session, forum, atlas, "Amal", team_role="manager")
    member(session, forum, atlas, "Bilal")
    amal, bilal = (person(session, forum, name) for name in ("amal", "bilal"))
    with pytest.raises(Refusal, match="name another one first"):
        team.step_down(session, amal)
    with pytest.raises(Refusal, match="Only a manager"):
        team.name_manager(session, bilal, amal)
    team.name_manager(session, amal, bilal)
    team.step_down(session, amal)
    assert (amal.team_role, bilal.team_role) == ("member", "manager")


def test_only_managers_describe_the_organisation(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    bilal = member(session, forum, atlas, "Bilal")
    page = "/events/forum/me/organisation"
    cast.sign_in(client, bilal)
    assert client.get(page).status_code == 200  # nobody manages yet
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    assert client.get(page).status_code == 302
    client.post(page, data={"description": "Mine now"})
    session.expire_all()
    assert session.get_one(Organisation, (forum.id, atlas.id)).description == ""
    cast.sign_in(client, amal)
    assert client.get(page).status_code == 200


def test_a_colleague_acts_where_let_and_it_is_written_down(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal")
    bilal = member(session, forum, atlas, "Bilal")
    cast.make_participant(session, forum, "Chen", consent_version="1", consent_at=forum.created_at)
    session.commit()
    cast.sign_in(client, amal)
    refused = client.post(TEAM + "act", data={"participant_id": "bilal"}, follow_redirects=True)
    assert "does not let you act" in refused.text
    cast.sign_in(client, bilal)
    client.post(TEAM + "own", data={"lets_act": "yes"})
    cast.sign_in(client, amal)
    client.post(TEAM + "act", data={"participant_id": "bilal"})
    assert "You act for Bilal Test." in client.get("/events/forum/me/wishes").text
    client.post("/events/forum/me/people/chen", data={"grade": "top"})
    session.expire_all()
    [wish] = session.scalars(select(Wish))
    assert (wish.from_id, wish.to_id) == ("bilal", "chen")
    acted = session.scalars(select(JournalEntry).where(JournalEntry.action == "acted_for")).one()
    assert (acted.actor_id, acted.row_id) == (amal.id, "bilal")
    of_wish = select(JournalEntry.actor_id).where(JournalEntry.table == "wish")
    assert set(session.scalars(of_wish)) == {amal.id}
    client.post(TEAM + "act")
    assert "You act for" not in client.get("/events/forum/me/wishes").text
    cast.sign_in(client, bilal)
    assert "Amal" in client.get(TEAM).text.split("Who acted for you")[1]


def test_acting_ends_with_the_leave_to_do_it(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal")
    member(session, forum, atlas, "Bilal", lets_act=True)
    cast.sign_in(client, amal)
    client.post(TEAM + "act", data={"participant_id": "bilal"})
    assert "You act for" in client.get("/events/forum/me/").text
    person(session, forum, "bilal").lets_act = False
    session.commit()
    assert "You act for" not in client.get("/events/forum/me/").text


def test_nobody_agrees_in_the_name_of_who_can_be_asked(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal")
    member(session, forum, atlas, "Bilal", lets_act=True)
    cast.sign_in(client, amal)
    client.post(TEAM + "act", data={"participant_id": "bilal"})
    client.post("/events/forum/me/consent", data={"agree": "no"})
    assert person(session, forum, "bilal").consent_version == "1"


@pytest.mark.parametrize("path", ["", "act", "chen"])
def test_another_organisations_people_are_nobodys_to_act_for(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation, path: str
) -> None:
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    bahr = cast.make_organisation(session, forum, "Bahr")
    member(session, forum, bahr, "Chen", lets_act=True)
    cast.sign_in(client, amal)
    if path == "":
        assert "Chen" not in client.get(TEAM).text
    elif path == "act":
        answer = client.post(TEAM + path, data={"participant_id": "chen"})
        assert answer.status_code == 404
    else:
        assert client.get(TEAM + path).status_code == 404
        assert client.post(TEAM + path + "/role", data={"deed": "manager"}).status_code == 404


def test_a_manager_sees_all_agendas_and_wishes_but_no_never(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    bilal = member(session, forum, atlas, "Bilal")
    others = [
        cast.make_participant(session, forum, name, consent_version="1",
                              consent_at=forum.created_at)
        for name in ("Chen", "Dalila", "Emil")
    ]  # fmt: skip
    for other, grade in zip(others, ("top", "like", "never"), strict=True):
        cast.make_wish(session, person(session, forum, "bilal"), other, grade)
    cast.make_place(session, forum, "T7")
    meeting = {"people": ["bilal", "dalila"], "slot": "d1-0900", "place": "T7"}
    cast.make_version(session, forum, [meeting])
    session.commit()
    cast.sign_in(client, amal)
    overview = client.get(TEAM).text
    assert "2 wishes" in overview
    assert "1 meeting" in overview
    page = client.get(TEAM + "bilal").text
    for text in ("Chen Test", "Dalila Test", "T7", "09:00–09:20"):
        assert text in page, text
    assert "Emil" not in page
    cast.sign_in(client, bilal)
    assert client.get(TEAM + "amal").status_code == 404


def add(client: FlaskClient, **said: Any) -> str:
    form = {"first_name": "Salma", "last_name": "Rami", "language": "fr", "spoken": ["fr"],
            **said}  # fmt: skip
    return client.post(TEAM + "new", data=form, follow_redirects=True).text


def test_a_representative_without_an_address_is_added_and_acted_for(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    cast.sign_in(client, amal)
    assert "Salma Rami" in add(client, has_agreed="y")
    salma = session.scalars(select(Participant).where(Participant.first_name == "Salma")).one()
    assert (salma.email, salma.organisation_id, salma.state) == ("", atlas.id, "validated")
    assert salma.consent_version == forum.consent_version
    assert session.scalars(select(Mail)).all() == []
    session.rollback()
    client.post(TEAM + "act", data={"participant_id": salma.id})
    assert "You act for Salma Rami." in client.get("/events/forum/me/").text
    answer = client.post("/events/forum/me/consent", data={"agree": "no"})
    assert answer.status_code == 302
    assert person(session, forum, salma.id).consent_version is None


def test_a_colleague_with_an_address_is_asked_in_person(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    cast.sign_in(client, amal)
    add(client, email="salma@people.example", has_agreed="y")
    salma = session.scalars(select(Participant).where(Participant.first_name == "Salma")).one()
    assert (salma.consent_version, salma.lets_act) == (None, False)
    assert [mail.address for mail in session.scalars(select(Mail))] == ["salma@people.example"]


def test_adding_somebody_tells_not_whether_they_are_registered(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    cast.make_participant(session, forum, "Chen")
    session.commit()
    cast.sign_in(client, amal)
    told = add(client, email="chen@people.example")
    assert "Added." in told
    assert "Salma" not in told
    assert person(session, forum, "chen").organisation_id is None


def test_who_does_not_lead_adds_nobody_and_a_closed_event_neither(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    amal = member(session, forum, atlas, "Amal", team_role="manager")
    bilal = member(session, forum, atlas, "Bilal")
    cast.sign_in(client, bilal)
    assert "Only a manager" in add(client)
    cast.close(session, forum, "registration")
    session.commit()
    cast.sign_in(client, amal)
    assert "Registration is closed." in add(client)
    assert len(session.scalars(select(Participant)).all()) == 2


def test_an_organiser_names_managers(
    client: FlaskClient, session: Session, forum: Event, atlas: Organisation
) -> None:
    member(session, forum, atlas, "Bilal", team_role="applicant")
    cast.sign_in(client, cast.make_organiser(session, forum))
    form = {"first_name": "Bilal", "last_name": "Test", "organisation": "Atlas", "language": "fr",
            "email": "bilal@people.example", "seats": "1", "state": "validated", "manages": "y",
            "type_code": "", "delegation_id": "", "place_id": ""}  # fmt: skip
    page = f"/organise/{forum.id}/participants/bilal"
    assert client.post(page, data=form).status_code == 302
    assert person(session, forum, "bilal").team_role == "manager"
    assert (
        " checked"
        in client.get(page).text.split('name="manages"')[0][-200:]
        + client.get(page).text.split('name="manages"')[1][:80]
    )
    del form["manages"]
    client.post(page, data=form)
    assert person(session, forum, "bilal").team_role == "member"
