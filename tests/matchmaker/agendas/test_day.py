"""My day: what is next, what has changed, whom to call; cancelling, moving and notes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.agendas import day_views, moving
from matchmaker.agendas.models import AgendaKnown, MeetingNote, MoveRequest
from matchmaker.agendas.moving import ways_asked
from matchmaker.database import now
from matchmaker.events.models import Place, Walk, Zone
from matchmaker.events.phases import set_phase
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Participant
from matchmaker.schedules import cancelling
from matchmaker.schedules.models import Version
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import meetings_of, published_version

HOME = "/events/forum/me/agenda"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, datetime]:
    """The wall clock of the forum, to be put where a test wants it."""
    hands = {"wall": datetime.combine(cast.DAY, datetime.min.time()) + timedelta(hours=7)}
    for module in (cancelling, day_views, moving):
        monkeypatch.setattr(module, "wall_now", lambda zone: hands["wall"])
    return hands


@pytest.fixture
def forum(session: Session, app: Flask, clock: dict[str, datetime]) -> Forum:
    found = schedule_cast.make_forum(session)
    found.bilal.phone = "+212 600 000 001"
    found.bilal.consent_version = "1"
    for person in (found.amal, found.bilal, found.chen):
        person.language = "en"
        person.account_id = cast.make_account(session, person.first_name, language="en").id
    session.commit()
    publish(session, found.event, schedule_cast.make_version(app, found.event), seen=0)
    told(session)
    return found


@pytest.fixture
def amal(app: Flask, client: FlaskClient, session: Session, forum: Forum) -> FlaskClient:
    return browser(app, session, forum.amal)


def browser(app: Flask, session: Session, person: Participant) -> FlaskClient:
    from matchmaker.accounts.models import Account

    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    cast.sign_in(client, session.get_one(Account, person.account_id))
    session.rollback()
    return client


def told(session: Session) -> list[tuple[str, str]]:
    before = set(session.scalars(select(Mail.id)))
    session.execute(update(Notice).where(Notice.state == "waiting").values(due_at=now()))
    session.commit()
    compose_due(session)
    rows = session.scalars(select(Mail).where(Mail.id.not_in(before))).all()
    return sorted((mail.address.partition("@")[0], mail.subject) for mail in rows)


def slots(session: Session, forum: Forum, person: str = "amal") -> dict[str, str]:
    session.rollback()
    version = published_version(session, forum.event.id)
    assert version
    return {row.id: row.slot_id for row in meetings_of(session, version, person)}


def test_the_next_meeting_comes_first_with_its_countdown(
    amal: FlaskClient, session: Session, forum: Forum, clock: dict[str, datetime]
) -> None:
    first = min(slots(session, forum).values())
    start = next(slot.starts_at for slot in forum.slots if slot.id == first)
    clock["wall"] = start - timedelta(minutes=25)
    page = amal.get(HOME).text
    assert "in 25 minutes" in page
    clock["wall"] = start + timedelta(minutes=5)
    assert '<h2 id="next">Now' in amal.get(HOME).text
    clock["wall"] = start + timedelta(hours=9)
    assert "All your meetings are over." in amal.get(HOME).text


def test_partner_is_one_tap_away_and_only_the_partner(
    amal: FlaskClient, app: Flask, session: Session, forum: Forum
) -> None:
    page = amal.get(HOME).text
    assert 'href="tel:+212600000001"' in page
    assert 'href="mailto:bilal@people.example"' in page
    assert 'href="/events/forum/me/people/bilal/profile"' in page
    assert 'href="/events/forum/me/people/chen/profile"' not in page  # has not agreed to be shown
    cancel(amal, "amal~bilal")
    assert "bilal@people.example" not in amal.get(HOME).text


def cancel(browser: FlaskClient, meeting: str, message: str = "") -> Any:
    return browser.post(f"{HOME}/meetings/{meeting}/cancel", data={"message": message})


def test_the_way_to_the_next_place_is_told(
    amal: FlaskClient, session: Session, forum: Forum, clock: dict[str, datetime]
) -> None:
    for zone in ("a", "b"):
        session.add(Zone(event_id=forum.event.id, id=zone, names={"en": f"Hall {zone}"}))
    session.flush()
    session.add(Walk(event_id=forum.event.id, from_id="a", to_id="b", minutes=4))
    for place, zone in (("T01", "a"), ("T02", "b")):
        session.execute(update(Place).where(Place.id == place).values(zone_id=zone))
    version = session.scalars(select(Version)).one()
    mine = sorted(meetings_of(session, version, "amal"), key=lambda row: row.starts_at)
    for row, place in zip(mine, ("T01", "T02"), strict=True):
        put_at(session, version, row.id, place)
    session.commit()
    clock["wall"] = mine[0].ends_at
    assert "From T01: 4 min on foot" in amal.get(HOME).text


def put_at(session: Session, version: Version, meeting_id: str, place: str) -> None:
    from matchmaker.schedules.models import PlaceBooking, ScheduledMeeting

    for table in (ScheduledMeeting, PlaceBooking):
        session.execute(update(table).where(table.meeting_id == meeting_id).values(place_id=place))


def test_who_came_after_the_version_reads_no_refusal(
    app: Flask, session: Session, forum: Forum
) -> None:
    account = cast.make_account(session, "Late", language="en")
    late = cast.make_participant(session, forum.event, "Late", account, consent_version="1")
    cast.make_wish(session, late, forum.bilal, grade="top")
    set_phase(session, forum.event, "day", opens_at=None, closes_at=None, by_hand=True)
    session.commit()
    client = browser(app, session, late)
    page = client.get(HOME).text
    assert "schedule was made before you registered: it has no meetings for you yet" in page
    assert "1 wish of yours is kept." in page
    assert "No meetings are planned for you" not in page
    assert "made before you registered" in client.get("/events/forum/me/").text
    set_phase(session, forum.event, "day", opens_at=None, closes_at=None, by_hand=False)
    session.commit()
    page = client.get(HOME).text
    assert "The meetings are over." in page
    assert "count for it" not in page
    late.created_at = now() - timedelta(days=90)
    session.commit()
    assert "No meetings are planned for you in this version." in client.get(HOME).text


def test_the_start_page_says_how_many_meetings_there_are(amal: FlaskClient) -> None:
    page = amal.get("/events/forum/me/").text
    assert "meeting is planned." in page or "meetings are planned." in page
    assert "not published yet" not in page


def test_the_agenda_comes_first_on_the_start_page_once_it_has_meetings(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    assert cards(amal)[0] == "Your agenda"
    account = cast.make_account(session, "Late", language="en")
    late = cast.make_participant(session, forum.event, "Late", account, consent_version="1")
    session.commit()
    assert cards(browser(app, session, late))[0] == "Choose whom you want to meet"


def cards(client: FlaskClient) -> list[str]:
    return re.findall(r'class="card"[^>]*><h3>([^<]+)', client.get("/events/forum/me/").text)


def test_sessions_of_the_programme_stand_in_the_day(amal: FlaskClient) -> None:
    page = amal.get(HOME).text
    assert "Morning" in page
    assert "Free" in page


def test_changes_since_the_last_look_are_marked_until_they_are_seen(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    assert "since your last look" not in amal.get(HOME).text
    cancel(browser(app, session, forum.bilal), "amal~bilal")
    page = amal.get(HOME).text
    assert "1 change since your last look" in page
    assert "Cancelled: " in page
    assert amal.post(f"{HOME}/seen").status_code == 302
    assert "since your last look" not in amal.get(HOME).text


def test_ones_own_deed_is_no_news(amal: FlaskClient, session: Session, forum: Forum) -> None:
    cancel(amal, "amal~chen", "Sorry")
    assert "since your last look" not in amal.get(HOME).text
    assert told(session) == [("chen", "Your agenda for Forum has changed")]


def test_cancelling_asks_once_and_can_be_taken_back(
    amal: FlaskClient, session: Session, forum: Forum
) -> None:
    before = slots(session, forum)
    assert "told in ten minutes" in amal.get(f"{HOME}/meetings/amal~chen/cancel").text
    assert cancel(amal, "amal~chen").status_code == 302
    assert slots(session, forum).keys() == {"amal~bilal"}
    page = amal.get(HOME).text
    assert "\u2068Chen Test\u2069</li>" in page  # which one can be taken back
    act = page.partition(f"{HOME}/undo/")[2].partition('"')[0]
    assert amal.post(f"{HOME}/undo/{act}").status_code == 302
    assert slots(session, forum) == before
    assert "1 meeting is back." in amal.get(HOME).text
    assert told(session) == []


def test_nobody_takes_back_what_somebody_else_did(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    cancel(amal, "amal~chen")
    act = amal.get(HOME).text.partition(f"{HOME}/undo/")[2].partition('"')[0]
    assert browser(app, session, forum.chen).post(f"{HOME}/undo/{act}").status_code == 404


def test_who_cannot_come_says_so_in_one_act(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    page = amal.get("/events/forum/me/withdraw").text
    assert "2 meetings are cancelled" in page
    amal.post("/events/forum/me/withdraw", data={"message": "Ill"})
    assert slots(session, forum) == {}
    page = amal.get(HOME).text
    assert "You have withdrawn and cancelled your meetings" in page
    act = page.partition(f"{HOME}/undo/")[2].partition('"')[0]
    amal.post(f"{HOME}/undo/{act}")
    assert len(slots(session, forum)) == 2
    assert session.get_one(Participant, (forum.event.id, "amal")).state == "validated"
    assert told(session) == []


def test_who_withdraws_reads_it_once_with_the_way_back(
    app: Flask, session: Session, forum: Forum
) -> None:
    account = cast.make_account(session, "Late", language="en")
    late = cast.make_participant(session, forum.event, "Late", account, consent_version="1")
    session.commit()
    client = browser(app, session, late)
    assert "For ten minutes you can take that back." in client.get("/events/forum/me/withdraw").text
    page = client.post("/events/forum/me/withdraw", data={}, follow_redirects=True).text
    assert page.count("You have withdrawn") == 1
    assert "cancelled your meetings" not in page
    assert f"{HOME}/undo/" in page


def test_a_note_is_ones_own(app: Flask, amal: FlaskClient, session: Session, forum: Forum) -> None:
    path = f"{HOME}/meetings/amal~bilal"
    amal.post(path, data={"words": "Ask for\nthe price"})
    assert "Ask for\nthe price" in amal.get(HOME).text
    assert "the price" not in browser(app, session, forum.bilal).get(path).text
    amal.post(path, data={"words": "  "})
    session.rollback()
    assert session.scalars(select(MeetingNote)).all() == []


def test_a_colleague_who_acts_does_not_read_ones_notes(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    path = f"{HOME}/meetings/amal~bilal"
    amal.post(path, data={"words": "the price"})
    mine = session.get_one(Participant, (forum.event.id, "amal"))
    house = cast.make_organisation(session, forum.event, "Atlas")
    other = cast.make_account(session, "Nadia")
    me = cast.make_participant(session, forum.event, "Nadia", other, organisation_id=house.id)
    mine.organisation_id, mine.lets_act = house.id, True
    session.commit()
    nadia = browser(app, session, me)
    nadia.post("/events/forum/me/team/act", data={"participant_id": "amal"})
    shown = nadia.get(path)
    assert shown.status_code == 200
    assert "the price" not in shown.text
    nadia.post(path, data={"words": "Nadia's own"})
    assert "the price" in amal.get(path).text
    assert "Nadia" not in amal.get(path).text


def test_a_meeting_moves_once_the_partner_agrees(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    before = slots(session, forum)["amal~bilal"]
    wanted = ask(amal)
    assert slots(session, forum)["amal~bilal"] == before  # not before they agree
    assert told(session) == [("bilal", "Can this meeting move? Forum")]
    bilal = browser(app, session, forum.bilal)
    assert "Can a meeting move?" in bilal.get(HOME).text
    answer(session, bilal, wanted)
    assert slots(session, forum)["amal~bilal"] == wanted
    assert told(session) == [("amal", "Your agenda for Forum has changed")]
    assert "The meeting has moved." in bilal.get(HOME).text
    schedule_cast.make_absent(session, forum.chen, *forum.slots)  # much is open to the next run
    again = schedule_cast.make_version(app, forum.event)
    found = {row.id: row.slot_id for row in meetings_of(session, again)}
    assert found == {"amal~bilal": wanted}  # both have chosen it


def ask(browser: FlaskClient, message: str = "") -> str:
    """Ask for the first time that is offered."""
    path = f"{HOME}/meetings/amal~bilal/move"
    slot = browser.get(path).text.partition('type="checkbox" value="')[2].partition('"')[0]
    sent = browser.post(path, data={"slots": [slot], "message": message})
    assert sent.status_code == 302
    return slot


def answer(session: Session, browser: FlaskClient, slot: str) -> Any:
    session.rollback()
    asked = session.scalars(select(MoveRequest.id)).one()
    session.rollback()
    return browser.post(f"{HOME}/moves/{asked}", data={"slot": slot})


def test_a_partner_may_keep_the_meeting_where_it_is(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    before = slots(session, forum)
    ask(amal)
    told(session)
    answer(session, browser(app, session, forum.bilal), "")
    assert slots(session, forum) == before
    assert told(session) == [("amal", "The meeting stays where it is: Forum")]


def test_a_time_that_is_taken_meanwhile_is_refused(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    wanted = ask(amal)
    schedule_cast.make_absent(session, forum.bilal, *[s for s in forum.slots if s.id == wanted])
    bilal = browser(app, session, forum.bilal)
    page = answer(session, bilal, wanted)
    assert "This time is taken meanwhile" in page.text
    session.rollback()
    asked = session.scalars(select(MoveRequest)).one()
    assert (asked.state, ways_asked(session, forum.event, asked)) == ("open", [])


def test_only_whom_it_concerns_answers_or_takes_back(
    app: Flask, amal: FlaskClient, session: Session, forum: Forum
) -> None:
    wanted = ask(amal)
    for person in (forum.chen, forum.amal):
        assert answer(session, browser(app, session, person), wanted).status_code == 404
    asked = session.scalars(select(MoveRequest.id)).one()
    session.rollback()
    assert amal.post(f"{HOME}/moves/{asked}/take-back").status_code == 302
    assert told(session) == []
    bilal = browser(app, session, forum.bilal)
    assert "answered already" in bilal.get(f"{HOME}/moves/{asked}").text


def test_one_question_at_a_time(amal: FlaskClient, session: Session, forum: Forum) -> None:
    ask(amal)
    path = f"{HOME}/meetings/amal~bilal/move"
    slot = amal.get(path).text.partition('type="checkbox" value="')[2].partition('"')[0]
    assert "an open question" in amal.post(path, data={"slots": [slot]}).text


def test_nothing_is_left_of_a_deleted_person(
    amal: FlaskClient, session: Session, forum: Forum
) -> None:
    amal.post(f"{HOME}/meetings/amal~bilal", data={"words": "Zerzoura"})
    ask(amal)
    amal.post(f"{HOME}/seen")
    gone = amal.post("/account/delete")
    assert gone.headers["Clear-Site-Data"] == '"storage"'  # also what the browser kept
    session.rollback()
    assert session.scalars(select(MeetingNote)).all() == []
    assert session.scalars(select(MoveRequest)).all() == []
    assert "amal" not in session.scalars(select(AgendaKnown.participant_id)).all()
