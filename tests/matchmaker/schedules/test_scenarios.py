"""Scenarios are tried on the same wishes and change nothing; one is adopted."""

from __future__ import annotations

import json
import re
from datetime import date, time

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.models import MeetingSession, Place, Slot
from matchmaker.events.slots import divide
from matchmaker.events.timetable import PlannedSession, plan_sessions
from matchmaker.schedules import bridge
from matchmaker.schedules.models import PersonBooking, Run, Version
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.schedules.scenarios import Balance, Scenario, adopt, counts_of, start_scenario
from matchmaker.schedules.variations import Variation


@pytest.fixture
def forum(session: Session) -> Forum:
    """One slot of twenty minutes in the morning and one in the afternoon: of the three meetings
    two find a time.
    """
    forum = schedule_cast.make_forum(session)
    for slot in forum.slots:
        session.delete(slot)
    session.flush()
    session.expire_all()
    for row in session.scalars(select(MeetingSession)):
        session.delete(row)
    session.flush()
    day = date(2090, 1, 2)
    plan_sessions(
        session,
        forum.event,
        [
            PlannedSession(day=day, starts=time(9), ends=time(9, 20), names={"en": "Morning"}),
            PlannedSession(day=day, starts=time(14), ends=time(14, 20), names={"en": "Afternoon"}),
        ],
    )
    query = select(Slot).where(Slot.event_id == forum.event.id).order_by(Slot.starts_at)
    forum.slots = list(session.scalars(query))
    session.commit()
    return forum


def afternoon(forum: Forum) -> str:
    return forum.slots[-1].session_id


def solved(app: Flask, session: Session, forum: Forum, variation: Variation) -> Scenario:
    run = start_scenario(session, forum.event, variation, seconds=5)
    run = schedule_cast.finish_run(app, run)
    assert run.state == "done", run.failure
    return Scenario(run)


def set_up(session: Session) -> dict[str, list[object]]:
    """All rows of the set-up and of schedules, but for runs and the log."""
    session.rollback()
    tables = [t for t in Base.metadata.sorted_tables if t.name not in ("run", "journal", "log")]
    found = {t.name: sorted(map(repr, session.execute(select(t)))) for t in tables}
    session.rollback()
    return found  # type: ignore[return-value]


SHORT = Variation("Ten minutes", slot_minutes=5)


def test_shorter_slots_place_more_and_change_nothing(
    app: Flask, session: Session, forum: Forum
) -> None:
    base = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, base, seen=0)
    before = set_up(session)
    tried = solved(app, session, forum, SHORT)
    assert set_up(session) == before
    assert len(meetings_of(session, base)) == 2
    assert tried.run.outcome["placed"] == tried.run.outcome["asked"] == 3
    assert tried.sentence == "All 3 meetings asked for are placed; no schedule reaches more."
    assert tried.run.version_id is None
    slots = json.loads(tried.run.problem)["slots"]
    first = forum.slots[0].starts_at
    spans = divide(
        first.date(), first.time(), forum.slots[0].ends_at.time(), slot=5,
        changeover=forum.event.changeover_minutes,
    )  # fmt: skip
    assert len(slots) == 2 * len(spans)


def test_without_a_session_fewer_are_placed_and_who_loses_is_named(
    app: Flask, session: Session, forum: Forum
) -> None:
    base = schedule_cast.make_version(app, forum.event)
    tried = solved(app, session, forum, Variation("Half a day", without=(afternoon(forum),)))
    assert tried.run.outcome["placed"] == 1
    balance = Balance.of(counts_of(session, base), tried.counts)
    assert balance.gain == []
    lost = sum(before - after for _person, before, after in balance.lose)
    assert lost == 2


def test_gains_and_losses_are_counted_person_by_person() -> None:
    balance = Balance.of({"a": 3, "b": 1, "c": 2}, {"a": 1, "b": 2, "d": 4})
    assert balance.gain == [("d", 0, 4), ("b", 1, 2)]
    assert balance.lose == [("a", 3, 1), ("c", 2, 0)]


@pytest.mark.parametrize(
    ("variation", "sentence"),
    [
        (Variation("As it is"), "change something"),
        (Variation("Same", slot_minutes=20), "change something"),
        (Variation(" ", tables=1), "name"),
        (Variation("Long", slot_minutes=300), "5 to 240"),
        (Variation("Many", tables=201), "0 to 200"),
        (Variation("Fewer", tables=-1), "0 to 200"),
        (Variation("Odd", without=("no such",)), "no such session"),
    ],
)
def test_what_makes_no_sense_is_refused(
    session: Session, forum: Forum, variation: Variation, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        start_scenario(session, forum.event, variation, seconds=5)
    assert not session.scalars(select(Run)).all()


def test_some_session_stays(session: Session, forum: Forum) -> None:
    every = tuple(slot.session_id for slot in forum.slots)
    with pytest.raises(Refusal, match="at least one"):
        start_scenario(session, forum.event, Variation("None", without=every), seconds=5)


def test_adopting_changes_the_set_up_and_makes_a_version_of_the_schedule(
    app: Flask, session: Session, forum: Forum
) -> None:
    tried = solved(app, session, forum, Variation("Both", slot_minutes=5, tables=1))
    version, _lines = adopt(session, forum.event, tried.run)
    session.commit()
    assert forum.event.slot_minutes == 5
    codes = session.scalars(select(Place.code).where(Place.event_id == forum.event.id))
    assert sorted(codes) == ["T01", "T02", "T03"]
    assert len(meetings_of(session, version)) == 3
    assert bridge.objections(version.problem, version.schedule) == []
    publish(session, forum.event, version, seen=0)
    assert published_version(session, forum.event.id) is version


def test_a_new_table_of_the_scenario_is_the_one_that_is_made(
    app: Flask, session: Session, forum: Forum
) -> None:
    """The meeting that stood at it stands at it."""
    tried = solved(app, session, forum, Variation("More", tables=1))
    ((scratch, code),) = tried.run.outcome["places"].items()
    answer = json.loads(tried.run.schedule)
    answer["meetings"][0]["place"] = scratch
    name = answer["meetings"][0]["meeting"]
    tried.run.schedule = json.dumps(answer)
    version, _lines = adopt(session, forum.event, tried.run)
    row = next(row for row in meetings_of(session, version) if row.id == name)
    assert row.place_code == code == "T03"
    assert row.place_id != scratch


def test_what_was_tried_on_another_set_up_cannot_be_adopted(
    app: Flask, session: Session, forum: Forum
) -> None:
    tried = solved(app, session, forum, Variation("More", tables=1))
    for slot in forum.slots:
        session.delete(slot)
    session.commit()
    with pytest.raises(Refusal, match="has changed since"):
        adopt(session, forum.event, tried.run)
    session.rollback()
    assert not session.scalars(select(Version)).all()
    assert not session.scalars(select(PersonBooking)).all()


def said(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


FORM = {"label": "Short ones", "slot_minutes": "5", "tables": "0", "seconds": "5"}


@pytest.fixture
def home(client: FlaskClient, forum: Forum) -> str:
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    return f"/organise/{forum.event.id}/schedule/scenarios/"


def tried_on_the_page(app: Flask, session: Session, client: FlaskClient, home: str) -> Run:
    started = client.post(home, data=FORM)
    assert started.status_code == 302
    run = session.scalars(select(Run).order_by(Run.created_at.desc())).first()
    assert run is not None
    session.commit()
    schedule_cast.finish_run(app, run)
    assert "The scenario is solved and was checked." in client.get(started.location).text
    return run


def test_a_form_that_makes_no_sense_says_why(client: FlaskClient, home: str) -> None:
    refused = client.post(home, data={**FORM, "slot_minutes": "1"})
    assert "from 5 to 240 minutes" in refused.text


def test_side_by_side_and_who_gains_and_loses(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    schedule_cast.make_version(app, forum.event)
    run = tried_on_the_page(app, session, client, home)
    page = said(client.get(home).text)
    assert "Short ones" in page
    assert "Minutes of a slot: 5" in page
    assert "2 of 3 meetings" in page
    assert "All 3 meetings asked for are placed" in page
    assert "with more meetings: 2" in page
    page = said(client.get(f"{home}{run.id}/").text)
    assert "With more meetings (2)" in page
    assert "With fewer meetings (0)" in page


def test_a_scenario_without_anything_to_compare_with_says_nothing_of_it(
    app: Flask, session: Session, client: FlaskClient, home: str
) -> None:
    run = tried_on_the_page(app, session, client, home)
    page = said(client.get(f"{home}{run.id}/").text)
    assert "All 3 meetings asked for are placed" in page
    assert "Compared with" not in page
    assert "With more meetings" not in page


def test_a_scenario_is_compared_with_others_and_with_the_version_again(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    one, two = (tried_on_the_page(app, session, client, home) for _ in "12")
    page = client.get(f"{home}{one.id}/").text
    assert f"against={two.id}" in page  # without a version, too
    assert "Compared with" not in page
    base = schedule_cast.make_version(app, forum.event)
    page = client.get(f"{home}{one.id}/?against={two.id}").text
    assert "Compared with: Short ones" in said(page)
    assert f"base={base.id}" in page


def test_once_published_it_says_beforehand_what_cannot_be_adopted(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    tried = f"{home}{solved(app, session, forum, SHORT).run.id}/"
    told = "can be looked at but not adopted"
    assert all(told not in client.get(page).text for page in (home, tried))
    publish(session, forum.event, schedule_cast.make_version(app, forum.event), seen=0)
    assert all(told in client.get(page).text for page in (home, tried))


def test_adopting_asks_first_and_happens_once(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    base = schedule_cast.make_version(app, forum.event)
    run = tried_on_the_page(app, session, client, home)
    asked = client.post(f"{home}{run.id}/adopt")
    assert "Nothing is changed yet" in asked.text
    assert "1 schedule that was never published uses this and is removed." in asked.text
    session.expire_all()
    assert forum.event.slot_minutes == 20
    seal = re.search(r'name="agreed" value="(\w+)"', asked.text)
    assert seal
    done = client.post(f"{home}{run.id}/adopt", data={"agreed": seal[1]}, follow_redirects=True)
    assert "The set-up is as in the scenario now" in done.text
    session.expire_all()
    assert session.get(type(base), (forum.event.id, base.id)) is None
    assert "Adopted" in client.get(home).text
    again = client.post(f"{home}{run.id}/adopt", follow_redirects=True)
    assert "not adopted yet" in again.text
