"""Calendars that move and cancel meetings and never double them (T08)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import cast
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from matchmaker.agendas.services import published_calendar

CASABLANCA = ZoneInfo("Africa/Casablanca")


def calendar_of(session: Session, forum: Any, person: str = "amal") -> Calendar:
    return Calendar.from_ical(published_calendar(session, forum.event, getattr(forum, person)))


def events_of(session: Session, forum: Any, person: str = "amal") -> dict[str, Event]:
    events = calendar_of(session, forum, person).walk("VEVENT")
    found = {str(event["uid"]): event for event in events}
    assert len(found) == len(events)
    return found


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 10, 14, hour, minute, tzinfo=CASABLANCA)


def test_meetings_stand_at_their_wall_time_in_the_events_zone(session: Session, forum: Any) -> None:
    calendar = calendar_of(session, forum)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Africa/Casablanca"]
    found = [
        (event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"]), event["sequence"])
        for event in calendar.walk("VEVENT")
    ]
    assert found == [
        (at(9, 0), at(9, 20), "Bilal Haddad", 1),
        (at(9, 50), at(10, 10), "Chen Test", 1),
        (at(10, 15), at(10, 35), "ديمة المشتريات", 1),
    ]


def test_morocco_is_on_utc_in_the_zone_that_is_written(session: Session, forum: Any) -> None:
    zone = calendar_of(session, forum).walk("VTIMEZONE")[0].to_tz()
    assert datetime(2026, 10, 14, 9, tzinfo=zone).utcoffset() == at(9, 0).utcoffset()
    assert at(9, 0).utcoffset() == cast.DAY - cast.DAY


def test_next_version_moves_and_cancels_under_the_same_uid(session: Session, forum: Any) -> None:
    before = events_of(session, forum)
    moved = [
        {"people": ["amal", "bilal"], "slot": "d1-0925", "place": "S01"},
        {"people": ["dima", "amal"], "slot": "d1-1015", "place": "S01"},
    ]
    cast.make_version(session, forum.event, moved, number=2)
    after = events_of(session, forum)
    assert after.keys() == before.keys()
    assert {
        (str(event["status"]), f"{event.decoded('dtstart'):%H:%M}", event["sequence"])
        for event in after.values()
    } == {("CONFIRMED", "09:25", 2), ("CANCELLED", "09:50", 2), ("CONFIRMED", "10:15", 1)}


def test_a_meeting_that_comes_back_is_confirmed_again(session: Session, forum: Any) -> None:
    cast.make_version(session, forum.event, [], number=2)
    assert {str(event["status"]) for event in events_of(session, forum).values()} == {"CANCELLED"}
    again = [{"people": ["amal", "bilal"], "slot": "d1-0900", "place": "S01"}]
    cast.make_version(session, forum.event, again, number=3)
    states = sorted(str(event["status"]) for event in events_of(session, forum).values())
    assert states == ["CANCELLED", "CANCELLED", "CONFIRMED"]


def test_the_sequence_of_a_meeting_rises_with_its_own_changes_only(
    session: Session, forum: Any
) -> None:
    seen = []
    for number, slot in enumerate(("d1-0925", "d1-0925", "d1-0900"), start=2):
        meetings = [{"people": ["amal", "bilal"], "slot": slot, "place": "S01"}]
        cast.make_version(session, forum.event, meetings, number=number)
        [event] = [
            event
            for event in events_of(session, forum).values()
            if str(event["status"]) == "CONFIRMED"
        ]
        seen.append((f"{event.decoded('dtstart'):%H:%M}", event["sequence"]))
    assert seen == [("09:25", 2), ("09:25", 2), ("09:00", 4)]
    cast.make_version(session, forum.event, [], number=5)
    gone = {str(event["sequence"]) for event in events_of(session, forum).values()}
    assert gone == {"2", "5"}


def test_what_changes_nothing_of_mine_leaves_my_calendar_the_same_bytes(
    client: FlaskClient, session: Session, forum: Any
) -> None:
    address = f"/a/{forum.chen.agenda_secret}.ics"
    first = client.get(address)
    others = [{"people": ["amal", "chen"], "slot": "d1-0950", "place": "Q01", "room": "R1"}]
    cast.make_version(session, forum.event, others, number=2)
    session.commit()
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    cast.make_version(session, forum.event, [], number=3)
    session.commit()
    assert client.get(address, headers=known).status_code == 200


def test_drafts_cancel_nothing(session: Session, forum: Any) -> None:
    others = [{"people": ["chen", "amal"], "slot": "d1-0925", "place": "T01"}]
    draft = cast.make_version(session, forum.event, others, number=2)
    draft.number = draft.published_at = None
    cast.publish(session, forum.version)
    assert len(events_of(session, forum)) == 3


def test_both_people_of_a_meeting_have_their_own_uid(session: Session, forum: Any) -> None:
    assert not events_of(session, forum).keys() & events_of(session, forum, "bilal").keys()


def test_calendar_holds_no_contact_data(session: Session, forum: Any) -> None:
    forum.bilal.phone = "+212600000000"
    session.flush()
    data = published_calendar(session, forum.event, forum.amal).decode()
    unfolded = data.replace("\r\n ", "")
    assert "Bilal Haddad" in unfolded
    assert "people.example" not in unfolded
    assert "+212600000000" not in unfolded


def test_a_name_cannot_write_lines_of_its_own(session: Session, forum: Any) -> None:
    forum.bilal.last_name = "X\r\nBEGIN:VALARM\nEND:VALARM;,\\"
    session.flush()
    calendar = calendar_of(session, forum)
    assert calendar.walk("VALARM") == []
    names = {str(event["summary"]) for event in calendar.walk("VEVENT")}
    assert "Bilal X BEGIN:VALARM END:VALARM;,\\" in names


def test_calendar_of_the_event_holds_each_meeting_once(client: FlaskClient, forum: Any) -> None:
    cast.sign_in(client, forum.dounia)
    answer = client.get(f"/organise/{forum.event.id}/print/meetings.ics")
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [(str(event["summary"]), str(event["location"])) for event in events] == [
        ("Amal Test – Bilal Haddad", "S01, Hall 1"),
        ("Bilal Haddad – ديمة المشتريات", "T01"),
        ("Amal Test – Chen Test", "Q01, R1, Hall 1"),
        ("ديمة المشتريات – Amal Test", "S01, Hall 1"),
    ]
