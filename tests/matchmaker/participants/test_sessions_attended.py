"""Every session, some, or none: who attends none is told at once and reminded."""

from __future__ import annotations

from datetime import timedelta

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.events.phases import set_phase
from matchmaker.notices.models import Notice
from matchmaker.notices.services import change_settings
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import attends_nothing, present_slots
from matchmaker.participants.reminders import is_any_without, remind_of_sessions
from matchmaker.participants.services import set_absences, set_sessions
from matchmaker.schedules.bridge.problems import make_problem

TOLD = "no meeting can be placed for you"


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    cast.make_slots(session, event, 2, "pm", first_hour=14)
    set_phase(session, event, "day", opens_at=None, closes_at=None)  # not over yet
    session.commit()
    return event


@pytest.fixture
def amal(session: Session, forum: Event) -> Participant:
    return cast.make_participant(
        session, forum, "Amal", cast.make_account(session, "Amal"),
        created_at=now() - timedelta(days=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("attended", "slots"),
    [
        (["am", "pm"], ["d1-0900", "d1-0925", "d1-1400", "d1-1425"]),
        (["pm"], ["d1-1400", "d1-1425"]),
        ([], []),
    ],
)
def test_meetings_are_possible_in_the_sessions_attended_only(
    session: Session, forum: Event, amal: Participant, attended: list[str], slots: list[str]
) -> None:
    set_sessions(session, amal, attended)
    assert sorted(present_slots(session, forum.id, ["amal"])["amal"]) == slots
    [person] = make_problem(session, forum, "most_wishes").participants
    every = {"d1-0900", "d1-0925", "d1-1400", "d1-1425"}
    assert person.absent == every - set(slots)
    assert attends_nothing(session, amal) == (not slots)


def test_a_session_that_is_added_later_counts_for_who_attends_all(
    session: Session, forum: Event, amal: Participant
) -> None:
    set_sessions(session, amal, ["am", "pm"])
    cast.make_slots(session, forum, 1, "evening", first_hour=18)
    assert "d1-1800" in present_slots(session, forum.id, ["amal"])["amal"]


def test_who_is_away_all_the_time_attends_nothing(
    session: Session, forum: Event, amal: Participant
) -> None:
    set_absences(session, amal, ["d1-0900", "d1-0925", "d1-1400"])
    assert not attends_nothing(session, amal)
    set_absences(session, amal, ["d1-0900", "d1-0925", "d1-1400", "d1-1425"])
    assert attends_nothing(session, amal)


def test_it_is_told_at_once_until_a_session_is_chosen(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    account = session.get_one(type(cast.make_account(session, "Other")), amal.account_id)
    cast.sign_in(client, account)
    form = {"first_name": "Amal", "last_name": "Test", "organisation": "Atlas", "language": "en"}
    page = "/events/forum/me/profile"
    answer = client.post(page, data=form, follow_redirects=True)
    assert TOLD in answer.text
    assert TOLD in client.get("/events/forum/me/").text
    answer = client.post(page, data={**form, "sessions": ["pm"]}, follow_redirects=True)
    assert TOLD not in answer.text
    assert TOLD not in client.get("/events/forum/me/").text


def reminders(session: Session) -> list[str]:
    rows = select(Notice.participant_id).where(Notice.kind == "no_session")
    return list(session.scalars(rows))


def test_it_is_reminded_of_once_in_the_events_time(
    session: Session, forum: Event, amal: Participant
) -> None:
    set_sessions(session, amal, [])
    cast.make_participant(session, forum, "Bilal", created_at=now() - timedelta(days=2))
    fresh = cast.make_participant(session, forum, "Chen")
    gone = cast.make_participant(session, forum, "Dalila", state="withdrawn",
                                 created_at=now() - timedelta(days=2))  # fmt: skip
    for person in (fresh, gone):
        set_sessions(session, person, [])
    assert is_any_without(session)
    remind_of_sessions(session)
    remind_of_sessions(session)
    assert reminders(session) == ["amal"]
    set_sessions(session, amal, ["am"])
    assert not is_any_without(session)


def test_nobody_is_reminded_where_the_event_reminds_of_nothing_or_is_over(
    session: Session, forum: Event, amal: Participant
) -> None:
    set_sessions(session, amal, [])
    change_settings(session, forum, reminder_days=0)
    remind_of_sessions(session)
    change_settings(session, forum, reminder_days=3)
    set_phase(session, forum, "day", opens_at=None, closes_at=None, by_hand=False)
    remind_of_sessions(session)
    assert reminders(session) == []
