"""Many are changed at once: what would come of it is said first, and then done to those seen."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from matchmaker.events.models import Event
from matchmaker.journal.models import JournalEntry
from matchmaker.mails.models import Mail
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish

TICKED = "scope=ticked&ids=amal&ids=bilal&ids=chen"


@pytest.fixture(autouse=True)
def _committed(forum: Event, session: Session) -> None:
    session.commit()


def ask(client: FlaskClient, forum: Event, query: str) -> str:
    answer = client.get(f"/organise/{forum.id}/participants/deed?{query}")
    assert answer.status_code == 200
    return answer.text


def do(client: FlaskClient, forum: Event, query: str, **form: str) -> TestResponse:
    shown = ask(client, forum, query)
    seen = re.findall(r'name="seen" value="(\w+)"', shown)[0]
    path = f"/organise/{forum.id}/participants/deed?{query}"
    return client.post(path, data={"seen": seen, **form})


def person(session: Session, forum: Event, name: str) -> Participant:
    session.expire_all()
    found = session.get_one(Participant, (forum.id, name))
    session.rollback()
    return found


def states(session: Session) -> dict[str, str]:
    session.expire_all()
    rows = session.execute(select(Participant.id, Participant.state)).all()
    session.rollback()
    return dict(tuple(row) for row in rows)


def test_confirming_says_who_is_told_and_who_is_confirmed_already(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    shown = ask(client, forum, f"deed=validated&{TICKED}")
    assert "Confirm 3 participants?" in shown
    assert "2 people are so already" in shown
    assert "0 people are told by mail." in shown
    answer = do(client, forum, f"deed=validated&{TICKED}")
    assert answer.location == f"/organise/{forum.id}/participants"
    assert set(states(session).values()) == {"validated"}


def test_whoever_is_refused_is_told(client: FlaskClient, session: Session, forum: Event) -> None:
    assert "1 person is told by mail." in ask(client, forum, "deed=rejected&ids=amal")
    do(client, forum, "deed=rejected&ids=amal")
    assert states(session)["amal"] == "rejected"
    assert session.scalars(select(Notice.kind)).all() == ["rejected"]


def test_withdrawing_says_what_stays_published(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    shown = ask(client, forum, f"deed=withdrawn&{TICKED}")
    assert "2 people have published meetings (2)" in shown
    do(client, forum, f"deed=withdrawn&{TICKED}&country=MA")
    assert set(states(session).values()) == {"withdrawn"}


def test_everybody_whom_the_filter_finds(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    answer = do(client, forum, "deed=withdrawn&scope=found&country=MA&country=FR&q=test")
    assert answer.location == f"/organise/{forum.id}/participants?country=MA&country=FR&q=test"
    assert states(session) == {"amal": "withdrawn", "bilal": "withdrawn", "chen": "registered"}


def test_who_came_into_the_filter_meanwhile_is_not_touched(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    query = "deed=withdrawn&scope=found&state=validated"
    seen = re.findall(r'name="seen" value="(\w+)"', ask(client, forum, query))[0]
    cast.make_participant(session, forum, "Dina")
    session.commit()
    path = f"/organise/{forum.id}/participants/deed?{query}"
    answer = client.post(path, data={"seen": seen})
    assert "The list has changed since you looked" in answer.text
    assert states(session)["amal"] == states(session)["dina"] == "validated"
    assert client.post(path).status_code == 200
    assert states(session)["amal"] == "validated"


def test_another_events_people_are_not_meant(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, cast.make_event(session, "other"), "Eve")
    session.commit()
    do(client, forum, "deed=withdrawn&ids=eve&ids=am%00al&ids=%00")
    assert states(session)["eve"] == "validated"
    nobody = client.get(f"/organise/{forum.id}/participants/deed?deed=withdrawn&ids=eve")
    assert nobody.status_code == 302
    assert client.get(f"/organise/{forum.id}/participants/deed?deed=x&ids=amal").status_code == 404


def test_types_and_limits_are_set(client: FlaskClient, session: Session, forum: Event) -> None:
    do(client, forum, "deed=type&ids=bilal&ids=chen", type_code="buyer")
    assert person(session, forum, "bilal").type_code == "buyer"
    do(client, forum, "deed=type&ids=bilal", type_code="")
    assert person(session, forum, "bilal").type_code is None
    assert "2 of them have published meetings, up to 1 each" in ask(
        client, forum, f"deed=limit&{TICKED}"
    )
    do(client, forum, "deed=limit&ids=amal&ids=chen", most="2")
    assert person(session, forum, "amal").max_meetings == 2
    do(client, forum, "deed=limit&ids=amal", most="")
    assert person(session, forum, "amal").max_meetings is None
    for wrong in ("0", "-1", "many", "1001"):
        assert do(client, forum, "deed=limit&ids=amal", most=wrong).status_code == 200
    assert do(client, forum, "deed=type&ids=amal", type_code="gone").status_code == 200
    assert person(session, forum, "amal").max_meetings is None


def test_links_go_to_whom_they_reach(client: FlaskClient, session: Session, forum: Event) -> None:
    shown = ask(client, forum, f"deed=link&{TICKED}")
    assert "2 mails go out." in shown
    assert "1 person gets none" in shown
    do(client, forum, f"deed=link&{TICKED}")
    addresses = set(session.scalars(select(Mail.address)))
    assert addresses == {"amal@people.example", "bilal@people.example"}


def test_deleting_takes_wishes_along_and_leaves_whom_a_schedule_holds(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    amal, chen = (session.get_one(Participant, (forum.id, name)) for name in ("amal", "chen"))
    cast.make_wish(session, amal, chen)
    cast.make_wish(session, chen, amal)
    session.commit()
    shown = ask(client, forum, f"deed=delete&{TICKED}")
    assert "1 person is deleted." in shown
    assert "1 wishes of theirs and 1 wishes of others" in shown
    assert "2 people stay, because a schedule holds them" in shown
    do(client, forum, f"deed=delete&{TICKED}")
    assert set(states(session)) == {"amal", "bilal"}
    assert [wish.to_id for wish in session.scalars(select(Wish))] == ["bilal"]
    removed = session.scalars(
        select(JournalEntry.table).where(JournalEntry.action == "removed")
    ).all()
    assert sorted(removed) == ["participant", "wish", "wish"]


@pytest.mark.parametrize("role", ["organiser", "reader", "helper"])
def test_who_may_not_do_it_is_offered_no_deed_and_no_run(
    client: FlaskClient, session: Session, forum: Event, role: str
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum, "Ester", role=role))
    may = role == "organiser"
    people = client.get(f"/organise/{forum.id}/participants").text
    assert ('name="deed"' in people, 'name="ids"' in people) == (may, may)
    assert ('name="seconds"' in client.get(f"/organise/{forum.id}/schedule/").text) == may
