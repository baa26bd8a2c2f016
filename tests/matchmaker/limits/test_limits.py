"""Rest, pauses, limits per session, organisations that meet once: said here, kept by the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.drafts import services as drafts
from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.services import Hand
from matchmaker.drafts.ways import Cell
from matchmaker.errors import Refusal
from matchmaker.events.models import MeetingSession, Slot
from matchmaker.events.timetable import PlannedSession, change_session
from matchmaker.limits.models import Pause, PauseTaker, RestWish
from matchmaker.limits.queries import pause_slots
from matchmaker.limits.services import add_pause, change_pause, set_limits, take_pauses
from matchmaker.participants.presence import present_slots
from matchmaker.schedules import bridge
from matchmaker.schedules.models import Booking
from matchmaker.schedules.publishing import publish, revision_of
from matchmaker.schedules.queries import BookedMeeting, meetings_of
from matchmaker.wishes.fitting import fit_of
from matchmaker.wishes.queries import own_wishes


@pytest.fixture
def forum(session: Session) -> Forum:
    """Four slots, two tables; Amal, Bilal and Chen all want each other."""
    return schedule_cast.make_forum(session)


def limit(session: Session, forum: Forum, **changes: Any) -> None:
    said = {"in_a_row": None, "organisations_once": False, "by_session": {}} | changes
    set_limits(session, forum.event, **said)
    session.commit()


def pause(session: Session, forum: Forum, *slots: Slot, **changes: Any) -> Pause:
    said = {"names": {"en": "Lunch"}, "kind": "lunch", "free": None, "by_choice": False} | changes
    row = add_pause(session, forum.event, slots=[slot.id for slot in slots], **said)
    session.commit()
    return row


def meetings(app: Flask, session: Session, forum: Forum) -> list[BookedMeeting]:
    return meetings_of(session, schedule_cast.make_version(app, forum.event))


def busy(rows: list[BookedMeeting], person: str) -> list[str]:
    return sorted(row.slot_id for row in rows if person in row.people)


def test_nobody_has_more_meetings_in_a_row_than_allowed(
    app: Flask, session: Session, forum: Forum
) -> None:
    schedule_cast.make_absent(session, forum.amal, *forum.slots[2:])
    assert len(busy(meetings(app, session, forum), "amal")) == 2
    limit(session, forum, in_a_row=1)
    assert len(busy(meetings(app, session, forum), "amal")) == 1


def test_who_wants_fewer_in_a_row_gets_fewer(app: Flask, session: Session, forum: Forum) -> None:
    schedule_cast.make_absent(session, forum.amal, *forum.slots[2:])
    limit(session, forum, in_a_row=2)
    take_pauses(session, forum.amal, [], 1)
    session.commit()
    rows = meetings(app, session, forum)
    assert (len(busy(rows, "amal")), len(busy(rows, "bilal"))) == (1, 2)


def test_a_session_has_a_limit_for_each_person(app: Flask, session: Session, forum: Forum) -> None:
    assert len(meetings(app, session, forum)) == 3
    limit(session, forum, by_session={"am": 1})
    rows = meetings(app, session, forum)
    assert max(len(busy(rows, who)) for who in ("amal", "bilal", "chen")) == 1


def test_a_pause_of_all_keeps_its_slots_free(app: Flask, session: Session, forum: Forum) -> None:
    pause(session, forum, *forum.slots[1:3])
    here = {slot.id for slot in forum.slots[1:3]}
    rows = meetings(app, session, forum)
    assert rows
    assert not here & {row.slot_id for row in rows}
    assert not here & present_slots(session, forum.event.id, ["amal"])["amal"]


def test_a_flexible_pause_keeps_one_of_two_slots_free(
    app: Flask, session: Session, forum: Forum
) -> None:
    schedule_cast.make_absent(session, forum.amal, *forum.slots[2:])
    pause(session, forum, *forum.slots[:2], free=1)
    assert present_slots(session, forum.event.id, ["amal"])["amal"] == {
        slot.id for slot in forum.slots[:2]
    }
    assert len(busy(meetings(app, session, forum), "amal")) == 1


def test_a_pause_by_choice_is_of_those_who_choose_it(
    app: Flask, session: Session, forum: Forum
) -> None:
    prayer = pause(session, forum, *forum.slots[:3], by_choice=True, kind="prayer")
    take_pauses(session, forum.amal, [prayer.id], None)
    session.commit()
    rows = meetings(app, session, forum)
    assert set(busy(rows, "amal")) <= {forum.slots[3].id}
    assert len(rows) == 2
    wishes = [mine.wish for mine in own_wishes(session, forum.amal)]
    fit = fit_of(session, forum.amal, wishes)
    assert fit is not None
    assert (fit.slots, fit.fit) == (1, 1)


def test_two_organisations_meet_once(app: Flask, session: Session, forum: Forum) -> None:
    """Bilal and Chen are colleagues: Amal meets the one whom she wants more."""
    house = cast.make_organisation(session, forum.event, "House")
    other = cast.make_organisation(session, forum.event, "Other")
    forum.bilal.organisation_id = forum.chen.organisation_id = house.id
    forum.amal.organisation_id = other.id
    session.commit()
    assert len(busy(meetings(app, session, forum), "amal")) == 2
    limit(session, forum, organisations_once=True)
    rows = meetings(app, session, forum)
    assert [set(row.people) for row in rows if "amal" in row.people] == [{"amal", "bilal"}]


def test_a_hand_cannot_place_what_the_limits_forbid(
    app: Flask, session: Session, forum: Forum
) -> None:
    """The second meeting of two organisations is refused on the board, and in a publication."""
    house = cast.make_organisation(session, forum.event, "House")
    other = cast.make_organisation(session, forum.event, "Other")
    forum.bilal.organisation_id = forum.chen.organisation_id = house.id
    forum.amal.organisation_id = other.id
    session.commit()
    before = schedule_cast.make_version(app, forum.event)
    limit(session, forum, organisations_once=True)
    with pytest.raises(Refusal, match="exclusive"):
        publish(session, forum.event, before, seen=revision_of(session, forum.event.id))
    version = schedule_cast.make_version(app, forum.event)
    draft = open_draft(session, forum.event, version)
    placed = {row.id for row in meetings_of(session, draft)}
    (left,) = {"amal~bilal", "amal~chen"} - placed
    hand = Hand(forum.event, draft, 0)
    free = {slot.id for slot in forum.slots} - set(busy(meetings_of(session, draft), "amal"))
    free -= set(busy(meetings_of(session, draft), "chen"))
    with pytest.raises(Refusal):
        drafts.move(session, hand, left, Cell(slot=min(free), place="T01"))
    limit(session, forum)
    drafts.move(session, hand, left, Cell(slot=min(free), place="T01"))


def test_what_participants_booked_before_a_limit_stays(
    app: Flask, session: Session, forum: Forum
) -> None:
    """Every kind of limit at once, and still a schedule: booked meetings are nobody's fault."""
    first = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, first, seen=0)
    rows = meetings_of(session, first)
    for row in rows:
        session.add(Booking(event_id=forum.event.id, meeting_id=row.id, booker_id="amal", way={}))
    house = cast.make_organisation(session, forum.event, "House")
    other = cast.make_organisation(session, forum.event, "Other")
    forum.bilal.organisation_id = forum.chen.organisation_id = house.id
    forum.amal.organisation_id = other.id
    session.commit()
    limit(session, forum, in_a_row=1, organisations_once=True, by_session={"am": 1})
    pause(session, forum, *forum.slots, free=3)
    second = schedule_cast.make_version(app, forum.event)
    assert {(row.id, row.slot_id) for row in meetings_of(session, second)} == {
        (row.id, row.slot_id) for row in rows
    }
    problem, _hash = bridge.write_problem(session, forum.event, "only_add")
    assert bridge.objections(second.problem, second.schedule) == []
    assert problem


def test_a_pause_follows_when_its_slots_are_made_anew(session: Session, forum: Forum) -> None:
    row = pause(session, forum, *forum.slots[:1])
    morning = session.get_one(MeetingSession, (forum.event.id, "am"))
    later = PlannedSession(
        day=date(2026, 10, 14), starts=morning.starts.replace(minute=10), ends=morning.ends
    )
    change_session(session, morning, later)
    (slot,) = pause_slots(session, forum.event.id)[row.id]
    assert session.get_one(Slot, (forum.event.id, slot)).starts_at.minute == 10


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slots": []}, "at least one slot"),
        ({"slots": ["nowhere"]}, "no such slot"),
        ({"free": 2}, "from 1 to 1"),
        ({"names": {}}, "name in at least one"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(
    session: Session, forum: Forum, changes: dict[str, Any], sentence: str
) -> None:
    row = pause(session, forum, forum.slots[0])
    said = {"names": {"en": "Lunch"}, "kind": "lunch", "free": None, "by_choice": False}
    with pytest.raises(Refusal, match=sentence):
        change_pause(session, row, **({**said, "slots": [forum.slots[0].id]} | changes))


def test_only_what_is_offered_can_be_chosen(session: Session, forum: Forum) -> None:
    lunch = pause(session, forum, forum.slots[0])
    with pytest.raises(Refusal, match="no such pause"):
        take_pauses(session, forum.amal, [lunch.id], None)


def test_the_database_holds_no_rest_of_nothing(session: Session, forum: Forum) -> None:
    session.add(RestWish(event_id=forum.event.id, participant_id="amal", in_a_row=0))
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_organiser_sets_limits_and_pauses(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    cast.sign_in(client, forum.dounia)
    home = f"/organise/{forum.event.id}/set-up/limits"
    said = {"in_a_row": "3", "organisations_once": "y", "session_am": "2"}
    assert client.post(home, data=said).status_code == 302
    page = client.get(home).text
    assert 'value="3"' in page
    lunch = {"name_en": "Lunch", "kind": "lunch", "free": "1", "by_choice": "y"}
    slots = [slot.id for slot in forum.slots[:2]]
    assert client.post(f"{home}/pauses/new", data={**lunch, "slots": slots}).status_code == 302
    assert "1 of 2" in client.get(home).text
    row = session.scalars(select(Pause)).one()
    session.rollback()
    answer = client.post(f"{home}/pauses/{row.id}", data={**lunch, "free": "5", "slots": slots})
    assert "from 1 to 2" in answer.text
    client.post(f"{home}/pauses/{row.id}/remove")
    assert session.scalars(select(Pause)).all() == []


def test_a_participant_chooses_and_hears_of_meetings_there(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    for slot in forum.slots:
        slot.starts_at = slot.starts_at.replace(year=2027)
        slot.ends_at = slot.ends_at.replace(year=2027)
    session.commit()
    prayer = pause(session, forum, *forum.slots, by_choice=True, kind="prayer")
    publish(session, forum.event, schedule_cast.make_version(app, forum.event), seen=0)
    amal = cast.make_account(session, "Amal")
    forum.amal.account_id = amal.id
    session.commit()
    cast.sign_in(client, amal)
    path = f"/events/{forum.event.slug}/me/pauses"
    page = client.post(path, data={"pauses": [prayer.id], "in_a_row": "2"}).text
    assert page.count("You have a meeting at") == 2
    assert session.scalars(select(PauseTaker)).all() == []
    session.rollback()
    client.post(path, data={"pauses": [prayer.id], "in_a_row": "2", "sure": "yes"})
    assert session.get_one(RestWish, (forum.event.id, "amal")).in_a_row == 2
    assert session.scalars(select(PauseTaker.participant_id)).all() == ["amal"]


def test_an_organiser_chooses_for_somebody_on_paper(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    prayer = pause(session, forum, forum.slots[0], by_choice=True)
    cast.sign_in(client, forum.dounia)
    path = f"/organise/{forum.event.id}/participants/bilal/pauses"
    client.post(path, data={"pauses": [prayer.id]})
    assert "checked" in client.get(path).text
