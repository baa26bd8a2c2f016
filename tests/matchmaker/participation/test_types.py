"""As what people take part: types that the organiser names, used by people, imports and runs."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.services import add_participant
from matchmaker.participation.models import ParticipationType, Question, QuestionType
from matchmaker.participation.queries import type_choices, types_of
from matchmaker.participation.services import add_type, change_type, move_type, remove_type
from matchmaker.schedules.bridge.problems import make_problem
from matchmaker.vocabularies.queries import uses_of_codes
from matchmaker.wishes.models import Barred

BUYER = {"fr": "Acheteur", "ar": "مشترٍ", "en": "Buyer"}


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    session.commit()
    return event


def test_types_stand_in_the_organisers_order(session: Session, forum: Event) -> None:
    for name in ("Buyer", "Exhibitor", "Visitor"):
        add_type(session, forum, {"en": name}, at_registration=name != "Visitor")
    move_type(session, types_of(session, forum.id)[2], 1)
    assert [row.code for row in types_of(session, forum.id)] == ["visitor", "buyer", "exhibitor"]
    offered = type_choices(session, forum.id, "en", at_registration=True)
    assert offered == [("buyer", "Buyer"), ("exhibitor", "Exhibitor")]


def test_two_types_never_have_one_name(session: Session, forum: Event) -> None:
    add_type(session, forum, BUYER)
    with pytest.raises(Refusal, match="already"):
        add_type(session, forum, {"en": "acheteur"})
    with pytest.raises(Refusal, match="at least one language"):
        add_type(session, forum, {"en": " "})


def test_a_renamed_type_stays_with_its_people(session: Session, forum: Event) -> None:
    row = add_type(session, forum, BUYER)
    amal = cast.make_participant(session, forum, "Amal", type_code=row.code)
    change_type(session, row, {"en": "Purchaser"}, by_hand=True)
    session.commit()
    assert amal.type_code == "acheteur"
    assert types_of(session, forum.id)[0].names == {"en": "Purchaser"}
    assert add_type(session, forum, BUYER).code == "acheteur-2"


def test_a_type_that_somebody_has_stays(session: Session, forum: Event) -> None:
    row = add_type(session, forum, BUYER)
    amal = cast.make_participant(session, forum, "Amal", type_code="acheteur")
    with pytest.raises(Refusal, match="stays"):
        remove_type(session, row)
    amal.type_code = None
    session.flush()
    remove_type(session, row)
    assert types_of(session, forum.id) == []


def test_only_people_count_as_participants_of_a_type(
    session: Session, client: FlaskClient, forum: Event
) -> None:
    """Who may ask whom goes with a type that nobody has."""
    buyer, visitor = add_type(session, forum, BUYER), add_type(session, forum, {"en": "Visitor"})
    session.add_all(
        Barred(event_id=forum.id, from_code=one.code, to_code=other.code)
        for one in (buyer, visitor)
        for other in (buyer, visitor)
    )
    cast.make_participant(session, forum, "Amal", type_code=visitor.code)
    dounia = cast.make_organiser(session, forum)
    session.commit()
    cast.sign_in(client, dounia)
    client.set_cookie("language", "en")
    home = f"/organise/{forum.id}/set-up/types/"
    assert uses_of_codes(session, forum.id, ParticipationType) == {"visitor": 1}
    assert "1 participant has this type." in client.get(home + visitor.id).text
    assert "Remove this type" not in client.get(home + visitor.id).text
    assert "Remove this type" in client.get(home + buyer.id).text
    client.post(home + buyer.id + "/remove")
    session.expire_all()
    assert [row.code for row in types_of(session, forum.id)] == ["visitor"]
    assert session.scalars(select(Barred.to_code)).all() == ["visitor"]


def test_a_type_to_which_a_question_is_limited_stays(session: Session, forum: Event) -> None:
    """Else the question would be asked of everybody."""
    row = add_type(session, forum, BUYER)
    asked = Question(event_id=forum.id, id="q", kind="text", position=1, labels={"en": "Budget?"})
    session.add(asked)
    session.flush()
    session.add(QuestionType(event_id=forum.id, question_id="q", type_code=row.code))
    session.flush()
    with pytest.raises(Refusal, match="a question or an item of the programme"):
        remove_type(session, row)


def test_the_database_knows_only_types_of_the_event(session: Session, forum: Event) -> None:
    add_type(session, cast.make_event(session, "salon"), BUYER)
    with pytest.raises(IntegrityError):
        cast.make_participant(session, forum, "Amal", type_code="acheteur")


def test_the_type_says_who_validates(session: Session, forum: Event) -> None:
    add_type(session, forum, BUYER, by_hand=True)
    add_type(session, forum, {"en": "Visitor"})
    states = {
        code: add_participant(session, forum, reference=str(code), type_code=code).state
        for code in ("acheteur", "visitor", None)
    }
    assert states == {"acheteur": "registered", "visitor": "validated", None: "validated"}


def test_the_most_meetings_of_a_type_hold_where_a_person_has_no_number(
    session: Session, forum: Event
) -> None:
    add_type(session, forum, BUYER, max_meetings=3)
    cast.make_participant(session, forum, "Amal", type_code="acheteur")
    cast.make_participant(session, forum, "Bilal", type_code="acheteur", max_meetings=1)
    cast.make_participant(session, forum, "Chen")
    people = make_problem(session, forum, "most_wishes").participants
    most = {person.id: person.max_meetings for person in people}
    assert most == {"amal": 3, "bilal": 1, "chen": None}


def test_an_organiser_makes_changes_and_removes_them(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    base = f"/organise/{forum.id}/set-up/types/"
    form = {"name_fr": "Acheteur", "by_hand": "y", "max_meetings": "8", "request_limit": "0"}
    assert client.post(base + "new", data=form).status_code == 302
    row = session.scalars(select(ParticipationType)).one()
    assert (row.by_hand, row.at_registration, row.max_meetings, row.request_limit) == (
        True, False, 8, 0,
    )  # fmt: skip
    wrong = client.post(base + row.id, data={**form, "max_meetings": "0"})
    assert "whole number from 1 to 1000" in wrong.text
    client.post(base + row.id, data={**form, "max_meetings": ""})
    session.expire_all()
    assert row.max_meetings is None
    assert "Acheteur" in client.get(base).text
    client.post(base + row.id + "/remove")
    assert session.scalars(select(ParticipationType)).all() == []
