"""A leader reads who of their own people is ready and where each is, and nothing private."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cast
import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from statements import counted

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event, Membership, Slot
from matchmaker.events.queries import members_of
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Delegation
from matchmaker.organisations.services import remove_delegation
from matchmaker.participants.models import Absence, Participant
from matchmaker.schedules.models import Version

PAGE = "/events/forum/delegation/"
PHONE = "+212 600 111"


@dataclass
class Cast:
    """Lina leads the delegation of Amal, Bilal and Hadi; Omar that of Chen. Dima came alone."""

    event: Event
    slots: list[Slot]
    amal: Participant
    lina: Account
    omar: Account


@pytest.fixture
def forum(session: Session) -> Cast:
    event = cast.make_event(session)
    slots = cast.make_slots(session, event)
    cast.make_place(session, event, "T01")
    atlas = cast.make_organisation(session, event, "Atlas")
    lina, omar = (lead(session, event, name) for name in ("Lina", "Omar"))
    people = {"Amal": "lina", "Bilal": "lina", "Hadi": "lina", "Chen": "omar", "Dima": None}
    for name, delegation in people.items():
        account = None if name == "Hadi" else cast.make_account(session, name)
        cast.make_participant(
            session, event, name, account, phone=PHONE, delegation_id=delegation,
            organisation_id=atlas.id, state="registered" if name == "Hadi" else "validated",
            consent_version=None if name == "Hadi" else "1",
            consent_at=None if name == "Hadi" else event.created_at,
        )  # fmt: skip
    amal = session.get_one(Participant, (event.id, "amal"))
    session.commit()
    return Cast(event, slots, amal, lina, omar)


def lead(session: Session, event: Event, name: str) -> Account:
    """Somebody with a delegation of their own."""
    account = cast.make_account(session, name, language="en")
    code = name.lower()
    session.add(Delegation(event_id=event.id, id=code, code=code, names={"en": f"{name}’s people"}))
    session.flush()
    membership = {"account_id": account.id, "event_id": event.id, "role": "delegation"}
    session.add(Membership(**membership, delegation_id=code))
    session.flush()
    return account


def publish(session: Session, forum: Cast) -> Version:
    """Amal meets Chen at nine, Dima meets Chen after that."""
    first, second = (slot.id for slot in forum.slots[:2])
    meetings = [
        {"people": ["amal", "chen"], "slot": first, "place": "T01"},
        {"people": ["chen", "dima"], "slot": second, "place": "T01"},
    ]
    version = cast.make_version(session, forum.event, meetings)
    session.commit()
    return version


def body(client: FlaskClient, account: Account, path: str = PAGE) -> str:
    """What the page says between its navigation and its foot."""
    cast.sign_in(client, account)
    return client.get(path).text.partition("<main")[2].partition("</main>")[0]


def test_a_leader_reads_exactly_their_own_people(client: FlaskClient, forum: Cast) -> None:
    of_lina, of_omar = body(client, forum.lina), body(client, forum.omar)
    names = ("Amal", "Bilal", "Hadi", "Chen", "Dima")
    assert [name in of_lina for name in names] == [True, True, True, False, False]
    assert [name in of_omar for name in names] == [False, False, False, True, False]


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}day", "/events/forum/delegation.pdf"])
def test_whoever_leads_nothing_here_is_told_of_no_page(
    client: FlaskClient, session: Session, forum: Cast, path: str
) -> None:
    publish(session, forum)
    salon = cast.make_event(session, "salon")
    outsiders = [
        cast.make_organiser(session, forum.event),
        lead(session, salon, "Ester"),
        session.scalars(select(Account).where(Account.name == "Amal")).one(),
    ]
    for account in outsiders:
        cast.sign_in(client, account)
        assert client.get(path).status_code == 404
    client.post("/sign-out")
    assert client.get(path).location == f"/sign-in?next={path}"


def test_the_page_says_what_each_lacks_and_shows_only_those(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    cast.make_wish(session, forum.amal, session.get_one(Participant, (forum.event.id, "chen")))
    publish(session, forum)
    shown = {
        lacks: [name in body(client, forum.lina, f"{PAGE}?lacks={lacks}") for name in
                ("Amal", "Bilal", "Hadi")]
        for lacks in ("arrival", "confirmation", "wish", "meeting", "nonsense")
    }  # fmt: skip
    assert shown == {
        "arrival": [False, False, True],
        "confirmation": [False, False, True],
        "wish": [False, True, True],
        "meeting": [False, True, True],
        "nonsense": [True, True, True],
    }


def test_who_has_left_is_shown_as_such_and_asked_for_nothing(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    forum.amal.state = "withdrawn"
    session.commit()
    assert "Amal" in body(client, forum.lina)
    assert "Amal" not in body(client, forum.lina, f"{PAGE}?lacks=wish")


def test_a_never_is_neither_named_nor_counted(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    before = body(client, forum.lina)
    chen = session.get_one(Participant, (forum.event.id, "chen"))
    cast.make_wish(session, forum.amal, chen, "never")
    session.commit()
    assert body(client, forum.lina) == before
    assert "Amal" in body(client, forum.lina, f"{PAGE}?lacks=wish")


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}day"])
def test_absences_wished_people_and_contact_stay_private(
    client: FlaskClient, session: Session, forum: Cast, path: str
) -> None:
    """Amal wishes for Dima, too, and is away at the end: the page is the same without that."""
    publish(session, forum)
    away = {"event_id": forum.event.id, "participant_id": "amal", "slot_id": forum.slots[3].id}
    before = body(client, forum.lina, path)
    session.add(Absence(**away))
    session.commit()
    assert body(client, forum.lina, path) == before
    cast.make_wish(session, forum.amal, session.get_one(Participant, (forum.event.id, "dima")))
    session.commit()
    page = body(client, forum.lina, path)
    assert not [said for said in ("Dima", PHONE, "@people.example") if said in page]


def test_before_the_schedule_is_published_no_meeting_is_shown(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    for path in (PAGE, f"{PAGE}day"):
        page = body(client, forum.lina, path)
        assert "The schedule is not published yet" in page
        assert "T01" not in page
    assert client.get("/events/forum/delegation.pdf").status_code == 404


def test_the_day_says_who_is_where_and_with_whom(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    publish(session, forum)
    of_lina, of_omar = (body(client, who, f"{PAGE}day") for who in (forum.lina, forum.omar))
    for said in ("09:00", "Amal Test", "T01", "Chen Test", "Atlas"):
        assert said in of_lina
    assert "09:25" not in of_lina  # others meet then
    assert ("09:25" in of_omar, "Dima Test" in of_omar) == (True, True)


@pytest.mark.parametrize(("language", "said"), [("fr", "personnes"), ("en", "people")])
def test_the_sheet_of_the_print_centre_is_had_in_the_own_language(
    client: FlaskClient, session: Session, forum: Cast, language: str, said: str
) -> None:
    publish(session, forum)
    client.set_cookie("language", language)
    cast.sign_in(client, forum.lina)
    pdf = client.get("/events/forum/delegation.pdf")
    text = pypdf.PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    for expected in ("Lina’s people", "Amal Test", "T01", said):
        assert expected in text
    assert "Dima" not in text


def test_an_invitation_leads_to_the_delegation(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    dounia = cast.make_organiser(session, forum.event)
    cast.sign_in(client, dounia)
    at = f"/organise/{forum.event.id}/delegations/lina/leaders"
    client.post(at, data={"address": "nour@people.example"})
    letter = session.scalars(select(Mail).where(Mail.address == "nour@people.example")).one()
    client.post("/sign-out")
    link = next(word for word in letter.body.split() if "/sign-in/" in word)
    arrived = client.post(link.removeprefix("http://forum.example"))
    assert (arrived.location, client.get(PAGE).status_code) == (PAGE, 200)
    assert "organis" not in letter.body.partition("http")[0]  # nothing about organising


def test_the_delegation_is_found_from_every_page(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    cast.sign_in(client, forum.lina)
    assert f'href="{PAGE}"' in client.get("/account").text
    salon = cast.make_event(session, "salon", names={"en": "Salon"})
    lead_again = {"account_id": forum.lina.id, "event_id": salon.id, "role": "delegation"}
    session.add(Delegation(event_id=salon.id, id="d", code="d", names={}))
    session.flush()
    session.add(Membership(**lead_again, delegation_id="d"))
    session.commit()
    page = client.get("/account").text
    assert 'href="/events/salon/delegation/"' in page
    assert "Salon" in page


def test_without_the_delegation_the_role_ends(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    for person in session.scalars(select(Participant)):
        person.delegation_id = None
    session.flush()
    remove_delegation(session, session.get_one(Delegation, (forum.event.id, "lina")))
    session.commit()
    assert [account.name for _, account in members_of(session, forum.event.id)] == ["Omar"]
    cast.sign_in(client, forum.lina)
    assert client.get(PAGE).status_code == 404


def test_more_people_and_meetings_take_no_more_statements(
    client: FlaskClient, session: Session, forum: Cast
) -> None:
    version = publish(session, forum)
    cast.sign_in(client, forum.lina)
    taken = []
    for names in ((), ("Nour", "Rita")):
        for name, slot in zip(names, forum.slots[2:], strict=False):
            cast.make_participant(session, forum.event, name, delegation_id="lina")
            meets = [name.lower(), "dima"]
            cast.book(session, version, people=meets, slot=slot.id, place="T01")
        session.commit()
        with counted() as statements:
            assert client.get(PAGE).status_code == client.get(f"{PAGE}day").status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]
