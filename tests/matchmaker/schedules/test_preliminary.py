"""A preliminary schedule is seen and marked, and nobody is written to; a final one is mailed."""

from __future__ import annotations

import io
from datetime import datetime

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from schedule_cast import Forum
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.agendas import evenings
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.queries import agenda_of
from matchmaker.agendas.services import published_calendar
from matchmaker.agendas.sheets import agenda_sheet
from matchmaker.database import now
from matchmaker.events.models import Slot
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.models import Notice
from matchmaker.schedules.cancelling import cancel_meeting
from matchmaker.schedules.models import PersonBooking, ScheduledMeeting, Version
from matchmaker.schedules.publishing import publish, revision_of, unpublish
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.schedules.storing import store_copy

MARK = "times and places may"


@pytest.fixture
def forum(session: Session) -> Forum:
    forum = schedule_cast.make_forum(session)
    # the days of the cast are over: what is cancelled or mailed on the eve has to come
    shift = {"starts_at": datetime(2090, 1, 2, 9), "ends_at": datetime(2090, 1, 2, 9, 20)}
    for number, slot in enumerate(forum.slots):
        slot.starts_at = shift["starts_at"].replace(hour=9 + number)
        slot.ends_at = shift["ends_at"].replace(hour=9 + number)
    session.commit()
    return forum


@pytest.fixture
def version(app: Flask, forum: Forum) -> Version:
    return schedule_cast.make_version(app, forum.event)


def mails(session: Session) -> list[str]:
    """Whom the worker writes to now; each mail counts once."""
    session.rollback()
    session.execute(update(Mail).values(address="earlier@people.example"))
    session.execute(update(Notice).where(Notice.state == "waiting").values(due_at=now()))
    session.commit()
    compose_due(session)
    written = sorted(session.scalars(select(Mail.address)))
    session.rollback()
    return [address for address in written if address != "earlier@people.example"]


def press(
    session: Session, forum: Forum, version: Version, *, preliminary: bool = False
) -> Version:
    seen = revision_of(session, forum.event.id)
    return publish(session, forum.event, version, seen=seen, preliminary=preliminary)


def moved(session: Session, version: Version, person: str, slot: Slot) -> Version:
    """A copy in which this person's first meeting is in a free slot."""
    copy = store_copy(session, version)
    meeting = meetings_of(session, copy, person)[0]
    schedule = copy.schedule.replace(
        f'"meeting": "{meeting.id}", "slot": "{meeting.slot_id}"',
        f'"meeting": "{meeting.id}", "slot": "{slot.id}"',
    )
    assert schedule != copy.schedule
    copy.schedule = schedule
    for table in (ScheduledMeeting, PersonBooking):
        session.execute(
            update(table)
            .where(table.version_id == copy.id, table.meeting_id == meeting.id)
            .values(slot_id=slot.id)
        )
    session.commit()
    return copy


def free_slot(session: Session, forum: Forum, version: Version) -> Slot:
    taken = {row.slot_id for row in meetings_of(session, version)}
    return next(slot for slot in forum.slots if slot.id not in taken)


EVERYBODY = ["amal@people.example", "bilal@people.example", "chen@people.example"]


def test_a_preliminary_version_is_seen_and_nobody_is_written_to(
    session: Session, forum: Forum, version: Version
) -> None:
    shown = press(session, forum, version, preliminary=True)
    assert published_version(session, forum.event.id) is shown
    assert (shown.number, shown.is_preliminary) == (1, True)
    assert session.scalars(select(Notice)).all() == []


def test_what_was_preliminary_becomes_final_under_a_new_number_and_is_mailed(
    session: Session, forum: Forum, version: Version
) -> None:
    press(session, forum, version, preliminary=True)
    final = press(session, forum, version)
    assert (final.number, final.is_preliminary, version.is_preliminary) == (2, False, True)
    assert mails(session) == EVERYBODY


def test_moved_and_moved_back_is_no_mail(session: Session, forum: Forum, version: Version) -> None:
    """Final, moved only to be looked at, and final again as it was."""
    press(session, forum, version)
    assert mails(session) == EVERYBODY
    other = moved(session, version, "amal", free_slot(session, forum, version))
    press(session, forum, other, preliminary=True)
    press(session, forum, version)
    assert mails(session) == []


def test_moved_and_moved_back_at_once_is_no_mail(
    session: Session, forum: Forum, version: Version
) -> None:
    """Both final, before the first mail has left."""
    press(session, forum, version)
    assert mails(session) == EVERYBODY
    press(session, forum, moved(session, version, "amal", free_slot(session, forum, version)))
    press(session, forum, version)
    assert mails(session) == []


def test_nothing_changed_is_no_mail(session: Session, forum: Forum, version: Version) -> None:
    press(session, forum, version)
    assert mails(session) == EVERYBODY
    press(session, forum, version)
    assert session.scalars(select(Notice).where(Notice.state == "waiting")).all() == []
    assert mails(session) == []


def test_only_the_touched_are_told(session: Session, forum: Forum, version: Version) -> None:
    press(session, forum, version)
    assert mails(session) == EVERYBODY
    other = moved(session, version, "amal", free_slot(session, forum, version))
    met = {who for row in meetings_of(session, other) for who in row.people}
    was = {row.id: row.slot_id for row in meetings_of(session, version)}
    rows = [row for row in meetings_of(session, other) if was[row.id] != row.slot_id]
    touched = {who for row in rows for who in row.people}
    press(session, forum, other)
    assert mails(session) == [f"{who}@people.example" for who in sorted(touched)]
    assert touched < met


def test_news_that_a_preliminary_version_held_up_come_with_the_final_one(
    session: Session, forum: Forum, version: Version
) -> None:
    """Final, but not told yet; meanwhile preliminary; final as it was: now they are told."""
    press(session, forum, version)
    press(session, forum, version, preliminary=True)
    assert mails(session) == []
    press(session, forum, version)
    assert mails(session) == EVERYBODY


def test_news_of_what_was_taken_back_and_published_again_are_not_lost(
    session: Session, forum: Forum, version: Version
) -> None:
    press(session, forum, version)
    unpublish(session, forum.event, seen=1)
    assert mails(session) == []
    press(session, forum, version)
    assert mails(session) == EVERYBODY


def test_who_cancels_meanwhile_leaves_it_preliminary_and_the_partner_of_an_agreed_one_knows(
    session: Session, forum: Forum, version: Version
) -> None:
    press(session, forum, version)
    assert mails(session) == EVERYBODY
    press(session, forum, version, preliminary=True)
    meeting = meetings_of(session, version, "amal")[0]
    cancel_meeting(session, forum.event, forum.amal, meeting.id)
    session.commit()
    shown = schedule_cast.published(session, forum.event)
    assert (shown.number, shown.is_preliminary) == (3, True)
    (partner,) = set(meeting.people) - {"amal"}
    assert mails(session) == [f"{partner}@people.example"]


def test_the_evening_mail_waits_for_the_final_version(
    session: Session, forum: Forum, version: Version
) -> None:
    press(session, forum, version, preliminary=True)
    eve = datetime(2090, 1, 1, 20)
    assert list(evenings.due(session, lambda _zone: eve)) == []
    press(session, forum, version)
    ((_event, people),) = evenings.due(session, lambda _zone: eve)
    assert sorted(people) == ["amal", "bilal", "chen"]


@pytest.mark.parametrize("preliminary", [True, False])
def test_page_live_page_calendar_and_sheet_say_it(
    session: Session, client: FlaskClient, forum: Forum, version: Version, preliminary: bool
) -> None:
    shown = press(session, forum, version, preliminary=preliminary)
    account = cast.make_account(session, "Amal")
    forum.amal.account_id, forum.amal.language = account.id, "en"
    session.commit()
    agenda = agenda_of(session, forum.event, shown, "amal")
    cast.sign_in(client, account)
    client.set_cookie("language", "en")
    page = client.get(f"/events/{forum.event.slug}/me/agenda").text
    live = client.get(f"/a/{forum.amal.agenda_secret}?language=en").text
    assert ("Times and places may still change" in page) is preliminary
    assert ("Times and places may still change" in live) is preliminary
    calendar = published_calendar(session, forum.event, forum.amal).decode()
    assert ("STATUS:TENTATIVE" in calendar) is preliminary
    assert ("STATUS:CONFIRMED" in calendar) is not preliminary
    sheet = print_one("agenda", agenda_sheet(agenda), "Agenda")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages)
    assert (MARK in " ".join(text.split())) is preliminary


def test_a_calendar_learns_that_a_meeting_is_certain_now(
    session: Session, forum: Forum, version: Version
) -> None:
    press(session, forum, version, preliminary=True)
    before = published_calendar(session, forum.event, forum.amal).decode()
    press(session, forum, version)
    after = published_calendar(session, forum.event, forum.amal).decode()
    assert "SEQUENCE:1" in before
    assert "SEQUENCE:2" in after
    assert "SEQUENCE:1" not in after
