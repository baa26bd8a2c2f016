"""A list of wishes becomes wishes of the people who are here."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation
from matchmaker.wishes.models import Wish

HEADER = ("From", "To", "Grade", "Status", "Message")
AMAL, BILAL, CHEN = (f"{name}@people.example" for name in ("amal", "bilal", "chen"))


@pytest.fixture(autouse=True)
def people(session: Session, event: Event) -> None:
    atlas = cast.make_organisation(session, event, "Atlas Eau")
    cast.make_organisation(session, event, "Nobody There")
    cast.make_participant(session, event, "Amal", organisation_id=atlas.id)
    cast.make_participant(session, event, "Bilal", reference="B-1")
    cast.make_participant(session, event, "Chen", organisation_id=atlas.id)
    session.commit()


def wishes(session: Session) -> list[tuple[Any, ...]]:
    rows = session.scalars(select(Wish).order_by(Wish.position)).all()
    return [
        (wish.from_id, wish.to_id or "any", wish.grade, wish.state, wish.message) for wish in rows
    ]


def test_wishes_name_people_by_address_or_reference_and_organisations_by_name(
    desk: Any, session: Session
) -> None:
    counts = desk.take(
        "wishes", HEADER,
        (f" {AMAL.upper()}", "b-1", "TOP", "Accepted", "Hello"),
        ("B-1", "ATLAS EAU"),
        (CHEN, BILAL, "jamais", "en attente"),
    )  # fmt: skip
    assert counts == {"new": 3, "changed": 0, "faulty": 0, "unchanged": 0}
    assert wishes(session) == [
        ("amal", "bilal", "top", "accepted", "Hello"),
        ("bilal", "any", "like", "open", ""),
        ("chen", "bilal", "never", "open", ""),
    ]
    atlas = session.scalars(select(Organisation.id).filter_by(name="Atlas Eau")).one()
    assert session.scalars(select(Wish.to_organisation_id).filter_by(from_id="bilal")).one() == (
        atlas
    )


def test_every_faulty_wish_is_told(desk: Any) -> None:
    found = desk.sentences(
        "wishes", HEADER,
        (AMAL, AMAL), (AMAL, "dounia@people.example"), ("", BILAL), (AMAL, ""), (AMAL, "Mars"),
        ("Atlas Eau", BILAL), (AMAL, "Nobody There"), (AMAL, "Atlas Eau"), (AMAL, BILAL, "9"),
        (AMAL, CHEN, "", "perhaps"), (CHEN, BILAL, "", "", "x" * 1_001),
    )  # fmt: skip
    assert found == [
        (2, "To", "Nobody meets themselves. Write somebody else's address."),
        (3, "To", "Nobody here has the e-mail address \u2068dounia@people.example\u2069. Import "
         "the participants first, or correct the address."),
        (4, "From", "Nobody is named here. Write an e-mail address."),
        (5, "To", "Nobody is named here. Write an e-mail address."),
        (6, "To", "\u2068Mars\u2069 is no e-mail address, reference or organisation of this "
         "event. Import the participants first, or correct it."),
        (7, "From", "A wish comes from a person, and \u2068Atlas Eau\u2069 is an organisation. "
         "Write the e-mail address of one of its people."),
        (8, "To", "Nobody of \u2068Nobody There\u2069 takes part. Import its people first."),
        (9, "To", "This is the own organisation. Write another one."),
        (10, "Grade", "The grade “9” is not known. Write top, like or never."),
        (11, "Status", "The status “perhaps” is not known. Write open, accepted or declined."),
        (12, "Message", "This has 1001 characters; at most 1000 are possible. Shorten it."),
    ]  # fmt: skip


def test_a_wish_that_is_there_twice(desk: Any) -> None:
    plan = desk.plan(
        "wishes", HEADER,
        (AMAL, BILAL, "top"), (AMAL, "B-1", "top"), (CHEN, BILAL, "top"), (CHEN, BILAL, "never"),
    )  # fmt: skip
    assert plan.counts == {"new": 1, "changed": 0, "unchanged": 1, "clashing": 0, "faulty": 2}
    assert {(fault.row, fault.sentence) for fault in plan.faults} == {
        (row, "Rows 4, 5 are the same wish and say different things. Keep one of them.")
        for row in (4, 5)
    }


def test_the_same_wishes_again_change_nothing_and_missing_ones_stay(
    desk: Any, session: Session
) -> None:
    rows = [(AMAL, BILAL, "top", "open", "Hello"), (CHEN, BILAL, "like")]
    desk.take("wishes", HEADER, *rows)
    before = wishes(session)
    assert desk.take("wishes", HEADER, *rows) == {
        "new": 0, "changed": 0, "faulty": 0, "unchanged": 2,
    }  # fmt: skip
    assert desk.take("wishes", HEADER, (AMAL, BILAL, "like"))["changed"] == 1
    assert wishes(session) == [("amal", "bilal", "like", "open", "Hello"), before[1]]


def test_a_wish_graded_here_is_asked_about(desk: Any, session: Session, event: Event) -> None:
    wish = Wish(event_id=event.id, from_id="amal", to_id="bilal", grade="like", message="mine")
    session.add(wish)
    session.commit()
    row = (AMAL, BILAL, "never", "accepted", "theirs")
    plan = desk.plan("wishes", HEADER, row)
    assert [(clash.field, clash.here, clash.file) for _, clash in plan.clashes] == [
        ("grade", "like", "never"), ("message", "mine", "theirs"),
    ]  # fmt: skip
    desk.take("wishes", HEADER, row)
    assert wishes(session) == [("amal", "bilal", "like", "accepted", "mine")]
    desk.take("wishes", HEADER, row, choice="file")
    session.expire_all()
    assert wishes(session) == [("amal", "bilal", "never", "accepted", "theirs")]


def test_titles_of_wishes_are_known_in_french_and_arabic(desk: Any, session: Session) -> None:
    desk.take("wishes", ("De", "A", "Priorité"), (AMAL, BILAL, "Priorité"))
    desk.take("wishes", ("من", "الى", "التقدير"), (CHEN, BILAL, "أبداً"))
    assert [grade for _, _, grade, _, _ in wishes(session)] == ["top", "never"]
