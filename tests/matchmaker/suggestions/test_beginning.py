"""A newcomer says in one go what is sought and offered, and there is somebody to meet."""

from __future__ import annotations

import re
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.queries import terms_of_entry
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import change_organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.participants.models import Participant

PAGE = "/events/forum/me/people/suggestions"
SAID = {"need": "Pumps for salt water", "offer": "", "sector": ["water"], "country": "MA"}
FORM = 'name="need"'
ASKED = "Say what you look for or offer"


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    return event


@pytest.fixture
def amal(client: FlaskClient, session: Session, forum: Event) -> Participant:
    """Alone in her organisation, of which nothing is said."""
    house = cast.make_organisation(session, forum, "Atlas Eau")
    amal = join(session, forum, "Amal", organisation_id=house.id)
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    return amal


def join(session: Session, event: Event, name: str, **values: Any) -> Participant:
    person = cast.make_participant(
        session, event, name, cast.make_account(session, name), consent_version="1", **values
    )
    session.commit()
    return person


def settle(session: Session, forum: Event) -> None:
    """Bilal, whose organisation works on water."""
    house = cast.make_organisation(session, forum, "Bahr")
    change_organisation(session, house, name="Bahr", terms={"sector": ["water"]})
    join(session, forum, "Bilal", organisation_id=house.id)


def entries(session: Session) -> list[Entry]:
    session.rollback()
    return list(session.scalars(select(Entry).order_by(Entry.kind)))


def house(session: Session, amal: Participant) -> Organisation:
    return session.get_one(Organisation, (amal.event_id, amal.organisation_id))


def test_one_line_and_a_sector_bring_suggestions_at_once(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    before = client.get(PAGE).text
    assert FORM in before
    assert "The other participants see these lines in the marketplace." in before
    assert ASKED in client.get("/events/forum/me/").text
    assert 'id="bilal"' not in before
    after = client.post(PAGE, data=SAID, follow_redirects=True).text
    assert FORM not in after
    assert "Saved: this is what follows from it." in after
    assert ASKED not in client.get("/events/forum/me/").text
    assert 'id="bilal"' in after
    (entry,) = entries(session)
    assert (entry.kind, entry.title, entry.author_id) == ("need", "Pumps for salt water", "amal")
    assert terms_of_entry(session, entry)["sector"] == ["water"]
    own = house(session, amal)
    assert (own.country, chosen_by(session, own)["sector"]) == ("MA", ["water"])


def test_what_the_organisation_says_already_stays(
    client: FlaskClient, session: Session, amal: Participant
) -> None:
    about = {"country": "FR", "description": "Pumps", "terms": {"sector": ["energy"]}}
    change_organisation(session, house(session, amal), name="Atlas Eau", **about)
    session.commit()
    page = client.get(PAGE).text
    assert 'name="country"' not in page
    assert re.findall(r'<input checked [^>]*name="sector"[^>]*value="(\w+)"', page) == ["energy"]
    client.post(PAGE, data=SAID)
    session.rollback()
    own = house(session, amal)
    said = own.country, own.description, chosen_by(session, own)["sector"]
    assert said == ("FR", "Pumps", ["energy"])


def test_who_does_not_lead_says_nothing_of_the_organisation(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    join(session, forum, "Bilal", organisation_id=amal.organisation_id, team_role="manager")
    assert 'name="country"' not in client.get(PAGE).text
    client.post(PAGE, data=SAID)
    assert [entry.title for entry in entries(session)] == [SAID["need"]]
    own = house(session, amal)
    assert (own.country, chosen_by(session, own)["sector"]) == ("", [])


def test_said_twice_it_is_there_once(
    client: FlaskClient, session: Session, amal: Participant
) -> None:
    for _ in range(2):
        client.post(PAGE, data=SAID | {"offer": "Filters"})
    assert [entry.title for entry in entries(session)] == [SAID["need"], "Filters"]


@pytest.mark.parametrize(
    "said", [{}, {"need": "x" * 201}, {"need": "Pumps", "sector": ["nothing"]}]
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    client: FlaskClient, session: Session, amal: Participant, said: dict[str, Any]
) -> None:
    answer = client.post(PAGE, data=said)
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert entries(session) == []
