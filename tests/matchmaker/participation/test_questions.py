"""The organiser's own questions: of every kind, for some types, seen by whom they say."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.answers import answers_of, set_answers, shown_answers
from matchmaker.participants.models import Answer, AnswerOption, Participant
from matchmaker.participation.asked import options_of, questions_for, questions_of
from matchmaker.participation.models import Question
from matchmaker.participation.questions import (
    QuestionDetails,
    add_question,
    change_question,
    move_question,
    remove_question,
)
from matchmaker.participation.services import add_type

DIET = [("", {"en": "Any", "fr": "Indifférent"}), ("", {"en": "Vegetarian"})]


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    add_type(session, event, {"en": "Buyer"})
    session.commit()
    return event


@pytest.fixture
def amal(session: Session, forum: Event) -> Participant:
    return cast.make_participant(
        session, forum, "Amal", cast.make_account(session, "Amal"), type_code="buyer",
        consent_version="1", consent_at=forum.created_at,
    )  # fmt: skip


def said(label: str = "Diet", **more: Any) -> QuestionDetails:
    standard: QuestionDetails = {
        "labels": {"en": label}, "hints": {}, "is_required": False, "audience": "organisers",
        "is_active": True, "types": [], "options": [],
    }  # fmt: skip
    return {**standard, **more}  # type: ignore[typeddict-item]


def asked(session: Session, event: Event, type_code: str | None) -> list[str]:
    return [one.question.labels["en"] for one in questions_for(session, event.id, type_code)]


def test_questions_are_asked_in_order_of_the_types_they_name(
    session: Session, forum: Event
) -> None:
    add_question(session, forum, "text", said("Everybody"))
    add_question(session, forum, "text", said("Buyers", types=["buyer"]))
    hidden = add_question(session, forum, "text", said("Hidden", is_active=False))
    move_question(session, questions_of(session, forum.id)[1], 1)
    assert asked(session, forum, "buyer") == ["Buyers", "Everybody"]
    assert asked(session, forum, None) == ["Everybody"]
    change_question(session, hidden, said("Shown"))
    assert asked(session, forum, None) == ["Everybody", "Shown"]


def test_choices_are_renamed_ordered_and_removed_without_loss(
    session: Session, forum: Event, amal: Participant
) -> None:
    row = add_question(session, forum, "choices", said(options=[*DIET, ("", {})]))

    def choices() -> list[tuple[str, str]]:
        found = options_of(session, forum.id, [row.id])[row.id]
        return [(option.code, option.labels["en"]) for option in found]

    assert choices() == [("indifferent", "Any"), ("vegetarian", "Vegetarian")]
    set_answers(session, amal, {row.id: ["vegetarian"]})
    renamed = [("vegetarian", {"en": "No meat"}), ("", {"en": "Vegan"})]
    change_question(session, row, said(options=renamed))
    assert choices() == [("vegetarian", "No meat"), ("vegan", "Vegan")]
    assert shown_answers(session, amal, "en", "organisers") == [("Diet", "No meat")]
    with pytest.raises(Refusal, match="somebody has chosen it"):
        change_question(session, row, said(options=[("vegan", {"en": "A"}), ("", {"en": "B"})]))
    with pytest.raises(Refusal, match="at least two"):
        change_question(session, row, said(options=DIET[:1]))


def test_a_question_that_somebody_answered_stays(
    session: Session, forum: Event, amal: Participant
) -> None:
    row = add_question(session, forum, "text", said())
    set_answers(session, amal, {row.id: "Anything"})
    with pytest.raises(Refusal, match="stays"):
        remove_question(session, row)
    set_answers(session, amal, {})
    remove_question(session, row)
    assert session.scalars(select(Question)).all() == []


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("text", "Fish", "Fish"),
        ("long", "Fish\nand rice", "Fish\nand rice"),
        ("yes_no", "yes", "yes"),
        ("choice", "vegetarian", "Vegetarian"),
        ("choices", ["vegetarian", "indifferent"], "Any · Vegetarian"),
    ],
)
def test_an_answer_of_every_kind_is_kept_and_read(
    session: Session, forum: Event, amal: Participant, kind: str, answer: Any, words: str
) -> None:
    row = add_question(session, forum, kind, said(options=DIET if "choice" in kind else []))
    set_answers(session, amal, {row.id: answer})
    assert shown_answers(session, amal, "en", "organisers") == [("Diet", words)]
    set_answers(session, amal, {})
    assert answers_of(session, amal) == {}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("text", ""), ("text", "x" * 301), ("choice", "fish"),
     ("choice", ["indifferent", "vegetarian"]),
     ("choices", ["indifferent", "fish"]), ("yes_no", "maybe")],
)  # fmt: skip
def test_a_wrong_answer_is_refused(
    session: Session, forum: Event, amal: Participant, kind: str, answer: Any
) -> None:
    options = DIET if "choice" in kind else []
    row = add_question(session, forum, kind, said(is_required=True, options=options))
    with pytest.raises(Refusal):
        set_answers(session, amal, {row.id: answer})


def test_answers_are_read_by_whom_the_question_says(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    open_one = add_question(session, forum, "text", said("Aim", audience="participants"))
    secret = add_question(session, forum, "text", said("Diet"))
    set_answers(session, amal, {open_one.id: "Pumps", secret.id: "Fish"})
    bilal = cast.make_account(session, "Bilal")
    cast.make_participant(session, forum, "Bilal", bilal)
    dounia = cast.make_organiser(session, forum)
    cast.sign_in(client, bilal)
    page = client.get("/events/forum/me/people/amal/profile").text
    assert "Pumps" in page
    assert "Fish" not in page
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{forum.id}/participants/amal").text
    assert "Pumps" in page
    assert "Fish" in page


def test_a_person_and_an_organiser_change_answers_later(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    row = add_question(session, forum, "yes_no", said("Lunch", is_required=True))
    session.commit()
    account = amal.account_id
    cast.sign_in(client, session.get_one(type(cast.make_account(session, "X")), account))
    assert "Questions of the organisers" in client.get("/events/forum/me/profile").text
    page = "/events/forum/me/answers"
    assert "Please fill this in." in client.post(page, data={}).text
    assert client.post(page, data={f"q_{row.id}": "no"}).status_code == 302
    session.expire_all()
    assert answers_of(session, amal) == {row.id: "no"}
    cast.sign_in(client, cast.make_organiser(session, forum))
    page = f"/organise/{forum.id}/participants/amal/answers"
    client.post(page, data={f"q_{row.id}": "yes"})
    session.expire_all()
    assert answers_of(session, amal) == {row.id: "yes"}


def test_an_organiser_asks_changes_and_removes(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    base = f"/organise/{forum.id}/set-up/questions/"
    form = {"name_en": "Diet", "kind": "choice", "audience": "participants", "is_active": "y",
            "is_required": "y", "types": ["buyer"], "options-0-label_en": "Any",
            "options-1-label_en": "Vegetarian", "options-2-label_en": ""}  # fmt: skip
    assert client.post(base + "new", data={**form, "name_en": ""}).status_code == 200
    assert client.post(base + "new", data=form).status_code == 302
    row = session.scalars(select(Question)).one()
    assert (row.kind, row.audience, row.is_required) == ("choice", "participants", True)
    shown = client.get(base + row.id).text
    assert 'value="Vegetarian"' in shown
    changed = {**form, "options-0-code": "any", "options-1-code": "vegetarian",
               "options-1-label_en": "", "options-2-label_en": "Vegan"}  # fmt: skip
    assert client.post(base + row.id, data=changed).status_code == 302
    session.expire_all()
    codes = [option.code for option in options_of(session, forum.id, [row.id])[row.id]]
    assert codes == ["any", "vegan"]
    assert "Diet" in client.get(f"/organise/{forum.id}/set-up/types/").text
    client.post(base + row.id + "/remove")
    assert session.scalars(select(Question)).all() == []


def test_answers_go_with_the_person(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    text = add_question(session, forum, "text", said("Aim"))
    choice = add_question(session, forum, "choice", said("Diet", options=DIET))
    set_answers(session, amal, {text.id: "Pumps", choice.id: "vegetarian"})
    account = session.get_one(type(cast.make_account(session, "X")), amal.account_id)
    cast.sign_in(client, account)
    data = client.get("/account/data").text
    assert "Pumps" in data
    assert "vegetarian" in data
    client.post("/account/delete")
    session.expire_all()
    assert session.scalars(select(Answer)).all() == []
    assert session.scalars(select(AnswerOption)).all() == []
