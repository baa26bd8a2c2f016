"""The pages of a draft: without a script, and what a script is told."""

from __future__ import annotations

import re

import cast
import pytest
import schedule_cast
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.drafts.models import Change
from matchmaker.drafts.opening import open_draft
from matchmaker.events.models import Interpreter, Membership
from matchmaker.schedules import bridge
from matchmaker.schedules.models import ScheduledMeeting, UnplacedMeeting, Version
from matchmaker.schedules.queries import meetings_of

AB, AC, BC = "amal~bilal", "amal~chen", "bilal~chen"
JSON = {"Accept": "application/json"}


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@pytest.fixture
def base(session: Session, forum: Forum) -> Version:
    version = cast.make_version(
        session,
        forum.event,
        [
            {"people": ["bilal", "amal"], "slot": "d1-0900", "place": "T01"},
            {"people": ["chen", "amal"], "slot": "d1-0925", "place": "T01"},
        ],
    )
    version.problem, _hash = bridge.write_problem(session, forum.event, "most_wishes")
    session.commit()
    return version


@pytest.fixture
def draft(session: Session, forum: Forum, base: Version) -> Version:
    return open_draft(session, forum.event, base, forum.dounia.id)


@pytest.fixture
def home(client: FlaskClient, forum: Forum, draft: Version) -> str:
    cast.sign_in(client, forum.dounia)
    return f"/organise/{forum.event.id}/schedule/drafts/{draft.id}/"


def where(session: Session, draft: Version, meeting: str) -> tuple[str, str] | None:
    session.expire_all()
    found = {row.id: (row.slot_id, row.place_code) for row in meetings_of(session, draft)}
    session.commit()
    return found.get(meeting)


def said(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_any_version_is_opened_for_changes_by_hand(
    client: FlaskClient, forum: Forum, base: Version
) -> None:
    cast.sign_in(client, forum.dounia)
    versions = f"/organise/{forum.event.id}/schedule/versions/{base.id}/"
    assert "Change by hand" in said(client, versions + "board")
    opened = client.post(versions + "draft", follow_redirects=True)
    assert "Draft by hand" in opened.text
    assert "Amal Test" in opened.text


def test_a_meeting_is_moved_from_its_page_without_a_script(
    session: Session, client: FlaskClient, draft: Version, home: str
) -> None:
    page = said(client, f"{home}meetings/{AB}")
    assert "Amal Test has another meeting at 09:25" in page
    at_slot = said(client, f"{home}meetings/{AB}?slot=d1-0950")
    assert "Move here" in at_slot
    form = {"kind": "move", "meeting": AB, "slot": "d1-0950", "place": "T02", "seen": "0"}
    moved = client.post(home + "change", data=form, follow_redirects=True)
    assert "has moved Amal Test – Bilal Test: 09:50, T02." in moved.text
    assert where(session, draft, AB) == ("d1-0950", "T02")


def test_any_place_will_do(
    session: Session, client: FlaskClient, draft: Version, home: str
) -> None:
    form = {"kind": "move", "meeting": BC, "slot": "d1-0900", "place": "any", "seen": "0"}
    answer = client.post(home + "change", data=form, follow_redirects=True)
    assert "Bilal Test has another meeting at 09:00" in answer.text
    client.post(home + "change", data={**form, "slot": "d1-0950"})
    assert where(session, draft, BC) == ("d1-0950", "T01")


def test_two_are_exchanged_from_the_page_of_one(
    session: Session, client: FlaskClient, draft: Version, home: str
) -> None:
    assert "Exchange" in said(client, f"{home}meetings/{AB}?slot=d1-0925")
    client.post(home + "change", data={"kind": "swap", "meeting": AB, "other": AC, "seen": "0"})
    assert where(session, draft, AB) == ("d1-0925", "T01")


def test_locking_unlocking_and_taking_out_from_the_page(
    session: Session, client: FlaskClient, draft: Version, home: str
) -> None:
    for kind, locked in (("lock", True), ("unlock", False)):
        client.post(home + "change", data={"kind": kind, "meeting": AB, "seen": "9"})
        session.expire_all()
        row = session.get_one(ScheduledMeeting, (draft.event_id, draft.id, AB))
        assert row.locked is locked
        session.commit()
    client.post(home + "change", data={"kind": "cancel", "meeting": AB, "seen": "9"})
    assert where(session, draft, AB) is None
    assert "An organiser has taken it out." in said(client, home + "not-placed")
    assert "An organiser has taken it out." in said(client, f"{home}meetings/{AB}")


def test_who_picks_a_meeting_up_is_told_every_cell_of_the_page(
    client: FlaskClient, home: str
) -> None:
    answer = client.get(home + "options", query_string={"meeting": AB}).get_json()
    states = {cell: option["state"] for cell, option in answer["cells"].items()}
    assert states["d1-0900|T01"] == "here"
    assert states["d1-0950|T02"] == "free"
    assert states["d1-0925|T01"] == "swap"
    assert states["d1-0925|T02"] == "no"
    assert "Amal Test has another meeting" in answer["cells"]["d1-0925|T02"]["reason"]
    assert answer["sentence"] == "Amal Test – Bilal Test: 6 cells of this page are open."


def test_a_script_gets_the_cells_that_a_move_changes(client: FlaskClient, home: str) -> None:
    form = {"kind": "move", "meeting": AB, "slot": "d1-0950", "place": "T02", "seen": "0"}
    answer = client.post(home + "change", data=form, headers=JSON).get_json()
    assert (answer["seen"], answer["undo"], answer["redo"]) == (1, 1, None)
    assert AB in answer["cells"]["d1-0950|T02"]
    assert answer["cells"]["d1-0900|T01"] == ""
    refused = client.post(
        home + "change", data={**form, "slot": "d1-0925", "seen": "1"}, headers=JSON
    )
    assert refused.status_code == 409
    assert "Amal Test has another meeting at 09:25" in refused.get_json()["sentence"]


def test_the_second_organiser_sees_what_the_first_has_done(
    session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    assert client.get(home + "news?seen=0").status_code == 204
    client.post(home + "change", data={"kind": "cancel", "meeting": AB, "seen": "0"})
    ester = cast.make_account(session, "Ester")
    session.add(Membership(account_id=ester.id, event_id=forum.event.id, role="organiser"))
    session.commit()
    second = client.application.test_client()
    cast.sign_in(second, ester)
    news = second.get(home + "news?seen=0").get_json()
    assert news["sentence"] == "Dounia has taken out Amal Test – Bilal Test."
    assert news["cells"]["d1-0900|T01"] == ""
    assert (news["undo"], news["missing"]) == (None, 2)
    form = {"kind": "move", "meeting": AB, "slot": "d1-0950", "place": "T02", "seen": "0"}
    refused = second.post(home + "change", data=form, headers=JSON)
    assert refused.status_code == 409
    assert "Dounia has taken out Amal Test – Bilal Test." in refused.get_json()["sentence"]


def test_one_undoes_and_redoes_ones_own_changes(
    session: Session, client: FlaskClient, draft: Version, home: str
) -> None:
    client.post(home + "change", data={"kind": "cancel", "meeting": AB, "seen": "0"})
    undone = client.post(
        home + "change", data={"kind": "undo", "number": "1", "seen": "1"}, headers=JSON
    ).get_json()
    assert (undone["undo"], undone["redo"]) == (None, 2)
    assert where(session, draft, AB) == ("d1-0900", "T01")
    redone = client.post(
        home + "change", data={"kind": "undo", "number": "2", "seen": "2"}, headers=JSON
    ).get_json()
    assert (redone["undo"], redone["redo"]) == (1, None)
    assert where(session, draft, AB) is None
    log = said(client, home + "log")
    assert log.count("has undone a change of") == 2


def test_boards_by_person_and_by_interpreter(
    session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    session.add(Interpreter(event_id=forum.event.id, id="ines", name="Inès"))
    session.commit()
    assert 'data-cell="d1-0900|amal"' in client.get(home + "?by=people").text
    assert "Inès" in said(client, home + "?by=interpreters")
    answer = client.get(home + "options", query_string={"meeting": AB, "by": "people"}).get_json()
    states = {cell: option["state"] for cell, option in answer["cells"].items()}
    assert (states["d1-0900|amal"], states["d1-0950|bilal"]) == ("here", "free")
    assert states["d1-0950|chen"] == "no"


@pytest.mark.parametrize("colour", ["weight", "delegation", "state"])
def test_what_a_colour_says_can_be_read(
    session: Session, client: FlaskClient, draft: Version, home: str, colour: str
) -> None:
    client.post(home + "change", data={"kind": "lock", "meeting": AB, "seen": "0"})
    page = said(client, f"{home}?colour={colour}&zoom=1")
    assert "Locked" in page
    assert {"weight": "10", "delegation": "its code", "state": "dashed"}[colour] in page


def test_meetings_are_found_by_a_name(client: FlaskClient, home: str) -> None:
    page = said(client, home + "?q=chén")
    assert "Found:" in page
    assert "Chen Test – Amal Test" in page
    assert "No meeting of this draft has such a name." in said(client, home + "?q=nobody")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "explode", "meeting": AB},
        {"kind": "move", "meeting": "no~such", "slot": "d1-0900", "place": "T01"},
        {"kind": "move", "meeting": AB, "slot": "d9-0900", "place": "T01"},
        {"kind": "move", "meeting": AB, "slot": "d1-0950", "place": "T99"},
        {"kind": "move", "meeting": "no~such", "slot": "d1-0900", "place": "any"},
        {"kind": "swap", "meeting": AB, "other": BC},
        {"kind": "swap", "meeting": AB, "other": AB},
        {"kind": "cancel", "meeting": BC},
        {"kind": "lock", "meeting": BC},
        {"kind": "undo", "number": "0"},
        {"kind": "undo", "number": "77"},
        {"kind": "undo", "number": "x"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    session: Session, client: FlaskClient, draft: Version, home: str, form: dict[str, str]
) -> None:
    answer = client.post(home + "change", data={"seen": "0", **form}, headers=JSON)
    assert answer.status_code == 409
    assert answer.get_json()["sentence"]
    assert len(session.scalars(select(Change)).all()) == 1


def test_a_published_draft_is_closed(
    session: Session, client: FlaskClient, forum: Forum, draft: Version, home: str
) -> None:
    address = f"/organise/{forum.event.id}/schedule/versions/{draft.id}/publish"
    published = client.post(address, data={"seen": "1"}, follow_redirects=True)
    assert "Published as version 2." in published.text
    assert client.get(home).status_code == 404
    assert session.scalars(select(UnplacedMeeting)).one().meeting_id == BC
