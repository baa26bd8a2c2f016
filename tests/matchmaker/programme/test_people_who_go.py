"""Who withdraws, is erased or is made one with another: what becomes of their places."""

from __future__ import annotations

from datetime import date, time

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from programme_cast import LATER, item, join, make_forum, state_now
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.drafts.grids import PeopleBoards
from matchmaker.editions.copying import copy_edition
from matchmaker.events.models import Event
from matchmaker.exports.setup import rows_of_setup
from matchmaker.inspection.checks import findings
from matchmaker.merging.services import merge, plan_merge
from matchmaker.notices.models import Notice
from matchmaker.participants.services import withdraw
from matchmaker.privacy.erasure import erase
from matchmaker.programme.queries import count_signups, items_of, types_by_item
from matchmaker.programme.services import remove_item
from matchmaker.programme.signing import put_down
from matchmaker.programme.worker import items_with_room, move_up
from matchmaker.worker import make_worker


@pytest.fixture
def forum(session: Session) -> Forum:
    return make_forum(session)


def test_a_place_is_free_when_its_holder_withdraws_and_the_worker_gives_it_away(
    app: Flask, session: Session, forum: Forum
) -> None:
    row = item(session, forum, places=1)
    join(session, forum, row, forum.amal, forum.bilal)
    assert items_with_room(session) == []
    withdraw(session, forum.amal)
    session.commit()
    event_id, item_id = forum.event.id, row.id
    assert items_with_room(session) == [(event_id, item_id)]
    session.rollback()
    make_worker(app).kinds["programme"](event_id, item_id)
    session.rollback()
    assert state_now(session, row) == {"amal": "left", "bilal": "attends"}
    assert session.scalars(select(Notice.participant_id)).all() == ["bilal"]


def test_who_comes_back_has_the_place_where_nobody_wanted_it(
    session: Session, forum: Forum
) -> None:
    """Within the ten minutes in which a withdrawal can be taken back."""
    row = item(session, forum, places=1)
    join(session, forum, row, forum.amal)
    for state in ("withdrawn", "validated"):
        forum.amal.state = state
        session.commit()
    assert count_signups(session, forum.event.id)[row.id] == {"attends": 1}


def test_who_comes_back_does_not_overfill(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=1)
    join(session, forum, row, forum.amal)
    forum.amal.state = "withdrawn"
    session.commit()
    join(session, forum, row, forum.bilal)
    forum.amal.state = "validated"
    session.commit()
    assert state_now(session, row) == {"amal": "left", "bilal": "attends"}


def test_nothing_is_left_of_who_is_erased(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=1)
    account = cast.make_account(session, "Amal")
    forum.amal.account_id = account.id
    join(session, forum, row, forum.amal, forum.bilal)
    erase(session, session.get_one(Account, account.id))
    assert state_now(session, row) == {"bilal": "waits"}
    session.rollback()
    assert move_up(session, forum.event.id, row.id) == ["bilal"]


def test_two_made_one_attend_once(session: Session, forum: Forum) -> None:
    row, other = item(session, forum), item(session, forum, starts=time(10), ends=time(11))
    join(session, forum, row, forum.amal, forum.chen)
    join(session, forum, other, forum.chen)
    planned = plan_merge(session, forum.event, "participant", "amal", "chen")
    assert [one.table for one in planned.conflicts] == ["wish"]
    merge(session, forum.event, planned, {}, planned.fingerprint)
    assert state_now(session, row) == {"amal": "attends"}
    assert state_now(session, other) == {"amal": "attends"}


def test_of_one_who_attends_and_waits_somebody_chooses(
    client: FlaskClient, session: Session, forum: Forum
) -> None:
    row = item(session, forum, places=1)
    join(session, forum, row, forum.chen, forum.amal)
    cast.sign_in(client, forum.dounia)
    page = client.get(
        f"/organise/{forum.event.id}/participants/duplicates/participant?stays=amal&goes=chen"
    )
    planned = plan_merge(session, forum.event, "participant", "amal", "chen")
    assert ("programme_signup", ("state",)) in [(c.table, c.columns) for c in planned.conflicts]
    assert "waits" in page.text
    assert "Water" in page.text


def test_an_edition_takes_the_items_along_and_nobody_of_them(
    session: Session, forum: Forum
) -> None:
    row, gone = item(session, forum), item(session, forum, titles={"en": "Gone"})
    join(session, forum, row, forum.amal)
    join(session, forum, gone, forum.bilal)
    remove_item(session, forum.event, gone)
    session.commit()
    later = copy_edition(
        session, forum.dounia, forum.event, names={"en": "Next"}, slug="next",
        first_day=date(2031, 5, 1),
    )  # fmt: skip
    session.commit()
    (copied,) = items_of(session, later.id)
    assert (copied.titles, copied.starts_at.date()) == (row.titles, date(2031, 5, 1))
    assert (copied.starts_at.time(), copied.changes) == (time(9), 0)
    assert count_signups(session, later.id) == {}


def test_the_set_up_that_is_exported_has_the_programme(session: Session, forum: Forum) -> None:
    item(session, forum)
    (row,) = rows_of_setup(session, forum.event)["programme_item"]
    assert row["starts_at"] == f"{LATER} 09:00"


def said(session: Session, event: Event) -> str:
    found = findings(session, session.get_one(Event, event.id))
    return "\n".join(one.text for one in found if one.link == "programme.index")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"places": None}, "no number of places"),
        ({"places": 5, "venue": {"en": "hall 2"}}, "at the same time in the same place"),
        ({"places": 5, "venue": {}, "attendance": "all"}, "everybody attends one of them"),
    ],
)
def test_the_check_names_what_does_not_go_together(
    session: Session, forum: Forum, changes: dict[str, object], sentence: str
) -> None:
    item(session, forum, places=3)
    assert said(session, forum.event) == ""
    item(session, forum, **changes)
    assert sentence in said(session, forum.event)


def test_the_check_names_a_day_that_is_none_of_the_events(session: Session, forum: Forum) -> None:
    row = item(session, forum, places=3)
    row.starts_at, row.ends_at = (one.replace(year=2031) for one in (row.starts_at, row.ends_at))
    session.commit()
    assert "none of the event" in said(session, forum.event)


def test_a_participants_row_on_the_board_is_closed(session: Session, forum: Forum) -> None:
    row = item(session, forum)
    put_down(session, forum.event, row.id, forum.amal)
    version = cast.make_version(session, forum.event, [])
    session.commit()
    closed = PeopleBoards(session, version).closed()
    assert closed == {("amal", forum.slots[0].id), ("amal", forum.slots[1].id)}
    assert types_by_item(session, forum.event.id) == {}
