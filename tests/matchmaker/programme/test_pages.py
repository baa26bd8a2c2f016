"""The pages of the programme: the organiser's, the public one, and a participant's own."""

from __future__ import annotations

import io
from datetime import time

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from programme_cast import LATER, item, join, make_forum, state, state_now
from pypdf import PdfReader
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.signing import sign_up
from matchmaker.schedules.publishing import publish

SENT = {
    "name_en": "Water", "kind": "workshop", "day": LATER.isoformat(), "starts": "09:00",
    "ends": "09:30", "venue_en": "Hall 2", "zone_id": "", "attendance": "sign_up", "places": "2",
    "tells": "y",
}  # fmt: skip


@pytest.fixture
def forum(session: Session) -> Forum:
    return make_forum(session)


def home(forum: Forum) -> str:
    return f"/organise/{forum.event.id}/set-up/programme"


def own(forum: Forum) -> str:
    return f"/events/{forum.event.slug}/me/programme"


def amal_signs_in(client: FlaskClient, session: Session, forum: Forum) -> None:
    amal = cast.make_account(session, "Amal")
    forum.amal.account_id = amal.id
    session.commit()
    cast.sign_in(client, amal)


def published(app: Flask, session: Session, forum: Forum) -> None:
    publish(session, forum.event, schedule_cast.make_version(app, forum.event), seen=0)
    session.commit()


def test_an_organiser_sets_up_an_item(client: FlaskClient, session: Session, forum: Forum) -> None:
    cast.sign_in(client, forum.dounia)
    assert client.post(f"{home(forum)}/new", data=SENT).status_code == 302
    page = client.get(home(forum)).text
    assert "Water" in page
    assert "0 of 2" in page
    row = session.scalars(select(ProgrammeItem)).one()
    assert (row.starts_at.hour, row.ends_at.minute, row.places) == (9, 30, 2)
    session.rollback()
    answer = client.post(f"{home(forum)}/{row.id}", data=SENT | {"ends": "08:00"})
    assert "before the beginning" in answer.text
    assert 'value="Water"' in answer.text
    client.post(f"{home(forum)}/{row.id}/remove")
    assert session.scalars(select(ProgrammeItem)).all() == []


def test_a_change_says_whom_it_concerns_and_which_meetings_collide(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum, starts=time(15), ends=time(16), venue={"en": "Hall 2"})
    join(session, forum, row, forum.amal, forum.bilal)
    published(app, session, forum)
    cast.sign_in(client, forum.dounia)
    sent = SENT | {"ends": "10:30", "places": ""}
    page = client.post(f"{home(forum)}/{row.id}", data=sent).text
    assert "2 people attend" in page
    assert "published meetings are at times at which somebody" in page
    assert "Bilal Test" in page
    session.rollback()
    assert session.get_one(ProgrammeItem, (forum.event.id, row.id)).starts_at.hour == 15
    session.rollback()
    agreed = page.split('name="agreed" value="')[1].split('"')[0]
    assert client.post(f"{home(forum)}/{row.id}", data=sent | {"agreed": agreed}).status_code == 302
    asked = client.post(f"{home(forum)}/{row.id}/remove").text
    assert "2 people attend" in asked
    assert f'href="{home(forum)}"' in asked


def test_an_organiser_adds_and_takes_out_people(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum, ends=time(10, 30))
    published(app, session, forum)
    cast.sign_in(client, forum.dounia)
    people = f"{home(forum)}/{row.id}/people"
    assert "Chen" in client.get(f"{people}?q=chen").text
    assert "meetings at the same time" in client.post(f"{people}/chen").text
    assert state_now(session, row) == {}
    session.rollback()
    client.post(f"{people}/chen", data={"sure": "yes"})
    assert state(session, row, "chen") == "attends"
    session.rollback()
    client.post(f"{people}/chen/remove")
    assert state(session, row, "chen") == "left"


def test_those_who_signed_up_go_into_a_spreadsheet(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    row, other = item(session, forum, places=1), item(session, forum, ends=time(9, 40))
    join(session, forum, row, forum.amal, forum.bilal)
    join(session, forum, other, forum.chen)
    cast.sign_in(client, forum.dounia)
    file = client.get(f"/organise/{forum.event.id}/exports/programme.xlsx?item={row.id}")
    (sheet,) = load_workbook(io.BytesIO(file.data)).worksheets
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert [(line[3], line[4], line[-1]) for line in rows] == [
        ("Water", "Amal", "signed up"), ("Water", "Bilal", "waits"),
    ]  # fmt: skip


def test_the_list_for_the_door_names_who_comes_and_who_waits(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum, places=1)
    join(session, forum, row, forum.chen, forum.amal)
    cast.sign_in(client, forum.dounia)
    answer = client.get(f"/organise/{forum.event.id}/print/programme.pdf?item={row.id}")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert text.index("Water") < text.index("Chen Test") < text.index("Amal Test")


def test_the_public_page_shows_the_programme_by_time_and_nobody_of_it(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    late = item(session, forum, titles={"en": "Late"}, starts=time(18), ends=time(19))
    item(session, forum, titles={"en": "Early"}, starts=time(8), ends=time(8, 30))
    join(session, forum, late, forum.chen)
    page = client.get(f"/events/{forum.event.slug}/").text
    assert page.index("Early") < page.index("Morning") < page.index("Late")
    assert "Chen" not in page


def test_a_participant_signs_up_and_leaves(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum, places=1)
    amal_signs_in(client, session, forum)
    assert "1 place is free." in client.get(own(forum)).text
    client.post(f"{own(forum)}/{row.id}", data={"sure": "yes"})
    assert state(session, row, "amal") == "attends"
    session.rollback()
    assert "You are signed up" in client.get(own(forum)).text
    client.post(f"{own(forum)}/{row.id}/leave")
    assert state(session, row, "amal") == "left"


def test_what_it_means_is_said_before_and_asked(
    app: Flask, client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum, ends=time(10, 30))
    published(app, session, forum)
    amal_signs_in(client, session, forum)
    assert "You have a meeting at the same time" in client.get(own(forum)).text
    page = client.post(f"{own(forum)}/{row.id}").text
    assert "You have a meeting at" in page
    assert session.scalars(select(ProgrammeSignup)).all() == []
    session.rollback()
    client.post(f"{own(forum)}/{row.id}", data={"sure": "yes"})
    assert state(session, row, "amal") == "attends"


def test_an_item_at_the_same_time_has_no_button(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    row, other = item(session, forum), item(session, forum, titles={"en": "Sun"})
    join(session, forum, row, forum.amal)
    amal_signs_in(client, session, forum)
    assert "leave it first" in client.get(own(forum)).text
    assert "leave it first" in client.post(
        f"{own(forum)}/{other.id}", data={"sure": "yes"}, follow_redirects=True
    ).text  # fmt: skip


def test_others_read_only_that_somebody_is_not_available(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    """Nothing of Chen's programme stands on the pages of Amal."""
    row = item(session, forum, titles={"en": "Secret visit"}, ends=time(10, 35))
    join(session, forum, row, forum.chen)
    forum.chen.consent_version = forum.event.consent_version
    amal_signs_in(client, session, forum)
    for path in ("me/wishes", "people/chen"):
        page = client.get(f"/events/{forum.event.slug}/{path}")
        assert "Secret visit" not in page.text


def test_only_what_takes_place_can_be_opened(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum)
    sign_up(session, forum.event, row.id, forum.amal)
    row.cancelled_at = row.changed_at
    session.commit()
    cast.sign_in(client, forum.dounia)
    assert client.get(f"{home(forum)}/{row.id}").status_code == 404
    assert "1 item that was removed" in client.get(home(forum)).text
