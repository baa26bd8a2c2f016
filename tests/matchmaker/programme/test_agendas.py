"""What somebody attends stands in their agenda, calendar and mails, and reads otherwise there."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from programme_cast import LATER, details, item, join, make_forum
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas.evenings import due
from matchmaker.agendas.services import published_agenda, published_calendar
from matchmaker.agendas.sheets import agenda_sheet
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose
from matchmaker.notices.models import Notice
from matchmaker.notices.services import notify
from matchmaker.programme.services import change_item, remove_item
from matchmaker.programme.signing import leave, put_down, strike_out
from matchmaker.schedules.publishing import publish


@pytest.fixture
def forum(session: Session) -> Forum:
    return make_forum(session)


def published(app: Flask, session: Session, forum: Forum) -> None:
    version = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, version, seen=0)
    session.commit()


def sign_in(client: FlaskClient, session: Session, forum: Forum) -> None:
    amal = cast.make_account(session, "Amal")
    forum.amal.account_id = amal.id
    session.commit()
    cast.sign_in(client, amal)


def events_of(session: Session, forum: Forum, person: str = "amal") -> dict[str, Event]:
    """By summary; what is cancelled says nothing else."""
    data = published_calendar(session, forum.event, getattr(forum, person))
    session.rollback()
    return {str(one["summary"]): one for one in Calendar.from_ical(data).walk("VEVENT")}


def mail_to(session: Session, forum: Forum, person: str) -> str:
    """What the person is written about what waits to be told."""
    for notice in session.scalars(select(Notice).where(Notice.state == "waiting")):
        notice.due_at = notice.created_at
    session.commit()
    compose(session, (forum.event.id, person))
    session.commit()
    address = getattr(forum, person).email
    mails = session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.created_at))
    bodies = [mail.body for mail in mails]
    session.rollback()
    return bodies[-1] if bodies else ""


def test_my_day_shows_what_i_attend_and_what_is_open_to_all(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum)
    item(session, forum, attendance="open", titles={"en": "Buffet"}, starts=time(12), ends=time(13))
    item(session, forum, titles={"en": "Elsewhere"}, starts=time(15), ends=time(16))
    join(session, forum, row, forum.amal)
    sign_in(client, session, forum)
    path = f"/events/{forum.event.slug}/me/agenda"
    before = client.get(path).text
    assert "Water" in before
    assert "not published yet" in before
    published(app, session, forum)
    page = client.get(path).text
    assert page.index("Water") < page.index("Buffet")
    assert "You are signed up." in page
    assert "Elsewhere" not in page
    live = client.get(f"/a/{forum.amal.agenda_secret}?language=en").text
    assert "Water" in live
    assert "Buffet" not in live


def test_time_in_an_item_is_not_free_and_the_sheet_shows_it(
    app: Flask, session: Session, forum: Forum
) -> None:
    row = item(session, forum)
    join(session, forum, row, forum.amal)
    published(app, session, forum)
    agenda = published_agenda(session, forum.event, "amal")
    assert agenda is not None
    assert [one.id for one in agenda.items] == [row.id]
    assert all(one.starts_at >= row.ends_at for one in agenda.free)
    (day,) = agenda_sheet(agenda, "en")["days"]
    (line,) = [one for one in day["rows"] if one["kind"] == "item"]
    assert ("Water" in line["title"], line["badge"], "Hall 2" in line["about"]) == (
        True, "Workshop", True,
    )  # fmt: skip


def test_a_calendar_hears_of_changes_under_the_same_uid(session: Session, forum: Forum) -> None:
    forum.amal.language = "en"
    row = item(session, forum)
    join(session, forum, row, forum.amal)
    first = events_of(session, forum)["Water"]
    change_item(session, forum.event, row, tells=True, **details(starts=time(10), ends=time(11)))
    session.commit()
    second = events_of(session, forum)["Water"]
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtstart").replace(tzinfo=None) == datetime.combine(LATER, time(10))
    leave(session, forum.event, row.id, forum.amal)
    session.commit()
    third = events_of(session, forum)["Cancelled"]
    assert (third["uid"], str(third["status"])) == (first["uid"], "CANCELLED")
    assert third["sequence"] > second["sequence"]
    join(session, forum, row, forum.amal)
    assert events_of(session, forum)["Water"]["sequence"] > third["sequence"]


def test_a_cancelled_plenary_is_cancelled_in_everybodys_calendar(
    app: Flask, session: Session, forum: Forum
) -> None:
    forum.bilal.language = "en"
    row = item(session, forum, attendance="all", kind="plenary", starts=time(15), ends=time(16))
    published(app, session, forum)
    assert "Water" in events_of(session, forum, "bilal")
    remove_item(session, forum.event, row)
    session.commit()
    found = events_of(session, forum, "bilal")
    assert "Water" not in found
    assert str(found["Cancelled"]["status"]) == "CANCELLED"


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("changed", "Changed:"),
        ("cancelled", "Cancelled:"),
        ("placed", "now have a place"),
        ("added", "organisers have signed you up"),
        ("removed", "not signed up any more"),
    ],
)
def test_who_is_concerned_is_told_by_mail(
    session: Session, forum: Forum, what: str, sentence: str
) -> None:
    forum.bilal.language = "en"
    row = item(session, forum, places=1)
    deeds: dict[str, Any] = {
        "changed": lambda: change_item(
            session, forum.event, row, tells=True, **details(venue={"en": "Hall 9"})
        ),
        "cancelled": lambda: remove_item(session, forum.event, row),
        "placed": lambda: leave(session, forum.event, row.id, forum.amal),
        "added": lambda: put_down(session, forum.event, row.id, forum.bilal),
        "removed": lambda: strike_out(session, forum.event, row.id, forum.bilal),
    }
    if what == "placed":
        join(session, forum, row, forum.amal, forum.bilal)
    elif what != "added":
        join(session, forum, row, forum.bilal)
    deeds[what]()
    session.commit()
    body = mail_to(session, forum, "bilal")
    assert sentence in body
    assert "Water" in body
    assert mail_to(session, forum, "chen") == ""


def test_who_moves_up_hears_of_the_meeting_at_that_time(
    app: Flask, session: Session, forum: Forum
) -> None:
    forum.bilal.language = "en"
    row = item(session, forum, places=1, ends=time(10, 30))
    join(session, forum, row, forum.chen, forum.bilal)
    published(app, session, forum)
    strike_out(session, forum.event, row.id, forum.chen)
    session.commit()
    body = mail_to(session, forum, "bilal")
    assert "You have a meeting at" in body
    assert "leave the programme item" in body


def test_nobody_is_written_to_where_the_organiser_says_so(session: Session, forum: Forum) -> None:
    row = item(session, forum)
    join(session, forum, row, forum.amal)
    change_item(session, forum.event, row, tells=False, **details(venue={"en": "Hall 9"}))
    session.commit()
    assert session.scalars(select(Notice)).all() == []


def test_the_mail_of_the_day_before_has_the_programme(
    app: Flask, session: Session, forum: Forum
) -> None:
    forum.amal.language = "en"
    row = item(session, forum, starts=time(15), ends=time(16))
    join(session, forum, row, forum.amal)
    published(app, session, forum)
    notify(session, forum.event, forum.amal, "day_before")
    session.commit()
    assert "Water" in mail_to(session, forum, "amal")


def test_who_only_attends_something_is_written_to_on_the_evening_before(
    session: Session, forum: Forum
) -> None:
    cast.publish(session, cast.make_version(session, forum.event, []))
    row = item(session, forum)
    join(session, forum, row, forum.chen)
    evening = datetime.combine(LATER.replace(day=LATER.day - 1), time(18))
    assert [people for _event, people in due(session, lambda zone: evening)] == [["chen"]]
