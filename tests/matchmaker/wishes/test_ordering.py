"""People put their wishes in order, and the order counts where grades are equal."""

from __future__ import annotations

from itertools import product

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes import ordering, services
from matchmaker.wishes.meetings import meetings_from
from matchmaker.wishes.pairing import Person, Said, Weights
from matchmaker.wishes.queries import own_wishes

NAMES = ("Amal", "Bilal", "Chen", "Farah", "Ghita")
ME = "/events/forum/me"


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def people(session: Session, forum: Event) -> dict[str, Participant]:
    shown = {"consent_version": "1", "consent_at": forum.created_at}
    return {name: cast.make_participant(session, forum, name, **shown) for name in NAMES}


@pytest.fixture
def amal(session: Session, forum: Event, people: dict[str, Participant]) -> Participant:
    """She likes Bilal, Chen and Farah, in this order."""
    for name in NAMES[1:4]:
        services.grade(session, forum, people["Amal"], people[name], "like")
    return people["Amal"]


def order(session: Session, wisher: Participant, grade: str = "like") -> list[str | None]:
    session.rollback()
    return [own.wish.to_id for own in own_wishes(session, wisher) if own.wish.grade == grade]


def ids(session: Session, wisher: Participant) -> dict[str | None, str]:
    return {own.wish.to_id: own.wish.id for own in own_wishes(session, wisher)}


def test_wishes_stand_as_they_were_made_until_they_are_put_in_order(
    session: Session, forum: Event, amal: Participant
) -> None:
    assert order(session, amal) == ["bilal", "chen", "farah"]
    named = ids(session, amal)
    said = [named["farah"], named["bilal"], named["chen"]]
    ordering.put_in_order(session, forum, amal, "like", said)
    assert order(session, amal) == ["farah", "bilal", "chen"]


def test_what_another_tab_did_meanwhile_is_not_lost(
    session: Session, forum: Event, amal: Participant, people: dict[str, Participant]
) -> None:
    named = ids(session, amal)
    services.grade(session, forum, amal, people["Ghita"], "like")
    services.grade(session, forum, amal, people["Bilal"], None)
    said = [named["farah"], named["bilal"], named["farah"], "never-was"]
    ordering.put_in_order(session, forum, amal, "like", said)
    assert order(session, amal) == ["farah", "chen", "ghita"]


def test_nobody_orders_another_persons_wishes(
    session: Session, forum: Event, amal: Participant, people: dict[str, Participant]
) -> None:
    named = ids(session, amal)
    ordering.put_in_order(session, forum, people["Bilal"], "like", [named["farah"]])
    with pytest.raises(Refusal):
        ordering.move(session, forum, people["Bilal"], named["farah"] or "", up=True)
    assert order(session, amal) == ["bilal", "chen", "farah"]


def test_a_button_moves_by_one_and_stops_at_the_ends(
    session: Session, forum: Event, amal: Participant
) -> None:
    farah = ids(session, amal)["farah"]
    for expected in (["bilal", "farah", "chen"], ["farah", "bilal", "chen"]):
        ordering.move(session, forum, amal, farah, up=True)
        assert order(session, amal) == expected
    ordering.move(session, forum, amal, farah, up=True)
    assert order(session, amal) == ["farah", "bilal", "chen"]
    ordering.move(session, forum, amal, farah, up=False)
    assert order(session, amal) == ["bilal", "farah", "chen"]


def test_another_grade_puts_a_wish_after_the_others(
    session: Session, forum: Event, amal: Participant, people: dict[str, Participant]
) -> None:
    services.grade(session, forum, amal, people["Bilal"], "top")
    services.grade(session, forum, amal, people["Bilal"], "like")
    assert order(session, amal) == ["chen", "farah", "bilal"]


def test_a_closed_event_keeps_the_order(session: Session, forum: Event, amal: Participant) -> None:
    cast.close(session, forum, "wishes")
    session.commit()
    with pytest.raises(Refusal):
        ordering.put_in_order(session, forum, amal, "like", [])


def test_the_page_orders_with_buttons_alone_and_comes_back_to_the_button(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    account = cast.make_account(session, "Amal")
    amal.account_id = account.id
    session.commit()
    cast.sign_in(client, account)
    farah = ids(session, amal)["farah"]
    assert f'id="up-{farah}"' in client.get(f"{ME}/wishes").text
    answer = client.post(f"{ME}/wishes/order", data={"up": farah, "grade": "like"})
    assert answer.headers["Location"] == f"{ME}/wishes#up-{farah}"
    assert order(session, amal) == ["bilal", "farah", "chen"]
    assert client.post(f"{ME}/wishes/order", data={"down": "gone"}).status_code == 302
    assert "This wish does not exist any more." in client.get(f"{ME}/wishes").text
    cast.close(session, forum, "wishes")
    session.commit()
    refused = client.post(f"{ME}/wishes/order", data={"grade": "like", "wish": [farah]})
    assert refused.status_code == 409
    assert "has ended" in refused.json["sentence"]


def said(wisher: str, to: str, grade: str, rank: int) -> Said:
    return Said(f"{wisher}-{to}", wisher, to, None, grade, rank=rank)


EVERYBODY = [Person(name, "validated") for name in ("amal", "bilal", "chen", "farah")]


def weights(*wishes: Said, of: Weights | None = None) -> dict[str, int]:
    proposal = meetings_from(EVERYBODY, wishes, of or Weights())
    return {meeting.id: meeting.weight for meeting in proposal.meetings}


def test_the_first_counts_in_full_and_later_ones_a_little_less() -> None:
    likes = [
        said("amal", to, "like", rank) for to, rank in (("farah", 1), ("bilal", 2), ("chen", 3))
    ]
    found = weights(*likes, said("amal", "chen", "top", 9))
    assert found["amal~farah"] == 4
    assert found["amal~bilal"] == 3
    likes_only = weights(*likes)
    assert likes_only == {"amal~farah": 4, "amal~bilal": 3, "amal~chen": 2}


def test_between_two_who_wish_the_better_place_counts() -> None:
    wishes = [said("amal", "bilal", "like", 1), said("amal", "chen", "like", 2)]
    assert weights(*wishes, said("chen", "amal", "like", 1)) == {"amal~bilal": 4, "amal~chen": 13}


@pytest.mark.parametrize("of", [Weights(), Weights(9, 8, 1), Weights(50, 20, 25), Weights(3, 0, 0)])
def test_no_order_counts_as_much_as_a_grade(of: Weights) -> None:
    """Whatever the order, a meeting of better grades weighs more, and none weighs nothing that
    weighed something."""
    pairs = [("like",), ("top",), ("like", "like"), ("like", "top"), ("top", "top")]
    full = {
        grades: sum(of.of(grade) for grade in grades) + (of.mutual if len(grades) == 2 else 0)
        for grades in pairs
    }
    for better, worse in product(pairs, pairs):
        if full[better] > full[worse]:
            assert full[better] - of.steps > full[worse]
    assert all(weight - of.steps > 0 for weight in full.values() if min(full.values()) > 0)
    assert of.steps >= 0
