"""Participants fix times themselves: first come, kept by every run, and nothing is lost."""

from __future__ import annotations

import threading
from datetime import date, datetime

import cast
import pytest
import schedule_cast
from flask import Flask, g
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from matchmaker.bookings import services
from matchmaker.bookings.services import TimeTaken, book, offer_to
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Booking, Publication
from matchmaker.schedules.modes import set_modes, slots_for
from matchmaker.schedules.publishing import publish, revision_of, unpublish
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.schedules.services import start_run
from matchmaker.wishes.models import Wish

ME = "/events/forum/me"


@pytest.fixture(autouse=True)
def _before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day before the forum."""
    eve = datetime.combine(date(2026, 10, 13), datetime.min.time())
    monkeypatch.setattr(services, "wall_now", lambda zone: eve)


@pytest.fixture
def forum(session: Session) -> Forum:
    """Amal wants Bilal and Chen, Chen wants Bilal; times are booked."""
    forum = schedule_cast.make_forum(session)
    for person in (forum.amal, forum.bilal, forum.chen):
        person.consent_version, person.consent_at = "1", forum.event.created_at
    forum.event.needs_acceptance = True
    set_modes(session, forum.event, "book", {})
    session.commit()
    return forum


def times(session: Session, forum: Forum, me: Participant, other: Participant) -> list[str]:
    found = [way["slot"] for way in offer_to(session, forum.event, me, other).ways]
    session.rollback()
    return found


def fix(session: Session, forum: Forum, me: Participant, other: Participant, slot: str) -> None:
    book(session, forum.event, me, other, slot)
    session.commit()


def fixed(session: Session, event: Event) -> set[tuple[str, str]]:
    session.rollback()
    version = published_version(session, event.id)
    found = {(row.id, row.slot_id) for row in meetings_of(session, version)} if version else set()
    session.rollback()
    return found


def state(session: Session, wisher: str) -> set[str]:
    query = select(Wish.state).where(Wish.from_id == wisher, Wish.to_id == "bilal")
    return set(session.scalars(query))


def test_choosing_a_time_accepts_and_fixes_the_meeting(session: Session, forum: Forum) -> None:
    first, *rest = (slot.id for slot in forum.slots)
    assert times(session, forum, forum.bilal, forum.amal) == [first, *rest]
    fix(session, forum, forum.bilal, forum.amal, first)
    assert fixed(session, forum.event) == {("amal~bilal", first)}
    assert state(session, "amal") == {"accepted"}
    assert times(session, forum, forum.bilal, forum.chen) == rest
    offer = offer_to(session, forum.event, forum.amal, forum.bilal)
    assert offer.meeting
    assert offer.meeting.place_code == "T01"
    notices = session.execute(select(Notice.participant_id, Notice.kind)).all()
    assert set(map(tuple, notices)) == {("amal", "accepted"), ("amal", "changed")}


def test_who_comes_second_sees_the_times_that_are_left(session: Session, forum: Forum) -> None:
    first, *rest = (slot.id for slot in forum.slots)
    fix(session, forum, forum.bilal, forum.amal, first)
    with pytest.raises(TimeTaken):
        book(session, forum.event, forum.bilal, forum.chen, first)
    session.rollback()
    assert state(session, "chen") == {"open"}  # nothing half done
    assert times(session, forum, forum.bilal, forum.chen) == rest
    fix(session, forum, forum.bilal, forum.chen, rest[0])
    assert len(fixed(session, forum.event)) == 2


def test_clicked_twice_it_is_booked_once(session: Session, forum: Forum) -> None:
    first, second, *_rest = (slot.id for slot in forum.slots)
    fix(session, forum, forum.bilal, forum.amal, first)
    for slot in (first, second):
        with pytest.raises(Refusal, match="already"):
            book(session, forum.event, forum.bilal, forum.amal, slot)
        session.rollback()
    assert fixed(session, forum.event) == {("amal~bilal", first)}


@pytest.mark.parametrize("spoil", ["declined", "never", "not asked", "withdrawn"])
def test_only_those_who_agree_fix_a_time(session: Session, forum: Forum, spoil: str) -> None:
    wish = session.scalars(select(Wish).where(Wish.from_id == "amal", Wish.to_id == "bilal")).one()
    if spoil == "declined":
        wish.state = "declined"
    if spoil == "never":
        cast.make_wish(session, forum.bilal, forum.amal, "never")
    if spoil == "not asked":
        session.delete(wish)
    if spoil == "withdrawn":
        forum.amal.state = "withdrawn"
    session.commit()
    with pytest.raises(Refusal):
        book(session, forum.event, forum.bilal, forum.amal, forum.slots[0].id)
    session.rollback()
    assert fixed(session, forum.event) == set()


def test_who_asked_waits_until_the_other_accepts(session: Session, forum: Forum) -> None:
    first = forum.slots[0].id
    with pytest.raises(Refusal, match="once the wish is accepted"):
        book(session, forum.event, forum.amal, forum.bilal, first)
    session.rollback()
    wish = session.scalars(select(Wish).where(Wish.from_id == "amal", Wish.to_id == "bilal")).one()
    wish.state = "accepted"
    session.commit()
    fix(session, forum, forum.amal, forum.bilal, first)
    assert fixed(session, forum.event) == {("amal~bilal", first)}


def test_absences_and_new_people_count_at_once(session: Session, forum: Forum) -> None:
    first, second, *rest = (slot.id for slot in forum.slots)
    fix(session, forum, forum.bilal, forum.amal, first)
    farah = cast.make_participant(session, forum.event, "Farah")
    cast.make_wish(session, farah, forum.bilal)
    schedule_cast.make_absent(session, farah, forum.slots[1])
    assert times(session, forum, forum.bilal, farah) == rest
    fix(session, forum, forum.bilal, farah, rest[0])
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)  # also where he meets already
    assert times(session, forum, forum.bilal, forum.chen) == []
    cast.make_wish(session, forum.chen, farah)
    session.commit()
    fix(session, forum, farah, forum.chen, first)
    assert len(fixed(session, forum.event)) == 3
    assert second


def test_a_session_may_be_booked_while_another_is_scheduled(
    app: Flask, session: Session, forum: Forum
) -> None:
    afternoon = cast.make_slots(session, forum.event, 2, "pm", 14)
    forum.event.needs_acceptance = False
    set_modes(session, forum.event, "schedule", {"pm": "book"})
    session.commit()
    late = {slot.id for slot in afternoon}
    assert slots_for(session, forum.event, "book") == late
    session.rollback()
    assert set(times(session, forum, forum.bilal, forum.amal)) == late
    fix(session, forum, forum.bilal, forum.amal, afternoon[0].id)
    version = schedule_cast.make_version(app, forum.event)
    placed = {row.id: row.slot_id for row in meetings_of(session, version)}
    assert placed.pop("amal~bilal") == afternoon[0].id
    assert len(placed) == 2
    assert not set(placed.values()) & late


def test_every_run_leaves_what_is_booked_where_it_is(
    app: Flask, session: Session, forum: Forum
) -> None:
    forum.event.needs_acceptance = False
    set_modes(session, forum.event, "both", {})
    session.commit()
    last = forum.slots[-1].id
    fix(session, forum, forum.bilal, forum.amal, last)
    before = fixed(session, forum.event)
    version = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, version, seen=revision_of(session, forum.event.id))
    after = fixed(session, forum.event)
    assert before <= after
    assert len(after) == 3
    assert times(session, forum, forum.bilal, forum.amal) == []  # they meet already


def test_a_schedule_made_before_a_booking_is_not_published_over_it(
    app: Flask, session: Session, forum: Forum
) -> None:
    forum.event.needs_acceptance = False
    set_modes(session, forum.event, "both", {})
    session.commit()
    old = schedule_cast.make_version(app, forum.event)
    taken = {row.slot_id for row in meetings_of(session, old) if row.id == "amal~bilal"}
    session.rollback()
    slot = next(slot.id for slot in forum.slots if slot.id not in taken)
    fix(session, forum, forum.bilal, forum.amal, slot)
    with pytest.raises(Refusal, match="have fixed their meeting themselves"):
        publish(session, forum.event, old, seen=revision_of(session, forum.event.id))
    assert fixed(session, forum.event) == {("amal~bilal", slot)}


def test_bookings_outlive_a_publication_that_is_taken_back(session: Session, forum: Forum) -> None:
    first, second, *_rest = (slot.id for slot in forum.slots)
    fix(session, forum, forum.bilal, forum.amal, first)
    unpublish(session, forum.event, seen=revision_of(session, forum.event.id))
    assert fixed(session, forum.event) == set()
    fix(session, forum, forum.bilal, forum.chen, second)
    assert fixed(session, forum.event) == {("amal~bilal", first), ("bilal~chen", second)}


def race(app: Flask, event_id: str, slot: str) -> list[str]:
    """Amal and Chen choose the same time with Bilal in the same moment; what each hears."""
    ready, heard = threading.Barrier(2), []

    def choose(name: str) -> None:
        with app.app_context():
            g.language = "en"
            ready.wait()
            event = db.session.get_one(Event, event_id)
            me = db.session.get_one(Participant, (event_id, name))
            bilal = db.session.get_one(Participant, (event_id, "bilal"))
            try:
                book(db.session, event, me, bilal, slot)
                db.session.commit()
                heard.append("fixed")
            except Refusal as refusal:
                db.session.rollback()
                heard.append(type(refusal).__name__)

    threads = [threading.Thread(target=choose, args=(name,)) for name in ("amal", "chen")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(heard)


@pytest.fixture
def agreed(session: Session, forum: Forum) -> Forum:
    """Both wishes for Bilal are accepted, and something is published already."""
    for wish in session.scalars(select(Wish).where(Wish.to_id == "bilal")):
        wish.state = "accepted"
    cast.make_wish(session, forum.chen, forum.amal)
    session.commit()
    fix(session, forum, forum.amal, forum.chen, forum.slots[-1].id)
    return forum


def test_of_two_in_the_same_moment_one_is_first(
    app: Flask, session: Session, agreed: Forum
) -> None:
    slot = agreed.slots[0].id
    assert race(app, agreed.event.id, slot) == ["TimeTaken", "fixed"]
    assert len([row for row in fixed(session, agreed.event) if row[1] == slot]) == 1
    session.rollback()
    assert len(session.scalars(select(Booking.meeting_id)).all()) == 2


def test_without_holding_the_schedule_one_booking_would_be_lost(
    app: Flask, session: Session, agreed: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both read, both let go, both write, the pointer is not compared, and
    two versions may have one number.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE version DROP CONSTRAINT uq_version_event_id_number"))
        session.commit()
    ways, looked = services._ways, threading.Barrier(2)

    def look_and_let_go(session: Session, *arguments: object) -> object:
        found = ways(session, *arguments)  # type: ignore[arg-type]
        session.rollback()
        looked.wait()
        return found

    def move(session: Session, event_id: str, version_id: str | None, seen: int) -> None:
        pointer = session.get_one(Publication, event_id)
        pointer.version_id = version_id

    monkeypatch.setattr(services, "_ways", look_and_let_go)
    monkeypatch.setattr("matchmaker.schedules.amending.move_pointer", move)
    event_id, slot = agreed.event.id, agreed.slots[0].id
    session.rollback()
    assert race(app, event_id, slot) == ["fixed", "fixed"]
    booked = len(session.scalars(select(Booking.meeting_id)).all())
    session.rollback()
    assert booked > len(fixed(session, agreed.event))


def test_the_page_offers_times_books_one_and_shows_it(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    account = cast.make_account(session, "Bilal")
    forum.bilal.account_id = account.id
    session.commit()
    cast.sign_in(client, account)
    session.commit()
    assert f"{ME}/book/amal" in client.get(f"{ME}/wishes").text
    first, second, *_rest = (slot.id for slot in forum.slots)
    assert client.get(f"{ME}/book/amal").text.count('name="slot"') == 4
    assert client.post(f"{ME}/book/amal", data={"slot": first}).status_code == 302
    assert "You meet on" in client.get(f"{ME}/book/amal").text
    again = client.post(f"{ME}/book/chen", data={"slot": first})
    assert again.status_code == 409
    assert "has just been taken" in again.text
    assert again.text.count('name="slot"') == 3
    assert client.get(f"{ME}/book/nobody").status_code == 404
    assert second


def test_organisers_choose_by_event_and_by_session(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    cast.sign_in(client, forum.dounia)
    session.commit()
    path = f"/organise/{forum.event.id}/set-up/times"
    form = {"mode": "schedule", "session_am": "both"}
    assert client.post(path, data=form).status_code == 302
    assert slots_for(session, forum.event, "both") == {slot.id for slot in forum.slots}
    session.rollback()
    assert client.post(path, data={"mode": "odd"}).status_code == 200


def test_adding_needs_something_published(session: Session, forum: Forum) -> None:
    forum.event.needs_acceptance = False
    with pytest.raises(Refusal, match="Nothing is published"):
        start_run(session, forum.event, wanted="only_add", seconds=5)
