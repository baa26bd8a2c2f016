"""The organiser narrows the list, sorts it and chooses its columns."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.participants.models import Attendance
from matchmaker.segments.fields import FIELDS
from matchmaker.segments.models import ListColumns
from matchmaker.wishes.models import Wish

EVERYBODY = ["Amal", "Bilal", "Chen"]


def page(client: FlaskClient, forum: Event, query: str = "") -> str:
    answer = client.get(f"/organise/{forum.id}/participants?{query}")
    assert answer.status_code == 200
    return answer.text


def found(client: FlaskClient, forum: Event, query: str = "") -> list[str]:
    """The first names, in the order of the list."""
    return re.findall(r"<bdi>(\w+) Test</bdi></a>", page(client, forum, query))


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", "Amal Bilal Chen"),
        ("q=VERTE", "Bilal"),
        ("q=r-1", "Chen"),
        ("state=registered", "Chen"),
        ("state=registered&state=validated", "Amal Bilal Chen"),
        ("type=buyer", "Amal"),
        ("type=none", "Bilal Chen"),
        ("organisation=energie", "Bilal"),
        ("organisation=none", "Chen"),
        ("country=MA", "Amal"),
        ("country=MA&country=FR", "Amal Bilal"),
        ("country=none", "Chen"),
        ("country=MA&type=none", ""),
        ("sector=none", "Amal Bilal Chen"),
        ("spoken=ar", "Amal"),
        ("language=fr", "Amal Bilal Chen"),
        ("session=am", "Amal Chen"),
        ("session=none", "Bilal"),
        ("wishes=yes", "Amal"),
        ("wishes=no", "Bilal Chen"),
        ("asked=yes", "Bilal"),
        ("open=yes", "Bilal"),
        ("open=no", "Amal Chen"),
        ("meetings=yes", "Amal Bilal"),
        ("meetings=no", "Chen"),
        ("entries=no", "Amal Bilal Chen"),
        ("consent=yes", "Amal"),
        ("account=yes", ""),
        ("email=no", "Chen"),
        ("returned=yes", ""),
        ("limit=yes", "Bilal"),
        ("place=yes", ""),
        ("remote=yes", "Chen"),
        ("delegation=none", "Amal Bilal Chen"),
        ("network=none&kind=none", "Amal Bilal Chen"),
        ("country=XX", ""),
        ("nonsense=yes", "Amal Bilal Chen"),
        ("type=bu%00yer&edit=a%00&segment=%00&sort=%00", "Amal"),
    ],
)
def test_the_list_is_narrowed(
    client: FlaskClient, forum: Event, session: Session, query: str, people: str
) -> None:
    session.commit()
    assert found(client, forum, query) == people.split()


def test_every_field_is_tried_above() -> None:
    tried = next(
        mark.args[1] for mark in test_the_list_is_narrowed.pytestmark if mark.name == "parametrize"
    )
    asked = {part.split("=")[0] for query, _people in tried for part in query.split("&")}
    assert set(FIELDS) <= asked


def test_what_changes_is_found_at_once(client: FlaskClient, forum: Event, session: Session) -> None:
    session.add(Attendance(event_id=forum.id, participant_id="bilal", session_id="pm"))
    session.add(
        Mail(address="Bilal@people.example", subject="S", body="B", language="fr", state="bounced")
    )
    wish = session.scalars(select(Wish)).one()
    wish.grade = "never"
    session.commit()
    assert found(client, forum, "session=pm") == EVERYBODY
    assert found(client, forum, "session=am") == ["Amal", "Chen"]
    assert found(client, forum, "returned=yes") == ["Bilal"]
    assert found(client, forum, "wishes=yes") == found(client, forum, "asked=yes") == []


def test_another_events_people_are_never_found(
    client: FlaskClient, forum: Event, session: Session
) -> None:
    other = cast.make_event(session, "other")
    cast.make_participant(session, other, "Amal2")
    session.commit()
    assert found(client, forum) == EVERYBODY


@pytest.mark.parametrize(
    ("by", "people"),
    [
        ("organisation", "Amal Bilal Chen"),
        ("country", "Bilal Amal Chen"),
        ("wishes", "Amal Bilal Chen"),
        ("asked", "Bilal Amal Chen"),
        ("meetings", "Amal Bilal Chen"),
        ("state", "Chen Amal Bilal"),
        ("nonsense", "Amal Bilal Chen"),
        ("phone", "Amal Bilal Chen"),
    ],
)
def test_the_list_is_sorted(
    client: FlaskClient, forum: Event, session: Session, by: str, people: str
) -> None:
    session.commit()
    assert found(client, forum, f"sort={by}") == people.split()


def test_each_organiser_chooses_what_they_see(
    client: FlaskClient, forum: Event, session: Session
) -> None:
    session.commit()
    assert "R-1" in page(client, forum)
    path = f"/organise/{forum.id}/participants/columns?country=MA"
    answer = client.post(path, data={"columns": ["country", "limit", "nonsense"]})
    assert answer.headers["Location"] == f"/organise/{forum.id}/participants?country=MA"
    shown = page(client, forum)
    assert "R-1" not in shown
    assert "<bdi>Morocco</bdi>" in shown
    assert session.scalars(select(ListColumns.columns)).all() == [["country", "limit"]]
    session.rollback()
    client.post(path)
    assert session.scalars(select(ListColumns)).all() == []


def test_every_column_can_be_shown(client: FlaskClient, forum: Event, session: Session) -> None:
    from matchmaker.segments.columns import COLUMNS

    session.commit()
    client.post(f"/organise/{forum.id}/participants/columns", data={"columns": list(COLUMNS)})
    shown = page(client, forum)
    for text in ("Buyer", "Arabic · French", "Énergie Verte", "none", "Confirmed"):
        assert f"{text}</bdi>" in shown or f">{text}</span>" in shown, text


def test_what_is_chosen_stands_there_and_can_be_taken_out(
    client: FlaskClient, forum: Event, session: Session
) -> None:
    session.commit()
    shown = page(client, forum, "country=MA&country=FR&q=a")
    assert "Country: Morocco" in shown
    assert f'href="/organise/{forum.id}/participants?country=FR&amp;q=a"' in shown
    assert f'href="/organise/{forum.id}/participants?country=MA&amp;country=FR"' in shown


def test_a_long_list_takes_as_many_statements_as_a_short_one(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
        try:
            page(client, forum, "sort=wishes")
        finally:
            sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    session.commit()
    few = statements()
    for number in range(60):
        cast.make_participant(session, forum, f"P{number}")
    session.commit()
    assert statements() == few
    assert "Page 1 of 2" in page(client, forum)
