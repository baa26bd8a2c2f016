"""The organiser's way from a start to a publication, and what a participant sees of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.schedules import following
from matchmaker.schedules.models import Run
from matchmaker.schedules.queries import published_version
from matchmaker.schedules.services import start_run
from matchmaker.wishes.models import Wish

ROOT = Path(__file__).parents[3]


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@pytest.fixture
def home(client: FlaskClient, forum: Forum) -> str:
    """The address of the schedule, with Dounia signed in."""
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    return f"/organise/{forum.event.id}/schedule/"


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_from_a_start_to_a_published_schedule(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    started = client.post(home, data={"wanted": "most_wishes", "seconds": "5"})
    run = session.scalars(select(Run)).one()
    session.commit()
    assert started.location == f"{home}runs/{run.id}"
    assert "waits for a worker" in text_of(client, started.location)
    schedule_cast.finish_run(app, run)
    assert "The schedule is made and was checked." in text_of(client, started.location)
    version = f"{home}versions/{run.version_id}/"
    assert "All 3 meetings asked for are placed; no schedule reaches more." in text_of(
        client, version
    )
    published = client.post(version + "publish", data={"seen": "0"}, follow_redirects=True)
    assert "Published as version 1." in published.text
    shown = published_version(session, forum.event.id)
    assert shown is not None
    assert shown.id == run.version_id


def test_every_page_of_a_version_opens(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    version = schedule_cast.make_version(app, forum.event)
    other = schedule_cast.make_version(app, forum.event, "nobody_without")
    here = f"{home}versions/{version.id}/"
    assert "Amal Test" in text_of(client, here + "board")
    assert "2 meetings are not placed." in text_of(client, here + "not-placed")
    assert "Bilal Test is absent" in text_of(client, here + "people/amal")
    assert "Chen Test" in text_of(client, here + "people/")
    assert "Not placed" in text_of(client, f"{here}compare/{other.id}")
    assert client.get(here + "people/nobody").status_code == 404


def test_downloads_are_what_the_command_line_checks(
    app: Flask, client: FlaskClient, forum: Forum, home: str, tmp_path: Path
) -> None:
    version = schedule_cast.make_version(app, forum.event)
    names = ["problem.json", "schedule.json"]
    for name in names:
        (tmp_path / name).write_bytes(client.get(f"{home}versions/{version.id}/{name}").data)
    command = [sys.executable, "-m", "solver", "check", *(str(tmp_path / name) for name in names)]
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


def test_a_stale_page_cannot_publish(
    app: Flask, client: FlaskClient, forum: Forum, home: str
) -> None:
    version = schedule_cast.make_version(app, forum.event)
    address = f"{home}versions/{version.id}/publish"
    client.post(address, data={"seen": "0"})
    again = client.post(address, data={"seen": "0"}, follow_redirects=True)
    assert "Somebody else has changed the publication" in again.text
    assert client.post(address, data={}).status_code == 400


def test_taking_back_from_the_page(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    version = schedule_cast.make_version(app, forum.event)
    client.post(f"{home}versions/{version.id}/publish", data={"seen": "0"})
    client.post(home + "unpublish", data={"seen": "1"})
    assert published_version(session, forum.event.id) is None


@pytest.mark.parametrize("seconds", ["0", "601", "soon", ""])
def test_a_time_limit_that_cannot_be_is_refused_on_the_form(
    session: Session, client: FlaskClient, home: str, seconds: str
) -> None:
    answer = client.post(home, data={"wanted": "most_wishes", "seconds": seconds})
    assert 'class="error"' in answer.text
    assert session.scalars(select(Run)).all() == []


def test_stopping_from_the_page(
    session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    run = start_run(session, forum.event, wanted="most_wishes", seconds=5)
    session.commit()
    stopped = client.post(f"{home}runs/{run.id}/stop", follow_redirects=True)
    assert "Stopped before a schedule was found." in stopped.text


def test_a_page_that_asks_and_a_page_that_follows_hear_the_same(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    run = start_run(session, forum.event, wanted="most_wishes", seconds=5)
    schedule_cast.finish_run(app, run)
    asked = client.get(f"{home}runs/{run.id}/state").get_json()
    followed = client.get(f"{home}runs/{run.id}/news")
    assert followed.mimetype == "text/event-stream"
    assert json.loads(followed.text.removeprefix("data: ")) == asked
    assert (asked["over"], "checked" in asked["html"]) == (True, True)


def test_only_so_many_pages_follow_and_every_seat_comes_back(
    session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    run = start_run(session, forum.event, wanted="most_wishes", seconds=5)
    client.post(f"{home}runs/{run.id}/stop")
    for _ in range(6):  # more often than there are seats
        assert client.get(f"{home}runs/{run.id}/news").status_code == 200
    taken = [following.take_seat() for _ in range(4)]
    try:
        assert taken == [True] * 4
        assert client.get(f"{home}runs/{run.id}/news").status_code == 503
    finally:
        for _ in taken:
            following._seats.release()


def test_a_page_without_scripts_loads_itself_again(
    session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    run = start_run(session, forum.event, wanted="most_wishes", seconds=5)
    session.commit()
    page = client.get(f"{home}runs/{run.id}").text
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_participant_sees_the_own_wishes_without_a_meeting_and_nobodys_day(
    app: Flask, session: Session, client: FlaskClient, forum: Forum
) -> None:
    account = cast.make_account(session, "Chen")
    forum.chen.account_id = account.id
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    version = schedule_cast.make_version(app, forum.event)
    cast.sign_in(client, account)
    client.set_cookie("language", "en")
    address = "/events/forum/me/not-placed"
    assert "No schedule is published yet." in text_of(client, address)
    organiser = app.test_client()
    cast.sign_in(organiser, forum.dounia)
    organiser.post(
        f"/organise/{forum.event.id}/schedule/versions/{version.id}/publish", data={"seen": "0"}
    )
    page = text_of(client, address)
    assert "Bilal Test" in page
    assert "absent" not in page
    assert "Amal Test" not in page
    session.execute(delete(Wish).where(Wish.from_id == forum.chen.id))
    session.commit()
    page = text_of(client, address)
    assert "You have no wishes." in page
    assert "All your wishes have a meeting." not in page
