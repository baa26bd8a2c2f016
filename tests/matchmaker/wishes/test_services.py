"""A participant says one thing of another, within the event's rules."""

from __future__ import annotations

import cast
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes import answering, services
from matchmaker.wishes.models import Wish


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session, top_limit=2)


@pytest.fixture
def people(session: Session, forum: Event) -> dict[str, Participant]:
    names = ("Amal", "Bilal", "Chen", "Farah")
    return {name: cast.make_participant(session, forum, name) for name in names}


def said(session: Session) -> set[tuple[str, str, str]]:
    return {(wish.from_id, wish.to_id or "", wish.grade) for wish in session.scalars(select(Wish))}


def test_a_grade_is_given_changed_and_taken_back(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    amal, bilal = people["Amal"], people["Bilal"]
    services.grade(session, forum, amal, bilal, "like", "Pumps?")
    wish = services.grade(session, forum, amal, bilal, "top")
    assert said(session) == {("amal", "bilal", "top")}
    assert wish is not None
    assert wish.message == "Pumps?"
    services.grade(session, forum, amal, bilal, None)
    assert said(session) == set()


def test_wishes_know_the_order_in_which_they_were_made(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    services.grade(session, forum, people["Bilal"], people["Amal"], "like")
    services.grade(session, forum, people["Amal"], people["Bilal"], "like")
    services.grade(session, forum, people["Bilal"], people["Amal"], "top")
    rows = session.scalars(select(Wish).order_by(Wish.position))
    assert [(wish.from_id, wish.position) for wish in rows] == [("bilal", 1), ("amal", 2)]


def test_tops_are_limited_and_come_back(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    amal = people["Amal"]
    services.grade(session, forum, amal, people["Bilal"], "top")
    services.grade(session, forum, amal, people["Chen"], "top")
    services.grade(session, forum, amal, people["Chen"], "top")  # the same again is no other
    with pytest.raises(Refusal):
        services.grade(session, forum, amal, people["Farah"], "top")
    session.rollback()
    services.grade(session, forum, amal, people["Chen"], "like")
    services.grade(session, forum, amal, people["Farah"], "top")
    assert services.count_tops(session, amal) == 2


def test_wishes_for_organisations_share_the_limit(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    amal = people["Amal"]
    atlas = cast.make_organisation(session, forum, "Atlas")
    services.wish_organisation(session, forum, amal, atlas, "top")
    services.grade(session, forum, amal, people["Bilal"], "top")
    with pytest.raises(Refusal):
        services.grade(session, forum, amal, people["Chen"], "top")


def test_nobody_wishes_for_themselves_or_their_own_organisation(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    amal = people["Amal"]
    atlas = cast.make_organisation(session, forum, "Atlas")
    amal.organisation_id = atlas.id
    with pytest.raises(Refusal):
        services.grade(session, forum, amal, amal, "like")
    with pytest.raises(Refusal):
        services.wish_organisation(session, forum, amal, atlas, "like")
    with pytest.raises(Refusal):
        services.enter_wish(session, amal, amal, "like")


def test_after_the_closing_only_organisers_change_what_was_said_in_time(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    services.grade(session, forum, people["Amal"], people["Bilal"], "like")
    cast.close(session, forum, "wishes")
    with pytest.raises(Refusal):
        services.grade(session, forum, people["Amal"], people["Bilal"], "top")
    services.enter_wish(session, people["Amal"], people["Bilal"], "top")
    assert said(session) == {("amal", "bilal", "top")}


@pytest.mark.parametrize("state", ["registered", "rejected", "withdrawn"])
def test_who_is_not_validated_neither_wishes_nor_is_wished(
    session: Session, forum: Event, people: dict[str, Participant], state: str
) -> None:
    people["Bilal"].state = state
    with pytest.raises(Refusal):
        services.grade(session, forum, people["Bilal"], people["Amal"], "like")
    with pytest.raises(Refusal):
        services.grade(session, forum, people["Amal"], people["Bilal"], "like")


def test_a_wish_for_somebody_who_left_can_still_be_taken_back(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    services.grade(session, forum, people["Amal"], people["Bilal"], "like")
    people["Bilal"].state = "withdrawn"
    services.grade(session, forum, people["Amal"], people["Bilal"], None)
    assert said(session) == set()


@pytest.mark.parametrize("wrong", [{"grade": "must"}, {"grade": "like", "message": "x" * 1001}])
def test_other_grades_and_long_messages_are_refused(
    session: Session, forum: Event, people: dict[str, Participant], wrong: dict[str, str]
) -> None:
    with pytest.raises(Refusal):
        services.grade(session, forum, people["Amal"], people["Bilal"], **wrong)
    assert said(session) == set()


def test_only_who_was_asked_answers(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    wish = services.grade(session, forum, people["Amal"], people["Bilal"], "like")
    assert wish is not None
    for stranger in ("Amal", "Chen"):
        with pytest.raises(Refusal):
            answering.answer(session, forum, people[stranger], wish.id, accepts=True)
        session.rollback()
    answering.answer(session, forum, people["Bilal"], wish.id, accepts=False)
    assert wish.state == "declined"


def test_who_has_left_does_not_answer_any_more(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    wish = services.grade(session, forum, people["Amal"], people["Bilal"], "like")
    assert wish is not None
    people["Bilal"].state = "withdrawn"
    with pytest.raises(Refusal):
        answering.answer(session, forum, people["Bilal"], wish.id, accepts=True)


def test_any_of_its_people_answers_for_an_organisation(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    atlas = cast.make_organisation(session, forum, "Atlas")
    people["Bilal"].organisation_id = atlas.id
    wish = services.wish_organisation(session, forum, people["Amal"], atlas, "like")
    assert wish is not None
    answering.answer(session, forum, people["Bilal"], wish.id, accepts=True)
    assert wish.state == "accepted"


def test_a_never_cannot_be_answered_or_found_out(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    wish = services.grade(session, forum, people["Amal"], people["Bilal"], "never")
    assert wish is not None
    with pytest.raises(Refusal):
        answering.answer(session, forum, people["Bilal"], wish.id, accepts=True)


def test_wishing_for_whom_one_declined_takes_the_refusal_back(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    wish = services.grade(session, forum, people["Amal"], people["Bilal"], "like")
    assert wish is not None
    answering.answer(session, forum, people["Bilal"], wish.id, accepts=False)
    services.grade(session, forum, people["Bilal"], people["Amal"], "like")
    assert wish.state == "accepted"
