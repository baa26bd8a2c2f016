"""Late wishes are kept, and placed only where nothing that is published moves."""

from __future__ import annotations

from datetime import datetime

import cast
import pytest
import schedule_cast
from flask import Flask
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.phases import set_phase
from matchmaker.schedules.models import Version
from matchmaker.schedules.publishing import publish, revision_of
from matchmaker.schedules.queries import meetings_of
from matchmaker.wishes import answering, services
from matchmaker.wishes.meetings import propose_meetings
from matchmaker.wishes.models import Wish


@pytest.fixture
def forum(app: Flask, session: Session) -> Forum:
    """A published schedule of three people; then wishes close, and Farah arrives."""
    forum = schedule_cast.make_forum(session)
    version = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, version, seen=revision_of(session, forum.event.id))
    set_phase(session, forum.event, "wishes", opens_at=None, closes_at=None, by_hand=False)
    session.commit()
    return forum


def places(session: Session, version: Version) -> set[tuple[object, ...]]:
    """What an agenda shows of each meeting."""
    rows = meetings_of(session, version)
    return {(row.id, row.slot_id, row.place_id, row.people) for row in rows}


def make(app: Flask, session: Session, forum: Forum, wanted: str) -> Version:
    version = schedule_cast.make_version(app, forum.event, wanted)
    session.commit()
    return version


def test_a_wish_after_the_closing_is_kept_and_marked(session: Session, forum: Forum) -> None:
    farah = cast.make_participant(session, forum.event, "Farah")
    wish = services.grade(session, forum.event, farah, forum.amal, "top")
    assert wish
    assert wish.is_late
    assert not [row for row in propose_meetings(session, forum.event).meetings if "farah" in row.id]
    services.grade(session, forum.event, farah, forum.amal, "like")
    assert wish.is_late
    answering.answer(session, forum.event, forum.amal, wish.id, accepts=True)
    assert wish.state == "accepted"
    services.grade(session, forum.event, farah, forum.amal, None)
    assert session.scalar(select(Wish).where(Wish.from_id == "farah")) is None


def test_what_was_said_in_time_stands(session: Session, forum: Forum) -> None:
    for grade in ("like", None, "never"):
        with pytest.raises(Refusal):
            services.grade(session, forum.event, forum.amal, forum.bilal, grade)
        session.rollback()


def test_before_wishes_open_none_is_late(session: Session, forum: Forum) -> None:
    opens = datetime(2099, 1, 1)
    set_phase(session, forum.event, "wishes", opens_at=opens, closes_at=None)
    farah = cast.make_participant(session, forum.event, "Farah")
    with pytest.raises(Refusal):
        services.grade(session, forum.event, farah, forum.amal, "top")


def test_adding_moves_nobody_and_other_runs_do_not_see_late_wishes(
    app: Flask, session: Session, forum: Forum
) -> None:
    published = schedule_cast.published(session, forum.event)
    before = places(session, published)
    farah = cast.make_participant(session, forum.event, "Farah")
    services.grade(session, forum.event, farah, forum.amal, "top")
    services.grade(session, forum.event, farah, forum.bilal, "top")
    session.commit()
    anew = {row[0] for row in places(session, make(app, session, forum, "most_wishes"))}
    assert not any("farah" in str(name) for name in anew)
    added = places(session, make(app, session, forum, "only_add"))
    assert before < added
    assert {str(row[0]) for row in added - before} == {"amal~farah", "bilal~farah"}


def test_where_there_is_no_room_the_late_wish_waits_and_the_published_stays(
    app: Flask, session: Session, forum: Forum
) -> None:
    before = places(session, schedule_cast.published(session, forum.event))
    farah = cast.make_participant(session, forum.event, "Farah")
    busy = {row[1] for row in before if "amal" in row[3]}  # type: ignore[operator]
    free = [slot for slot in forum.slots if slot.id not in busy]
    schedule_cast.make_absent(session, farah, *free)
    services.grade(session, forum.event, farah, forum.amal, "top")
    session.commit()
    assert places(session, make(app, session, forum, "only_add")) == before
    assert session.scalars(select(Wish).where(Wish.from_id == "farah")).one().is_late


def test_a_wish_taken_back_moves_nobody_either(app: Flask, session: Session, forum: Forum) -> None:
    before = places(session, schedule_cast.published(session, forum.event))
    wish = session.scalars(select(Wish).where(Wish.from_id == "amal", Wish.to_id == "chen")).one()
    services.remove_wish(session, wish)
    assert places(session, make(app, session, forum, "only_add")) == before
