"""A change of the set-up says what it does to requests and schedules, and is saved after that.

No meeting is ever left in a slot, at a place or with an interpreter that is not there.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, MeetingSession, Place, PlaceClosure, Slot
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Attendance, Participant, ParticipantSeat
from matchmaker.participation.models import ParticipationType
from matchmaker.participation.services import add_type
from matchmaker.schedules.models import PlaceBooking, Run, Version
from matchmaker.schedules.publishing import publish, revision_of
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.wishes.rules import barred_pairs

LATER = date(2027, 10, 14)


@pytest.fixture
def forum(session: Session, client: FlaskClient) -> Forum:
    """Next year, with Dounia at the browser and one more table."""
    forum = schedule_cast.make_forum(session)
    for slot in forum.slots:
        slot.starts_at = slot.starts_at.replace(year=LATER.year)
        slot.ends_at = slot.ends_at.replace(year=LATER.year)
    session.scalars(select(MeetingSession)).one().day = LATER
    session.commit()
    cast.sign_in(client, forum.dounia)
    return forum


def set_up(forum: Forum, rest: str) -> str:
    return f"/organise/{forum.event.id}/set-up/{rest}"


def seal_in(page: str) -> dict[str, str]:
    found = re.search(r'name="agreed" value="([0-9a-f]{32})"', page)
    assert found, page
    return {"agreed": found[1]}


def of_place(place: Place, *closed: Slot) -> dict[str, Any]:
    """What the form of a place sends."""
    kept = {"code": place.code, "kind": place.kind, "capacity": "1", "zone_id": ""}
    return {**kept, "closed": [slot.id for slot in closed]}


def at(session: Session, event: Event, code: str) -> int:
    """How many meetings everybody sees at this place."""
    session.expire_all()
    version = published_version(session, event.id)
    assert version is not None
    return sum(row.place_code == code for row in meetings_of(session, version))


def publish_new(
    app: Flask, session: Session, forum: Forum, *, preliminary: bool = False
) -> Version:
    version = schedule_cast.make_version(app, forum.event)
    seen = revision_of(session, forum.event.id)
    return publish(session, forum.event, version, seen=seen, preliminary=preliminary)


def versions(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Version)) or 0


def test_a_trial_schedule_gives_way_after_it_was_said(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    run = schedule_cast.make_version(app, forum.event).run_id
    address = set_up(forum, "places/T01/remove")
    said = client.post(address)
    assert "never published uses this and is removed" in said.text
    assert (versions(session), session.get(Place, (forum.event.id, "T01")) is None) == (1, False)
    session.rollback()
    client.post(address, data=seal_in(said.text))
    assert (versions(session), session.get(Place, (forum.event.id, "T01"))) == (0, None)
    assert session.get_one(Run, (forum.event.id, run)).version_id is None
    session.rollback()
    assert client.get(f"/organise/{forum.event.id}/schedule/").status_code == 200
    assert client.get(f"/organise/{forum.event.id}/schedule/runs/{run}").status_code == 200


def test_a_table_stays_while_meetings_of_a_published_schedule_are_there(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    publish_new(app, session, forum)
    count = at(session, forum.event, "T01")
    session.rollback()
    page = client.post(set_up(forum, "places/T01/remove"), follow_redirects=True).text
    assert count
    assert re.search(f"This stays: {count} meetings? of version 1, which is published", page)
    assert at(session, forum.event, "T01") == count


def test_the_database_lets_no_table_go_from_under_a_meeting(
    app: Flask, session: Session, forum: Forum
) -> None:
    publish_new(app, session, forum)
    session.delete(session.get_one(Place, (forum.event.id, "T01")))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    session.delete(session.get_one(Slot, (forum.event.id, forum.slots[0].id)))
    with pytest.raises(IntegrityError):
        session.flush()


def test_who_closes_a_table_sends_its_meetings_elsewhere_at_the_same_time(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    cast.make_place(session, forum.event, "T03")
    publish_new(app, session, forum)
    before = {row.id: row.slot_id for row in meetings_of(session, published(session, forum))}
    count = at(session, forum.event, "T01")
    form = of_place(session.get_one(Place, (forum.event.id, "T01")), *forum.slots)
    session.rollback()
    page = client.post(set_up(forum, "places/T01"), data=form).text
    assert re.search(f"{count} meetings? of version 1, which is published, goe?s? elsewhere", page)
    assert (at(session, forum.event, "T01"), closures(session)) == (count, 0)
    client.post(set_up(forum, "places/T01"), data={**form, **seal_in(page)})
    assert (at(session, forum.event, "T01"), closures(session)) == (0, 4)
    after = published(session, forum)
    assert {row.id: row.slot_id for row in meetings_of(session, after)} == before
    assert (after.number, after.status) == (2, "amended")
    told = session.scalars(select(Notice.participant_id).where(Notice.cause.endswith(after.id)))
    assert len(told.all()) >= 2


def test_of_a_preliminary_schedule_nobody_is_told(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    cast.make_place(session, forum.event, "T03")
    publish_new(app, session, forum, preliminary=True)
    form = of_place(session.get_one(Place, (forum.event.id, "T01")), *forum.slots)
    session.rollback()
    page = client.post(set_up(forum, "places/T01"), data=form).text
    assert "as it is preliminary, nobody is written to" in page
    client.post(set_up(forum, "places/T01"), data={**form, **seal_in(page)})
    assert at(session, forum.event, "T01") == 0
    assert not session.scalars(select(Notice).where(Notice.kind == "changed")).all()


def published(session: Session, forum: Forum) -> Version:
    return schedule_cast.published(session, forum.event)


def closures(session: Session) -> int:
    found = session.scalar(select(func.count()).select_from(PlaceClosure)) or 0
    session.rollback()
    return found


def test_where_there_is_no_other_table_the_meeting_is_taken_out(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    close_others(session, forum)
    publish_new(app, session, forum)
    form = of_place(session.get_one(Place, (forum.event.id, "T01")), *forum.slots)
    session.rollback()
    page = client.post(set_up(forum, "places/T01"), data=form).text
    assert "3 meetings of version 1, which is published, find no other place" in page
    client.post(set_up(forum, "places/T01"), data={**form, **seal_in(page)})
    assert meetings_of(session, published(session, forum)) == []


def close_others(session: Session, forum: Forum) -> None:
    """Every place but T01."""
    others = session.scalars(select(Place).where(Place.code != "T01"))
    for place in others.all():
        for slot in forum.slots:
            session.merge(PlaceClosure(event_id=forum.event.id, place_id=place.id, slot_id=slot.id))
    session.commit()


def test_what_was_agreed_to_must_be_what_happens(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    cast.make_place(session, forum.event, "T03")
    publish_new(app, session, forum)
    form = of_place(session.get_one(Place, (forum.event.id, "T01")), *forum.slots)
    session.rollback()
    seal = seal_in(client.post(set_up(forum, "places/T01"), data=form).text)
    close_others(session, forum)  # somebody else, in the meantime
    page = client.post(set_up(forum, "places/T01"), data={**form, **seal}).text
    assert "taken out" in page
    assert at(session, forum.event, "T01")


def test_a_slot_that_a_published_schedule_uses_stays(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    publish_new(app, session, forum)
    page = client.post(set_up(forum, "sessions/am/remove"), follow_redirects=True).text
    assert "This stays: 3 meetings of version 1, which is published, are there." in page
    said = {"day": "2027-10-14", "starts": "15:00", "ends": "17:00"}
    page = client.post(set_up(forum, "sessions/am"), data=said).text
    assert "Close the places at these times instead" in page
    assert session.scalar(select(func.count()).select_from(Slot)) == 4


def test_fewer_slots_say_what_requests_lose(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    schedule_cast.make_absent(session, forum.amal, *forum.slots[:3])
    said = {"day": "2027-10-14", "starts": "09:00", "ends": "09:45"}
    page = client.post(set_up(forum, "sessions/am"), data=said).text
    assert "2 meetings that are asked for have no time left" in page
    assert "Not saved yet" in page
    client.post(set_up(forum, "sessions/am"), data={**said, **seal_in(page)})
    assert session.scalar(select(func.count()).select_from(Slot)) == 2


def test_other_rules_say_how_many_meetings_are_asked_for_then(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    page = client.get(set_up(forum, "").rstrip("/")).text
    said = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    said |= {"zone": "Africa/Casablanca", "language": "fr", "needs_acceptance": "y"}
    page = client.post(set_up(forum, "").rstrip("/"), data=said).text
    assert "The requests ask for 0 meetings then; now they ask for 3." in page


def test_who_chose_a_session_or_stays_at_a_place_is_counted_before_it_goes(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    forum.chen.attends_all = False
    session.add(Attendance(event_id=forum.event.id, participant_id="chen", session_id="am"))
    forum.bilal.place_id = "T02"
    session.commit()
    page = client.post(set_up(forum, "places/T02/remove")).text
    assert "1 participant stays at this place" in page
    client.post(set_up(forum, "places/T02/remove"), data=seal_in(page))
    page = client.post(set_up(forum, "sessions/am/remove")).text
    assert "1 participant has chosen this session." in page
    assert "1 participant attends no session then" in page
    client.post(set_up(forum, "sessions/am/remove"), data=seal_in(page))
    assert not session.scalars(select(Slot)).all()
    session.expire_all()
    assert session.get_one(Participant, (forum.event.id, "bilal")).place_id is None


def test_fewer_seats_let_go_of_nobody_who_stays_there(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    """Chen's stand has two seats, and one meeting at a time is enough for every schedule."""
    stand = cast.make_place(session, forum.event, "S1", kind="stand", capacity=2)
    forum.chen.place_id, forum.chen.seats = "S1", 2
    session.add(ParticipantSeat(event_id=forum.event.id, participant_id="chen", seat=2))
    for slot in forum.slots[1:]:
        session.add(PlaceClosure(event_id=forum.event.id, place_id="S1", slot_id=slot.id))
    session.commit()
    schedule_cast.make_version(app, forum.event)
    form = of_place(stand, *forum.slots[1:])
    session.rollback()
    page = client.post(set_up(forum, "places/S1"), data=form).text
    assert "never published uses this and is removed" in page
    assert "stays at this place" not in page
    client.post(set_up(forum, "places/S1"), data={**form, **seal_in(page)})
    session.expire_all()
    assert session.get_one(Participant, (forum.event.id, "chen")).place_id == "S1"
    assert versions(session) == 0


def test_other_limits_say_which_published_meetings_they_would_forbid(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    """Amal has two meetings."""
    buyer = add_type(session, forum.event, {"en": "Buyer"})
    forum.amal.type_code = buyer.code
    session.commit()
    publish_new(app, session, forum)
    session.rollback()
    said = {"name_en": "Buyer", "max_meetings": "1"}
    page = client.post(set_up(forum, f"types/{buyer.id}"), data=said).text
    assert "The published schedule would not keep the rules for 1 person then." in page
    client.post(set_up(forum, f"types/{buyer.id}"), data={**said, **seal_in(page)})
    session.expire_all()
    assert session.get_one(ParticipationType, (forum.event.id, buyer.id)).max_meetings == 1
    assert len(meetings_of(session, published(session, forum))) == 3


def test_other_rules_of_asking_count_the_requests_that_were_sent(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    types = {name: add_type(session, forum.event, {"en": name}).code for name in ("Buyer", "Maker")}
    forum.amal.type_code, forum.bilal.type_code = types["Buyer"], types["Maker"]
    session.commit()
    said = {"pairs": "1", "may": [f"{types['Maker']}~{types['Buyer']}"]}
    page = client.post(set_up(forum, "requests"), data=said).text
    assert "1 request that was sent could not be sent then." in page
    assert re.findall(r'value="(\S+~\S+)" checked', page) == said["may"]
    client.post(set_up(forum, "requests"), data={**said, **seal_in(page)})
    assert (types["Buyer"], types["Maker"]) in barred_pairs(session, forum.event.id)


def test_a_removal_waits_for_a_run_that_uses_it(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    schedule_cast.make_version(app, forum.event)
    session.add(Run(event_id=forum.event.id, state="running"))
    session.commit()
    page = client.post(set_up(forum, "places/T01/remove"), follow_redirects=True).text
    assert "A run is making a schedule with this" in page
    assert versions(session) == 1


def test_a_change_without_consequences_is_saved_at_once(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    place = session.get_one(Place, (forum.event.id, "T02"))
    form = of_place(place) | {"code": "B2"}
    session.rollback()
    assert client.post(set_up(forum, "places/T02"), data=form).status_code == 302
    assert session.get_one(Place, (forum.event.id, "T02")).code == "B2"
    assert not session.scalars(select(PlaceBooking)).all()


def test_the_zone_stays_while_times_are_published(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    publish_new(app, session, forum)
    forum.event.zone = "Europe/Paris"
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    address = set_up(forum, "").rstrip("/")
    said = dict(
        re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', client.get(address).text)
    )
    page = client.post(address, data={**said, "zone": "Europe/Paris", "language": "fr"}).text
    assert "The schedule is published with the times of Africa/Casablanca" in page
    session.expire_all()
    assert session.get_one(Event, forum.event.id).zone == "Africa/Casablanca"
