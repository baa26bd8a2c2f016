"""The table of docs/wishes-to-meetings.md, row by row and under random wishes."""

from __future__ import annotations

import random
from itertools import count

import cast
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.wishes.meetings import (
    CODES,
    LeftOut,
    ProposedMeeting,
    meetings_from,
    propose_meetings,
)
from matchmaker.wishes.pairing import Person, Said, Weights

ACCEPTING = Weights(needs_acceptance=True)
numbers = count(1)


def person(name: str, organisation: str | None = None, state: str = "validated") -> Person:
    return Person(name, state, organisation)


def wish(wisher: str, to: str, grade: str = "like", state: str = "open") -> Said:
    """``o:x`` as target is an organisation; wishes are made in the order of the calls."""
    number = next(numbers)
    if to.startswith("o:"):
        return Said(f"w{number}", wisher, None, to[2:], grade, state, number)
    return Said(f"w{number}", wisher, to, None, grade, state, number)


AMAL, BILAL = person("amal", "atlas"), person("bilal", "bahr")
BADR, FARAH = person("badr", "bahr"), person("farah")


def of_pair(*wishes: Said, people=(AMAL, BILAL), weights=Weights()) -> list:  # noqa: B008
    proposal = meetings_from(people, wishes, weights)
    return [*proposal.meetings, *proposal.left_out]


@pytest.mark.parametrize(
    ("hers", "his", "weight"),
    [
        ("top", "top", 25),
        ("top", "like", 19),
        ("like", "like", 13),
        ("top", None, 10),
        ("like", None, 4),
        (None, "top", 10),
    ],
)
def test_both_grades_are_added(hers: str | None, his: str | None, weight: int) -> None:
    wishes = [wish("amal", "bilal", hers)] if hers else []
    wishes += [wish("bilal", "amal", his)] if his else []
    asked, asking = ("bilal", "amal") if hers else ("amal", "bilal")
    assert of_pair(*wishes) == [ProposedMeeting("amal~bilal", ((asked,), (asking,)), weight)]


def test_weights_are_the_events() -> None:
    weights = Weights(top=100, like=7, mutual=1)
    wishes = wish("bilal", "amal", "top"), wish("amal", "bilal")
    assert [meeting.weight for meeting in of_pair(*wishes, weights=weights)] == [108]


def test_the_first_side_is_the_one_that_was_asked_first() -> None:
    first, second = wish("bilal", "amal"), wish("amal", "bilal")
    assert of_pair(second, first)[0].sides == (("amal",), ("bilal",))


@pytest.mark.parametrize("others", [[], [("like", "open")], [("top", "accepted")]])
def test_never_from_either_side_removes_the_pair(others: list[tuple[str, str]]) -> None:
    wishes = [wish("amal", "bilal", grade, state) for grade, state in others]
    wishes.append(wish("bilal", "amal", "never"))
    codes = [item.code for item in of_pair(*wishes)]
    assert codes == ["never"] * len(others)


def test_never_of_an_organisation_holds_for_its_people() -> None:
    found = of_pair(wish("bilal", "amal", "top"), wish("amal", "o:bahr", "never"))
    assert found == [LeftOut("amal~bilal", ("amal", "bilal"), "never")]


@pytest.mark.parametrize("weights", [Weights(), ACCEPTING])
def test_a_declined_wish_removes_the_pair(weights: Weights) -> None:
    found = of_pair(wish("amal", "bilal", "top", "declined"), weights=weights)
    assert found == [LeftOut("amal~bilal", ("bilal", "amal"), "declined")]


def test_where_acceptance_is_asked_an_open_wish_waits() -> None:
    found = of_pair(wish("amal", "bilal", "top"), weights=ACCEPTING)
    assert found == [LeftOut("amal~bilal", ("bilal", "amal"), "not_accepted")]
    accepted = of_pair(wish("amal", "bilal", "top", "accepted"), weights=ACCEPTING)
    assert accepted == [ProposedMeeting("amal~bilal", (("bilal",), ("amal",)), 10)]
    mutual = of_pair(wish("amal", "bilal"), wish("bilal", "amal"), weights=ACCEPTING)
    assert mutual == [ProposedMeeting("amal~bilal", (("bilal",), ("amal",)), 13)]


@pytest.mark.parametrize(
    ("state", "code"),
    [("registered", "not_validated"), ("rejected", "rejected"), ("withdrawn", "withdrawn")],
)
def test_who_is_not_in_stays_out_and_is_listed(state: str, code: str) -> None:
    people = (AMAL, person("bilal", "bahr", state))
    assert of_pair(wish("amal", "bilal"), wish("bilal", "amal"), people=people) == [
        LeftOut("amal~bilal", ("bilal", "amal"), code, ("bilal",))
    ]
    assert of_pair(wish("bilal", "o:atlas"), people=people) == [
        LeftOut("bilal~o:atlas", ("bilal",), code, ("bilal",))
    ]


def test_an_organisation_sends_any_of_its_people() -> None:
    people = (AMAL, BILAL, BADR, person("basma", "bahr", "registered"))
    assert of_pair(wish("amal", "o:bahr", "top"), people=people) == [
        ProposedMeeting("amal~o:bahr", (("badr", "bilal"), ("amal",)), 10)
    ]


def test_a_never_takes_one_person_off_the_side() -> None:
    people = (AMAL, BILAL, BADR)
    for never in (wish("amal", "bilal", "never"), wish("bilal", "amal", "never")):
        found = of_pair(wish("amal", "o:bahr"), never, people=people)
        assert found == [ProposedMeeting("amal~o:bahr", (("badr",), ("amal",)), 4)]
    nobody = of_pair(wish("amal", "o:bahr"), wish("bilal", "amal", "never"))
    assert nobody == [LeftOut("amal~o:bahr", ("amal",), "nobody")]


def test_a_wish_for_ones_own_organisation_is_listed() -> None:
    found = of_pair(wish("bilal", "o:bahr"), people=(BILAL, BADR))
    assert found == [LeftOut("bilal~o:bahr", ("bilal",), "own_organisation")]


def test_an_organisation_wish_meets_the_wish_from_there() -> None:
    people = (AMAL, BILAL, BADR)
    found = of_pair(wish("amal", "o:bahr", "top"), wish("bilal", "amal"), people=people)
    assert found == [ProposedMeeting("amal~bilal", (("bilal",), ("amal",)), 19)]


def test_two_organisation_wishes_that_cross_are_one_meeting() -> None:
    found = of_pair(wish("bilal", "o:atlas"), wish("amal", "o:bahr"), people=(AMAL, BILAL, BADR))
    assert found == [ProposedMeeting("amal~bilal", (("amal",), ("bilal",)), 13)]


def test_an_organisation_wish_is_covered_by_a_wish_by_name() -> None:
    found = of_pair(wish("amal", "bilal"), wish("amal", "o:bahr", "top"), people=(AMAL, BILAL))
    assert found == [
        ProposedMeeting("amal~bilal", (("bilal",), ("amal",)), 4),
        LeftOut("amal~o:bahr", ("amal",), "covered"),
    ]


PEOPLE = ["ali", "bea", "cem", "dia", "eva"]
HOUSES = ["x", "y", None]
STATES = ["validated"] * 4 + ["registered", "rejected", "withdrawn"]


@st.composite
def forums(draw: st.DrawFn) -> tuple[list[Person], list[Said]]:
    people = [
        Person(name, draw(st.sampled_from(STATES)), draw(st.sampled_from(HOUSES)))
        for name in PEOPLE
    ]
    targets = [*PEOPLE, "o:x", "o:y"]
    keys = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(targets)), unique=True))
    wishes = [
        Said(
            f"w{number}",
            wisher,
            None if to.startswith("o:") else to,
            to[2:] if to.startswith("o:") else None,
            draw(st.sampled_from(["top", "like", "never"])),
            draw(st.sampled_from(["open", "accepted", "declined"])),
            number,
        )
        for number, (wisher, to) in enumerate(keys)
        if wisher != to
    ]
    return people, wishes


def nevers(people: list[Person], wishes: list[Said]) -> set[frozenset[str]]:
    """Read straight from the table, in another way than the function does."""
    house = {person.id: person.organisation_id for person in people}
    return {
        frozenset((wish.wisher, other))
        for wish in wishes
        for other in house
        if wish.grade == "never"
        and (other == wish.to or (wish.to is None and house[other] == wish.to_organisation))
    }


@settings(max_examples=400, deadline=None)
@given(forums(), st.booleans(), st.randoms(use_true_random=False))
def test_the_promises_hold_for_any_wishes(
    forum: tuple[list[Person], list[Said]], acceptance: bool, shuffle: random.Random
) -> None:
    people, wishes = forum
    weights = Weights(needs_acceptance=acceptance)
    proposal = meetings_from(people, wishes, weights)
    state = {person.id: person.state for person in people}
    encounters = [
        frozenset((first, second))
        for meeting in proposal.meetings
        for first in meeting.sides[0]
        for second in meeting.sides[1]
    ]
    assert len(encounters) == len(set(encounters)), "two people would meet twice"
    assert all(len(pair) == 2 for pair in encounters), "somebody would meet themselves"
    assert not set(encounters) & nevers(people, wishes)
    assert {state[one] for pair in encounters for one in pair} <= {"validated"}
    ids = [item.id for item in (*proposal.meetings, *proposal.left_out)]
    assert len(ids) == len(set(ids))
    assert {item.code for item in proposal.left_out} <= set(CODES)
    shuffled = shuffle.sample(people, len(people)), shuffle.sample(wishes, len(wishes))
    assert meetings_from(*shuffled, weights) == proposal


@settings(max_examples=400, deadline=None)
@given(forums(), st.booleans())
def test_every_wish_by_name_is_in_a_meeting_or_listed(
    forum: tuple[list[Person], list[Said]], acceptance: bool
) -> None:
    people, wishes = forum
    proposal = meetings_from(people, wishes, Weights(needs_acceptance=acceptance))
    spoken = {item.id for item in (*proposal.meetings, *proposal.left_out)}
    asked = {
        "~".join(sorted((wish.wisher, wish.to)))
        for wish in wishes
        if wish.to is not None and wish.grade != "never"
    }
    assert asked <= spoken


@settings(max_examples=300, deadline=None)
@given(forums())
def test_weights_account_for_every_wish_that_counts(
    forum: tuple[list[Person], list[Said]],
) -> None:
    """Points given by the wishes that are not listed, plus the mutual ones, are the points had."""
    people, wishes = forum
    named = [wish for wish in wishes if wish.to is not None]
    proposal = meetings_from(people, named, Weights(top=100, like=1, mutual=10_000))
    for meeting in proposal.meetings:
        grades = [
            wish.grade for wish in named if "~".join(sorted((wish.wisher, wish.to))) == meeting.id
        ]
        both = 10_000 if len(grades) == 2 else 0
        assert meeting.weight == both + sum({"top": 100, "like": 1}[grade] for grade in grades)


def test_an_event_is_read_in_two_statements_however_large(session: Session) -> None:
    event = cast.make_event(session, top_weight=20)
    atlas = cast.make_organisation(session, event, "Atlas")
    amal = cast.make_participant(session, event, "Amal", organisation_id=atlas.id)
    bilal = cast.make_participant(session, event, "Bilal")
    chen = cast.make_participant(session, cast.make_event(session, "other"), "Chen")
    cast.make_wish(session, amal, bilal, "top")
    session.commit()
    statements: list[str] = []
    assert event.id != chen.event_id
    sqlalchemy_event.listen(
        db.engine, "before_cursor_execute", lambda *args: statements.append(args[2])
    )
    proposal = propose_meetings(session, event)
    assert proposal.meetings == (ProposedMeeting("amal~bilal", (("bilal",), ("amal",)), 20),)
    assert len(statements) == 2
