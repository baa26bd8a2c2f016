"""Programme items: set up by the organiser, signed up for, kept free of meetings, in the agenda."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import schedule_cast
from flask import Flask, g
from programme_cast import LATER, details, free, item, join, make_forum, state, state_now
from schedule_cast import Forum
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.bookings.services import offer_to
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participation.models import ParticipationType
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.queries import count_signups, items_of
from matchmaker.programme.services import add_item, change_item, remove_item
from matchmaker.programme.signing import leave, put_down, sign_up, strike_out
from matchmaker.schedules.modes import set_modes
from matchmaker.schedules.queries import meetings_of
from matchmaker.wishes.fitting import fit_of
from matchmaker.wishes.queries import own_wishes


@pytest.fixture
def forum(session: Session) -> Forum:
    return make_forum(session)


def test_who_attends_is_not_available_in_every_slot_that_overlaps(
    app: Flask, session: Session, forum: Forum
) -> None:
    """The item lasts from 09:00 to 09:30; the second slot begins at 09:25."""
    row = item(session, forum)
    assert free(session, forum) == [0, 1, 2, 3]
    join(session, forum, row, forum.amal)
    assert free(session, forum) == [2, 3]
    assert free(session, forum, "bilal") == [0, 1, 2, 3]
    met = meetings_of(session, schedule_cast.make_version(app, forum.event))
    taken = {forum.slots[0].id, forum.slots[1].id}
    assert met
    assert not [one for one in met if "amal" in one.people and one.slot_id in taken]
    session.rollback()
    leave(session, forum.event, row.id, forum.amal)
    assert free(session, forum) == [0, 1, 2, 3]


def test_nobody_can_book_a_time_at_which_the_other_attends_something(
    session: Session, forum: Forum
) -> None:
    set_modes(session, forum.event, "book", {})
    row = item(session, forum)
    join(session, forum, row, forum.bilal)
    ways = offer_to(session, forum.event, forum.amal, forum.bilal).ways
    assert [way["slot"] for way in ways] == [slot.id for slot in forum.slots[2:]]


def test_a_wish_that_has_no_time_left_by_it_says_so_like_an_absence(
    session: Session, forum: Forum
) -> None:
    wishes = [mine.wish for mine in own_wishes(session, forum.amal)]
    before = fit_of(session, forum.amal, wishes)
    row = item(session, forum, ends=time(10, 35))
    join(session, forum, row, forum.bilal)
    after = fit_of(session, forum.amal, wishes)
    assert before is not None
    assert after is not None
    assert (before.fit, after.fit) == (2, 1)


def test_what_everybody_attends_keeps_everybody_of_its_types(
    session: Session, forum: Forum
) -> None:
    session.add(ParticipationType(event_id=forum.event.id, code="buyer", names={"en": "Buyer"}))
    session.flush()
    forum.amal.type_code = "buyer"
    session.commit()
    item(session, forum, attendance="all", kind="plenary", types=["buyer"])
    assert free(session, forum) == [2, 3]
    assert free(session, forum, "bilal") == [0, 1, 2, 3]
    item(session, forum, attendance="all", kind="plenary", starts=time(9, 50), ends=time(10))
    assert free(session, forum, "bilal") == [0, 1, 3]


def test_what_one_may_come_to_keeps_nobody(session: Session, forum: Forum) -> None:
    row = item(session, forum, attendance="open")
    assert free(session, forum) == [0, 1, 2, 3]
    with pytest.raises(Refusal, match="Nobody needs to sign up"):
        sign_up(session, forum.event, row.id, forum.amal)


def test_the_second_waits_for_the_only_place_and_moves_up(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=1)
    assert join(session, forum, row, forum.amal, forum.bilal, forum.chen) == [
        "attends", "waits", "waits",
    ]  # fmt: skip
    assert free(session, forum, "bilal") == [0, 1, 2, 3]
    leave(session, forum.event, row.id, forum.amal)
    session.commit()
    assert [state(session, row, who) for who in ("amal", "bilal", "chen")] == [
        "left", "attends", "waits",
    ]  # fmt: skip


def test_of_two_at_once_one_gets_the_last_place(app: Flask, session: Session, forum: Forum) -> None:
    row = item(session, forum, places=1)
    event_id, item_id = forum.event.id, row.id
    session.rollback()
    together = threading.Barrier(2)

    def join_alone(person: str) -> None:
        with app.app_context(), Session(db.engine) as own:
            g.language = "en"
            event = own.get_one(Event, event_id)
            me = own.get_one(Participant, (event_id, person))
            own.commit()
            together.wait()
            sign_up(own, event, item_id, me)
            own.commit()

    threads = [threading.Thread(target=join_alone, args=(name,)) for name in ("amal", "chen")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count_signups(session, event_id)[item_id] == {"attends": 1, "waits": 1}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": time(9)}, "the same"),
        ({"ends": time(8)}, "before the beginning"),
        ({"day": LATER + timedelta(days=1)}, "not one of the event"),
        ({"titles": {}}, "name in at least one"),
        ({"places": 0}, "from 1 to"),
        ({"zone_id": "nowhere"}, "no such zone"),
        ({"types": ["nobody"]}, "no such type"),
        ({"speakers": "x" * 501}, "shorten the text"),
        ({"kind": "party"}, "choices offered"),
    ],
)
def test_an_item_that_cannot_be_is_refused(
    session: Session, forum: Forum, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        add_item(session, forum.event, **details(**changes))


@pytest.mark.parametrize(
    "values",
    [
        {"ends_at": datetime(2030, 10, 14, 9)},
        {"places": 0},
        {"places": 3, "attendance": "open"},
        {"kind": "party"},
        {"attendance": "some"},
    ],
)
def test_the_database_holds_what_the_form_says(
    session: Session, forum: Forum, values: dict[str, Any]
) -> None:
    row = item(session, forum)
    with pytest.raises(IntegrityError):
        session.execute(update(ProgrammeItem).where(ProgrammeItem.id == row.id).values(**values))


def test_fewer_places_than_people_are_refused(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=2)
    join(session, forum, row, forum.amal, forum.bilal)
    with pytest.raises(Refusal, match="2 people have signed up"):
        change_item(session, forum.event, row, tells=True, **details(places=1))


def test_with_more_places_those_who_wait_move_up(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=1)
    join(session, forum, row, forum.amal, forum.bilal, forum.chen)
    change_item(session, forum.event, row, tells=True, **details(places=2))
    assert count_signups(session, forum.event.id)[row.id] == {"attends": 2, "waits": 1}
    change_item(session, forum.event, row, tells=True, **details(places=None))
    assert count_signups(session, forum.event.id)[row.id] == {"attends": 3}


def test_nobody_is_at_two_items_at_once(session: Session, forum: Forum) -> None:
    first, second = item(session, forum), item(session, forum, starts=time(9, 29), ends=time(10))
    join(session, forum, first, forum.amal)
    with pytest.raises(Refusal, match="at the same time: leave it first"):
        sign_up(session, forum.event, second.id, forum.amal)
    with pytest.raises(Refusal, match="at the same time"):
        put_down(session, forum.event, second.id, forum.amal)


def test_who_is_elsewhere_by_now_is_passed_over_when_a_place_is_free(
    session: Session, forum: Forum
) -> None:
    full, other = item(session, forum, places=1), item(session, forum)
    join(session, forum, full, forum.amal, forum.bilal, forum.chen)
    join(session, forum, other, forum.bilal)
    leave(session, forum.event, full.id, forum.amal)
    session.commit()
    assert (state(session, full, "bilal"), state(session, full, "chen")) == ("waits", "attends")


def test_an_item_is_only_for_its_types_and_confirmed_people(session: Session, forum: Forum) -> None:
    session.add(ParticipationType(event_id=forum.event.id, code="buyer", names={"en": "Buyer"}))
    session.commit()
    row = item(session, forum, types=["buyer"])
    with pytest.raises(Refusal, match="other types"):
        sign_up(session, forum.event, row.id, forum.amal)
    put_down(session, forum.event, row.id, forum.amal)
    forum.bilal.type_code, forum.bilal.state = "buyer", "registered"
    session.commit()
    with pytest.raises(Refusal, match="confirmed"):
        sign_up(session, forum.event, row.id, forum.bilal)


def test_what_has_begun_can_be_neither_joined_nor_left(session: Session, forum: Forum) -> None:
    row = item(session, forum)
    join(session, forum, row, forum.amal)
    row.starts_at, row.ends_at = (one.replace(year=2020) for one in (row.starts_at, row.ends_at))
    session.commit()
    for deed in (sign_up, leave):
        with pytest.raises(Refusal, match="begun already"):
            deed(session, forum.event, row.id, forum.bilal)


def test_organisers_do_not_overfill(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=1)
    put_down(session, forum.event, row.id, forum.amal)
    with pytest.raises(Refusal, match="places are taken"):
        put_down(session, forum.event, row.id, forum.bilal)
    strike_out(session, forum.event, row.id, forum.amal)
    put_down(session, forum.event, row.id, forum.bilal)
    assert state_now(session, row) == {"amal": "left", "bilal": "attends"}


def test_an_item_that_concerns_nobody_goes_and_another_is_cancelled(
    session: Session, forum: Forum
) -> None:
    empty, full = item(session, forum), item(session, forum)
    join(session, forum, full, forum.amal)
    for row in (empty, full):
        remove_item(session, forum.event, row)
    session.commit()
    rows = session.scalars(select(ProgrammeItem)).all()
    assert [row.id for row in rows] == [full.id]
    assert rows[0].cancelled_at is not None
    assert items_of(session, forum.event.id) == []
    assert free(session, forum) == [0, 1, 2, 3]
    with pytest.raises(Refusal, match="not take place"):
        sign_up(session, forum.event, full.id, forum.bilal)
