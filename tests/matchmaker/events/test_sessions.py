"""Sessions are divided into slots, and stay free of overlaps, gaps in the clock and surprises."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, time

import cast
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import (
    Event,
    InterpreterAbsence,
    MeetingSession,
    PlaceClosure,
    Slot,
)
from matchmaker.events.queries import sessions_of, slots_of
from matchmaker.events.services import (
    PlannedSession,
    add_interpreter,
    change_event,
    change_session,
    close_place,
    plan_sessions,
    remove_session,
    set_interpreter_absences,
)
from matchmaker.participants.models import Absence, Attendance
from matchmaker.schedules.models import ScheduledMeeting, Version


def plan(starts: str, ends: str, day: date = cast.DAY, **names: str) -> PlannedSession:
    return PlannedSession(
        day=day, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends), names=names
    )


def hours(session: Session, event: Event) -> list[str]:
    return [f"{slot.starts_at:%H:%M}-{slot.ends_at:%H:%M}" for slot in slots_of(session, event.id)]


def book(session: Session, event: Event, slot_id: str) -> None:
    """A schedule uses this slot."""
    session.add(Version(event_id=event.id, id="v1"))
    session.flush()
    session.add(
        ScheduledMeeting(event_id=event.id, version_id="v1", meeting_id="m1", slot_id=slot_id)
    )
    session.flush()


def test_a_session_is_divided_into_slots_with_changeover(session: Session) -> None:
    event = cast.make_event(session)
    plan_sessions(session, event, [plan("09:00", "10:20")])
    assert hours(session, event) == ["09:00-09:20", "09:25-09:45", "09:50-10:10"]


def test_a_pause_lies_between_two_sessions(session: Session) -> None:
    event = cast.make_event(session, changeover_minutes=0)
    plan_sessions(session, event, [plan("11:20", "12:00"), plan("14:00", "14:40")])
    assert hours(session, event) == ["11:20-11:40", "11:40-12:00", "14:00-14:20", "14:20-14:40"]
    assert len(sessions_of(session, event.id)) == 2


def test_overlapping_sessions_are_refused_and_both_named(session: Session) -> None:
    event = cast.make_event(session)
    plan_sessions(session, event, [plan("09:00", "12:00", en="Morning")])
    with pytest.raises(Refusal) as refusal:
        plan_sessions(session, event, [plan("11:30", "13:00", en="Lunch")])
    assert "Morning" in str(refusal.value)
    assert "Lunch" in str(refusal.value)
    assert len(sessions_of(session, event.id)) == 1


def test_sessions_that_touch_do_not_overlap(session: Session) -> None:
    event = cast.make_event(session, changeover_minutes=0)
    plan_sessions(session, event, [plan("09:00", "10:00"), plan("10:00", "11:00")])
    assert len(slots_of(session, event.id)) == 6


@pytest.mark.parametrize(("starts", "ends"), [("12:00", "09:00"), ("09:00", "09:10")])
def test_a_session_backwards_or_without_room_for_a_slot_is_refused(
    session: Session, starts: str, ends: str
) -> None:
    event = cast.make_event(session)
    with pytest.raises(Refusal):
        plan_sessions(session, event, [plan(starts, ends)])
    assert sessions_of(session, event.id) == []


def test_an_hour_that_the_clock_skips_is_refused(session: Session) -> None:
    event = cast.make_event(session, zone="Europe/Paris", changeover_minutes=0)
    night = date(2026, 3, 29)
    with pytest.raises(Refusal, match=r"02:00.*Europe/Paris"):
        plan_sessions(session, event, [plan("01:40", "04:00", night)])
    plan_sessions(session, event, [plan("01:40", "04:00", date(2026, 3, 28))])  # the day before


def test_too_many_slots_are_refused(session: Session) -> None:
    event = cast.make_event(session, slot_minutes=1, changeover_minutes=0)
    with pytest.raises(Refusal, match="1000"):
        plan_sessions(session, event, [plan("00:00", "23:59")])


def test_the_database_holds_no_two_slots_at_one_time(session: Session) -> None:
    event = cast.make_event(session)
    cast.make_slots(session, event, 1)
    start = datetime.combine(cast.DAY, time(9))
    again = Slot(
        event_id=event.id,
        session_id="am",
        starts_at=start,
        ends_at=start.replace(minute=10),
    )
    session.add(again)
    with pytest.raises(IntegrityError):
        session.flush()


def test_changing_the_hours_keeps_the_slots_that_stay(session: Session) -> None:
    event = cast.make_event(session)
    (row,) = plan_sessions(session, event, [plan("09:00", "10:10")])
    before = [slot.id for slot in slots_of(session, event.id)]
    change_session(session, row, plan("09:00", "10:40"))
    assert [slot.id for slot in slots_of(session, event.id)][:3] == before


def test_absences_and_closures_follow_when_the_slots_get_longer(session: Session) -> None:
    event = cast.make_event(session, changeover_minutes=0)
    plan_sessions(session, event, [plan("09:00", "10:00")])
    first, second, third = (slot.id for slot in slots_of(session, event.id))
    bilal = cast.make_participant(session, event, "Bilal")
    session.add(Absence(event_id=event.id, participant_id=bilal.id, slot_id=third))
    place = cast.make_place(session, event)
    close_place(session, place, [first, second])
    interpreter = add_interpreter(session, event, name="Idris", languages=["fr", "ar"])
    set_interpreter_absences(session, interpreter, [second])
    change_event(session, event, names=event.names, slug=event.slug, slot_minutes=30)
    half, full = (slot.id for slot in slots_of(session, event.id))
    assert session.scalars(select(Absence.slot_id)).all() == [full]
    assert session.scalars(select(PlaceClosure.slot_id)).all() == [half, full]
    assert sorted(session.scalars(select(InterpreterAbsence.slot_id))) == [half, full]


def test_slots_that_a_schedule_uses_are_not_made_anew(session: Session) -> None:
    event = cast.make_event(session)
    (row,) = plan_sessions(session, event, [plan("09:00", "10:10")])
    used = slots_of(session, event.id)[0]
    book(session, event, used.id)
    session.commit()
    before = hours(session, event)
    with pytest.raises(Refusal, match="schedule"):
        change_session(session, row, plan("09:10", "10:40"))
    session.rollback()
    assert hours(session, event) == before
    with pytest.raises(Refusal, match="schedule"):
        change_event(session, event, names=event.names, slug=event.slug, slot_minutes=30)
    session.rollback()
    assert hours(session, event) == before
    with pytest.raises(Refusal, match="schedule"):
        remove_session(session, row)
    assert hours(session, event) == before


def test_a_session_that_somebody_chose_stays(session: Session) -> None:
    event = cast.make_event(session)
    morning, noon = plan_sessions(session, event, [plan("09:00", "10:00"), plan("12:00", "13:00")])
    bilal = cast.make_participant(session, event, "Bilal")
    session.add(Attendance(event_id=event.id, participant_id=bilal.id, session_id=morning.id))
    session.flush()
    with pytest.raises(Refusal):
        remove_session(session, morning)
    remove_session(session, noon)  # nobody chose this one
    assert [row.id for row in sessions_of(session, event.id)] == [morning.id]


def test_of_two_who_plan_overlapping_hours_at_once_one_is_refused(app: Flask) -> None:
    """The second checks while the first has written and not yet committed."""
    with app.app_context():
        event_id = cast.make_event(db.session).id
        db.session.commit()
    written, finished, answers = threading.Event(), threading.Event(), []

    def add(planned: PlannedSession, before: Callable[[], object], after: Callable[[], object]):
        with app.app_context():
            before()
            event = db.session.get_one(Event, event_id)
            try:
                plan_sessions(db.session, event, [planned])
                after()
                db.session.commit()
                answers.append("added")
            except Refusal:
                db.session.rollback()
                answers.append("refused")

    def let_the_other_try() -> None:
        written.set()
        finished.wait(0.5)

    first = threading.Thread(target=add, args=(plan("09:00", "10:00"), list, let_the_other_try))
    second = threading.Thread(target=add, args=(plan("09:10", "10:10"), written.wait, list))
    for thread in (first, second):
        thread.start()
    second.join()
    finished.set()
    first.join()
    assert sorted(answers) == ["added", "refused"]
    with app.app_context():
        assert len(db.session.scalars(select(MeetingSession)).all()) == 1
