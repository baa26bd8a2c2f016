"""Before publishing one sees what changes for whom; the page of two versions side by side."""

from __future__ import annotations

import re

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.notices.models import Notice
from matchmaker.notices.services import stop_kind
from matchmaker.schedules.differences import Differences
from matchmaker.schedules.models import ScheduledMeeting, Version
from matchmaker.schedules.notices import reachable
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.schedules.storing import store_copy


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@pytest.fixture
def version(app: Flask, forum: Forum) -> Version:
    return schedule_cast.make_version(app, forum.event)


@pytest.fixture
def home(client: FlaskClient, forum: Forum) -> str:
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    return f"/organise/{forum.event.id}/schedule/versions/"


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def mails_leave(session: Session) -> None:
    session.execute(update(Notice).values(state="posted"))
    session.commit()


def without_bilal(app: Flask, session: Session, forum: Forum, version: Version) -> Version:
    """What is left when Bilal cannot come at any time, the rest where it was."""
    (kept,) = [row for row in meetings_of(session, version) if "bilal" not in row.people]
    free = [slot for slot in forum.slots if slot.id != kept.slot_id]
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    schedule_cast.make_absent(session, forum.amal, *free)
    return schedule_cast.make_version(app, forum.event)


def test_the_first_publication_is_for_everybody_with_a_meeting(
    client: FlaskClient, home: str, version: Version
) -> None:
    page = text_of(client, f"{home}{version.id}/publish")
    assert "Nobody has been written to yet" in page
    assert "3 people are touched, 3 can be written to." in page


def test_who_is_named_is_who_is_told(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str, version: Version
) -> None:
    """The preview and the notices are of the same people."""
    publish(session, forum.event, version, seen=0)
    mails_leave(session)
    other = without_bilal(app, session, forum, version)
    stop_kind(session, forum.event.id, "chen", "changed")
    session.commit()
    page = text_of(client, f"{home}{other.id}/publish")
    assert "3 people are touched, 2 can be written to." in page
    assert "tell them yourself" in page
    for who in ("Amal", "Bilal", "Chen"):
        assert f"{who} Test" in page
    assert page.count("Falls away") == 5  # the sum, and four lines: two meetings, two people each
    publish(session, forum.event, other, seen=1)
    told = session.scalars(select(Notice.participant_id).where(Notice.kind == "changed")).all()
    assert sorted(told) == ["amal", "bilal"]


def test_nothing_changes_for_anybody(
    session: Session, client: FlaskClient, forum: Forum, home: str, version: Version
) -> None:
    publish(session, forum.event, version, seen=0)
    mails_leave(session)
    assert "nobody is written to" in text_of(client, f"{home}{version.id}/publish")


def test_what_was_published_and_not_told_yet_is_not_what_people_know(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str, version: Version
) -> None:
    """Going back before the mails leave tells nobody, and the page says so."""
    publish(session, forum.event, version, seen=0)
    mails_leave(session)
    other = without_bilal(app, session, forum, version)
    publish(session, forum.event, other, seen=1)
    page = text_of(client, f"{home}{version.id}/publish")
    assert "Compared with what people were written about last: Version 1." in page
    assert "The mails about version 2 have not left yet." in page
    assert "Nothing changes for anybody" in page
    mails_leave(session)
    page = text_of(client, f"{home}{version.id}/publish")
    assert "Compared with what people were written about last: Version 2." in page
    assert "have not left yet" not in page
    assert "Nothing changes for anybody" not in page


def test_who_has_no_address_cannot_be_written_to(
    session: Session, forum: Forum, version: Version
) -> None:
    forum.amal.email, forum.chen.state = "", "withdrawn"
    session.commit()
    people = Differences(session, None, version).people
    assert sorted(people) == ["amal", "bilal", "chen"]
    assert reachable(session, forum.event.id, people) == {"bilal"}


def test_who_left_is_named_before_one_tries_and_is_left_out_by_one_click(
    session: Session, client: FlaskClient, forum: Forum, home: str, version: Version
) -> None:
    forum.chen.state = "withdrawn"
    session.commit()
    page = text_of(client, f"{home}{version.id}/publish")
    assert "Chen Test takes part no longer and still stands in this version" in page
    refused = client.post(f"{home}{version.id}/publish", data={"seen": "0"}, follow_redirects=True)
    assert "cannot be published" in refused.text
    made = client.post(f"{home}{version.id}/part", data={"sessions": "am"})
    assert "Chen Test takes part" not in text_of(client, made.location)
    client.post(made.location, data={"seen": "0"})
    assert published_version(db.session, forum.event.id) is not None


@pytest.mark.parametrize("mode", ["preliminary", "final"])
def test_both_ways_of_publishing(
    session: Session, client: FlaskClient, forum: Forum, home: str, version: Version, mode: str
) -> None:
    address = f"{home}{version.id}/publish"
    done = client.post(address, data={"seen": "0", "mode": mode}, follow_redirects=True)
    assert "Published as version 1" in done.text
    assert ("preliminary: nobody" in done.text) is (mode == "preliminary")
    assert ("Publish as final" in done.text) is (mode == "preliminary")
    shown = schedule_cast.published(session, forum.event)
    assert shown.is_preliminary is (mode == "preliminary")
    assert len(session.scalars(select(Notice)).all()) == (0 if mode == "preliminary" else 3)


def test_what_is_published_as_final_cannot_be_published_so_again(
    session: Session, client: FlaskClient, forum: Forum, home: str, version: Version
) -> None:
    shown = publish(session, forum.event, version, seen=0, preliminary=True)
    assert "Publish as final" in text_of(client, f"{home}{shown.id}/publish")
    final = publish(session, forum.event, shown, seen=1)
    assert "Publish as final" not in text_of(client, f"{home}{final.id}/publish")


def test_two_versions_side_by_side_by_kind_and_by_person(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str, version: Version
) -> None:
    other = without_bilal(app, session, forum, version)
    address = f"{home}{other.id}/compare/{version.id}"
    page = text_of(client, address)
    assert "2 meetings differ." in page
    assert "Falls away (2)" in page
    assert "By person (3)" in page
    bilal = next(
        row
        for row in client.get(address + "?view=people").text.split("<tr>")
        if '<th scope="row"><bdi>Bilal Test</bdi>' in row
    )
    assert "Amal Test" in bilal
    assert "Chen Test" in bilal
    back = text_of(client, f"{home}{version.id}/compare/{other.id}?view=new")
    assert "New (2)" in back
    assert back.count("not placed") == 2


def test_every_kind_of_difference_is_told_apart(
    app: Flask, session: Session, forum: Forum, version: Version
) -> None:
    cast.make_place(session, forum.event, "T03")
    copy = store_copy(session, version)
    first, second, third = (row.id for row in meetings_of(session, copy))
    here = ScheduledMeeting.version_id == copy.id
    for name, values in (
        (first, {"place_id": "T03"}),
        (second, {"slot_id": forum.slots[3].id, "place_id": "T03"}),
    ):
        session.execute(
            update(ScheduledMeeting).where(here, ScheduledMeeting.meeting_id == name).values(values)
        )
    gone = session.get_one(ScheduledMeeting, (forum.event.id, copy.id, third))
    session.delete(gone)
    session.flush()
    assert Differences(session, version, copy).kinds == {
        first: "elsewhere",
        second: "moved",
        third: "fallen",
    }
    assert Differences(session, copy, version).kinds[third] == "new"
