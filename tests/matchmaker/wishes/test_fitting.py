"""The meter tells how many of one's wishes can take place: exactly, and nobody's secret."""

from __future__ import annotations

from itertools import combinations, permutations

import cast
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Slot
from matchmaker.participants.models import Absence, Participant
from matchmaker.participants.services import set_absences, set_sessions
from matchmaker.wishes.fitting import Fit, fit_of, most_beside_each_other
from matchmaker.wishes.models import Wish
from matchmaker.wishes.queries import own_wishes


@settings(max_examples=200, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("abcd")), max_size=5), st.integers(1, 2))
def test_the_most_beside_each_other_equals_trying_everything(
    possible: list[frozenset[str]], seats: int
) -> None:
    places = [(slot, seat) for slot in "abcd" for seat in range(seats)]
    best = max(
        count
        for count in range(len(possible) + 1)
        for chosen in combinations(possible, count)
        if count <= len(places)
        and any(
            all(slot in one for one, (slot, _seat) in zip(chosen, given, strict=True))
            for given in permutations(places, count)
        )
    )
    assert most_beside_each_other(possible, seats) == best


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def slots(session: Session, forum: Event) -> list[Slot]:
    """Two in the morning and one in the afternoon."""
    return [*cast.make_slots(session, forum, 2), *cast.make_slots(session, forum, 1, "pm", 14)]


@pytest.fixture
def amal(session: Session, forum: Event, slots: list[Slot]) -> Participant:
    """She wishes to meet three people."""
    amal = cast.make_participant(session, forum, "Amal")
    for name in ("Bilal", "Chen", "Farah"):
        shown = {"consent_version": "1", "consent_at": forum.created_at}
        cast.make_wish(session, amal, cast.make_participant(session, forum, name, **shown))
    return amal


def fit(session: Session, me: Participant) -> Fit | None:
    return fit_of(session, me, [own.wish for own in own_wishes(session, me) if own.is_hoped_for])


def fitting(session: Session, me: Participant, wishes: list[Wish] | None = None) -> int:
    found = fit_of(session, me, wishes) if wishes else fit(session, me)
    assert found
    return found.fit


def test_free_times_of_both_sides_and_the_own_limit_count(
    session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    assert fit(session, amal) == Fit(wishes=3, fit=3, slots=3, most=None)
    set_absences(session, amal, [slots[0].id])
    assert fit(session, amal) == Fit(wishes=3, fit=2, slots=2, most=None)
    for name in ("bilal", "chen"):
        person = session.get_one(Participant, (forum.id, name))
        set_sessions(session, person, ["pm"])
    assert fitting(session, amal) == 2
    set_absences(session, amal, [slots[0].id, slots[1].id])
    assert fitting(session, amal) == 1
    set_absences(session, amal, [])
    amal.max_meetings = 1
    assert fit(session, amal) == Fit(wishes=3, fit=1, slots=3, most=1)


def test_a_second_seat_takes_a_second_meeting_at_a_time(
    session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    set_absences(session, amal, [slots[0].id, slots[1].id])
    assert fitting(session, amal) == 1
    amal.seats = 2
    assert fitting(session, amal) == 2


def test_an_organisation_is_met_when_any_of_its_people_can(
    session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    bahr = cast.make_organisation(session, forum, "Bahr")
    wish = Wish(event_id=forum.id, from_id=amal.id, to_organisation_id=bahr.id, grade="top")
    session.add(wish)
    session.flush()
    assert fitting(session, amal, [wish]) == 0
    for name, slot in (("Ines", slots[0]), ("Jad", slots[2])):
        person = cast.make_participant(session, forum, name, organisation_id=bahr.id)
        set_absences(session, person, [other.id for other in slots if other is not slot])
    set_absences(session, amal, [slots[0].id])
    assert fitting(session, amal, [wish]) == 1


def test_never_and_always_absent_count_alike(
    session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    bilal = session.get_one(Participant, (forum.id, "bilal"))
    never = cast.make_wish(session, bilal, amal, "never")
    refused = fit(session, amal)
    session.delete(never)
    for slot in slots:
        session.add(Absence(event_id=forum.id, participant_id="bilal", slot_id=slot.id))
    session.flush()
    assert fit(session, amal) == refused == Fit(wishes=3, fit=2, slots=3, most=None)


def test_the_page_tells_how_many_fit_and_what_is_open_to_decide(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    account = cast.make_account(session, "Amal")
    amal.account_id, forum.needs_acceptance, forum.top_limit = account.id, True, 2
    shown = {"consent_version": "1", "consent_at": forum.created_at}
    asking = cast.make_participant(session, forum, "Ghita", **shown)
    request = cast.make_wish(session, asking, amal)
    set_absences(session, amal, [slots[0].id])
    gone = cast.make_participant(session, forum, "Hind", state="withdrawn", **shown)
    cast.make_wish(session, amal, gone)
    session.commit()
    cast.sign_in(client, account)
    page = client.get("/events/forum/me/wishes").text
    assert "2 of 3" in page
    assert "You can meet in 2 slots." in page
    assert "No more than this fits into your time" in page
    assert '<a href="#incoming">1 person wishes to meet you</a>' in page
    for open_point in (
        "1 person waits for your answer",
        "You have 2 top wishes left.",
        "1 wish cannot take place beside the others",
        "1 of your wishes cannot become a meeting any more",
    ):
        assert open_point in page
    set_absences(session, amal, [])
    request.state = "accepted"
    forum.top_limit = 0
    session.delete(session.get_one(Wish, (forum.id, ids_of(session, amal)[gone.id])))
    session.commit()
    page = client.get("/events/forum/me/wishes").text
    assert "Still to decide" not in page
    assert "3 of 3" in page
    assert "All of them fit into your time" in page


def ids_of(session: Session, me: Participant) -> dict[str | None, str]:
    return {own.wish.to_id: own.wish.id for own in own_wishes(session, me)}
