"""The organiser sees every wish, enters and removes, and sees which meetings follow."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.wishes.models import Wish


@pytest.fixture
def forum(client: FlaskClient, session: Session) -> Event:
    event = cast.make_event(session, top_limit=1)
    for name in ("Amal", "Bilal", "Farah"):
        cast.make_participant(session, event, name)
    cast.make_participant(session, event, "Wael", email="", email_key=None, reference="W-1")
    cast.make_organisation(session, event, "Bahr")
    cast.sign_in(client, cast.make_organiser(session, event))
    return event


def said(session: Session) -> set[tuple[str, str | None, str]]:
    session.rollback()
    session.expire_all()
    return {(wish.from_id, wish.to_id, wish.grade) for wish in session.scalars(select(Wish))}


@pytest.mark.parametrize(
    ("to", "to_id"), [("W-1", "wael"), ("BILAL@people.example", "bilal"), ("bahr", None)]
)
def test_a_wish_is_entered_by_address_reference_or_organisation(
    client: FlaskClient, session: Session, forum: Event, to: str, to_id: str | None
) -> None:
    new = f"/organise/{forum.id}/wishes/new"
    assert client.get(new).status_code == 200
    entry = {"wisher": " amal@people.example", "wished": to, "grade": "like"}
    assert client.post(new, data=entry).status_code == 302
    assert said(session) == {("amal", to_id, "like")}
    client.post(new, data={**entry, "grade": "top"})
    assert said(session) == {("amal", to_id, "top")}


@pytest.mark.parametrize(
    "wrong",
    [
        {"wisher": "nobody@people.example"},
        {"wished": "no such house"},
        {"wished": "amal@people.example"},
        {"grade": "must"},
        {"message": "x" * 1001},
        {"wished": ""},
    ],
)
def test_a_faulty_wish_is_said_on_the_form(
    client: FlaskClient, session: Session, forum: Event, wrong: dict[str, str]
) -> None:
    entry = {"wisher": "amal@people.example", "wished": "W-1", "grade": "like"}
    answer = client.post(f"/organise/{forum.id}/wishes/new", data={**entry, **wrong})
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert said(session) == set()


def test_a_wish_is_removed_here_and_not_from_another_event(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    other = cast.make_event(session, "other")
    chen, dina = (cast.make_participant(session, other, name) for name in ("Chen", "Dina"))
    foreign = cast.make_wish(session, chen, dina)
    amal, bilal = (cast.make_participant(session, forum, name) for name in ("Amira", "Bassam"))
    own = cast.make_wish(session, amal, bilal)
    session.commit()
    remove = f"/organise/{forum.id}/wishes/{{}}/remove"
    assert client.post(remove.format(own.id)).status_code == 302
    assert client.post(remove.format(foreign.id)).status_code == 404
    assert said(session) == {("chen", "dina", "like")}


def test_the_meetings_that_follow_stand_with_weights_and_reasons(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    people = {name: cast.make_participant(session, forum, name) for name in ("A1", "B1", "C1")}
    cast.make_wish(session, people["A1"], people["B1"], "top")
    cast.make_wish(session, people["B1"], people["A1"], "like")
    cast.make_wish(session, people["A1"], people["C1"], "top")
    cast.make_wish(session, people["C1"], people["A1"], "never")
    session.commit()
    meetings = client.get(f"/organise/{forum.id}/wishes/meetings").text
    assert '<td class="number">19</td>' in meetings
    assert "C1 Test" not in meetings
    left = client.get(f"/organise/{forum.id}/wishes/meetings?list=left").text
    assert "C1 Test" in left
    assert "B1 Test" not in left


def test_wishes_are_listed_searched_and_narrowed(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    people = {name: cast.make_participant(session, forum, name) for name in ("A1", "B1", "C1")}
    cast.make_wish(session, people["A1"], people["B1"], "top")
    cast.make_wish(session, people["A1"], people["C1"], "never")
    session.commit()

    def found(query: str) -> set[str]:
        text = client.get(f"/organise/{forum.id}/wishes?{query}").text
        return {name for name in ("B1 Test", "C1 Test") if name in text}

    assert found("") == {"B1 Test", "C1 Test"}
    assert found("grade=never") == {"C1 Test"}
    assert found("q=b1") == {"B1 Test"}


@pytest.mark.parametrize("page", ["wishes", "wishes/meetings", "wishes/new"])
def test_the_number_of_statements_does_not_grow(
    client: FlaskClient, session: Session, forum: Event, page: str
) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
        assert client.get(f"/organise/{forum.id}/{page}").status_code == 200
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    def wish(first: str, second: str) -> None:
        one, other = (cast.make_participant(session, forum, name) for name in (first, second))
        cast.make_wish(session, one, other)
        session.commit()

    wish("A1", "B1")
    with_one = statements()
    wish("A2", "B2")
    wish("A3", "B3")
    assert statements() == with_one
