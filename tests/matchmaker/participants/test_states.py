"""How a registration stands: seen on one's page, told by mail, changed by hand or at once."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.notices.models import Notice
from matchmaker.participants.services import add_participant, change_states, update
from matchmaker.participation.services import add_type


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    session.commit()
    return event


@pytest.mark.parametrize(
    ("state", "badge", "sentence"),
    [
        ("registered", "Waiting for confirmation", "The organisers confirm each one"),
        ("validated", "Confirmed", "Choose whom you want to meet"),
        ("rejected", "Not accepted", "The organisers have not accepted this registration"),
        ("withdrawn", "Withdrawn", "You have withdrawn from this event"),
    ],
)
def test_each_state_is_seen_with_what_it_means(
    client: FlaskClient, session: Session, forum: Event, state: str, badge: str, sentence: str
) -> None:
    amal = cast.make_account(session, "Amal")
    cast.make_participant(session, forum, "Amal", amal, state=state)
    cast.sign_in(client, amal)
    page = client.get("/events/forum/me/").text
    assert badge in page
    assert sentence in page


@pytest.mark.parametrize(
    ("event_by_hand", "type_by_hand", "state"),
    [
        (False, None, "validated"),
        (True, None, "registered"),
        (True, False, "validated"),
        (False, True, "registered"),
    ],
)
def test_validation_is_automatic_or_by_hand_and_the_type_comes_first(
    session: Session, forum: Event, event_by_hand: bool, type_by_hand: bool | None, state: str
) -> None:
    forum.validates_by_hand = event_by_hand
    code = None
    if type_by_hand is not None:
        code = add_type(session, forum, {"en": "Buyer"}, by_hand=type_by_hand).code
    assert add_participant(session, forum, reference="P", type_code=code).state == state


@pytest.mark.parametrize("state", ["validated", "rejected"])
def test_the_person_is_told_of_the_organisers_answer(
    session: Session, forum: Event, state: str
) -> None:
    amal = cast.make_participant(session, forum, "Amal", state="registered")
    bilal = cast.make_participant(session, forum, "Bilal", state="registered")
    change_states(session, forum, [amal.id], state)
    update(session, bilal, state=state)
    update(session, bilal, state=state, job="Buyer")
    told = session.execute(select(Notice.participant_id, Notice.kind))
    assert sorted(map(tuple, told)) == [("amal", state), ("bilal", state)]


def test_the_start_page_leads_to_what_suggestions_follow_from(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    account = cast.make_account(session, "Amal")
    cast.make_participant(session, forum, "Amal", account)
    session.commit()
    cast.sign_in(client, account)
    page = client.get("/events/forum/me/").text
    assert 'href="/events/forum/me/people/suggestions"' in page
