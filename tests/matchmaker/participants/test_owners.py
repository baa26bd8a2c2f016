"""Whose a stand is: said on the place's page and on the person's, and the same on both."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Place
from matchmaker.participants.models import Participant

PLACES = "/organise/{}/set-up/places"


@pytest.fixture
def event(session: Session, client: FlaskClient) -> Event:
    """A stand and an online room; Amal and Bilal of Bahr, Chen of nobody; Dounia at the browser."""
    event = cast.make_event(session)
    cast.make_place(session, event, "S01", kind="stand")
    cast.make_place(session, event, "S02", kind="stand")
    cast.make_place(session, event, "WEB1", kind="online")
    bahr = cast.make_organisation(session, event, "Bahr")
    for name in ("Amal", "Bilal"):
        cast.make_participant(session, event, name, organisation_id=bahr.id)
    cast.make_participant(session, event, "Chen", place_id="S02")
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    return event


def give(client: FlaskClient, event: Event, place: str, whose: str) -> str:
    url = f"{PLACES.format(event.id)}/{place}/give"
    return client.post(url, data={"whose": whose}, follow_redirects=True).text


def places(session: Session, event: Event) -> dict[str, str | None]:
    session.expire_all()
    names = ("amal", "bilal", "chen")
    return {n: session.get_one(Participant, (event.id, n)).place_id for n in names}


def test_a_stand_is_given_on_its_own_page_and_stands_on_the_persons(
    client: FlaskClient, session: Session, event: Event
) -> None:
    page = give(client, event, "S01", "Amal@people.example ")
    assert "Amal Test" in page
    assert "Bahr" in page
    assert places(session, event) == {"amal": "S01", "bilal": None, "chen": "S02"}
    persons = client.get(f"/organise/{event.id}/participants/amal").text
    assert '<option selected value="S01">' in persons


def test_a_stand_is_given_to_all_of_an_organisation(
    client: FlaskClient, session: Session, event: Event
) -> None:
    give(client, event, "S01", "bahr")
    assert places(session, event) == {"amal": "S01", "bilal": "S01", "chen": "S02"}


def test_who_had_another_stand_leaves_it_and_the_page_says_so(
    client: FlaskClient, session: Session, event: Event
) -> None:
    assert "Before, they stayed at: S02." in give(client, event, "S01", "chen@people.example")
    assert places(session, event)["chen"] == "S01"


def test_the_list_of_places_says_whose_they_are(client: FlaskClient, event: Event) -> None:
    page = client.get(PLACES.format(event.id)).text
    row = page[page.index("S02") :]
    assert "Chen Test" in row[: row.index("</tr>")]


def test_a_stand_is_taken_away_unless_its_owner_stays_elsewhere_by_now(
    client: FlaskClient, session: Session, event: Event
) -> None:
    client.post(f"{PLACES.format(event.id)}/S01/take/chen")
    assert places(session, event)["chen"] == "S02"
    client.post(f"{PLACES.format(event.id)}/S02/take/chen")
    assert places(session, event)["chen"] is None


@pytest.mark.parametrize(
    ("place", "whose", "sentence"),
    [
        ("WEB1", "amal@people.example", "An own place is a table or a stand"),
        ("S01", "", "Say whose it is"),
        ("S01", "nobody@people.example", "Nobody here has the address or reference"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: FlaskClient, session: Session, event: Event, place: str, whose: str, sentence: str
) -> None:
    before = places(session, event)
    assert sentence in give(client, event, place, whose)
    assert places(session, event) == before


def test_an_organisation_without_people_gets_no_stand(
    client: FlaskClient, session: Session, event: Event
) -> None:
    cast.make_organisation(session, event, "Empty")
    session.commit()
    assert "Nobody takes part for Empty." in give(client, event, "S01", "empty")


def test_a_stand_of_somebody_becomes_no_online_room(
    client: FlaskClient, session: Session, event: Event
) -> None:
    data = {"code": "S02", "kind": "online", "capacity": "1", "zone_id": ""}
    page = client.post(f"{PLACES.format(event.id)}/S02", data=data).text
    assert "S02 belongs to somebody" in page
    session.expire_all()
    assert session.get_one(Place, (event.id, "S02")).kind == "stand"


def test_a_new_stand_is_asked_whose_it_is(client: FlaskClient, event: Event) -> None:
    data = {"code": "S03", "kind": "stand", "capacity": "1", "zone_id": ""}
    page = client.post(f"{PLACES.format(event.id)}/new", data=data, follow_redirects=True).text
    assert "It is nobody" in page
