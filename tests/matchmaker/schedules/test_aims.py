"""What a run is to do is plain to set, kept with the run, and done."""

from __future__ import annotations

import re

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.schedules import bridge
from matchmaker.schedules.aims import GOALS, PRESETS, Aim, aim_from
from matchmaker.schedules.bridge.problems import make_problem
from matchmaker.schedules.forms import moved
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import find_version, meetings_of
from matchmaker.schedules.services import start_run
from matchmaker.schedules.shares import PARTS, Own, Shares

OWN = ("breaks", "wishes", "worst_off", "moves")


@pytest.fixture
def forum(session: Session) -> Forum:
    forum = schedule_cast.make_forum(session)
    forum.slots += cast.make_slots(session, forum.event, 2, "pm", 14)
    session.commit()
    return forum


@pytest.fixture
def before(app: Flask, session: Session, forum: Forum) -> Version:
    """Published."""
    version = schedule_cast.make_version(app, forum.event)
    return publish(session, forum.event, version, seen=0)


@pytest.fixture
def home(client: FlaskClient, forum: Forum) -> str:
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    return f"/organise/{forum.event.id}/schedule/"


def solved(app: Flask, session: Session, forum: Forum, aim: Aim) -> Version:
    run = start_run(session, forum.event, wanted="own", seconds=5, aim=aim)
    run = schedule_cast.finish_run(app, run)
    version = find_version(session, forum.event.id, run.version_id or "")
    assert version is not None, run.failure
    session.commit()
    return version


def times(session: Session, version: Version) -> dict[str, str]:
    return {row.id: row.slot_id for row in meetings_of(session, version)}


def test_the_goals_stand_in_the_chosen_order_with_what_the_wishes_may_cost(
    session: Session, forum: Forum
) -> None:
    goals = make_problem(session, forum.event, Aim(order=OWN, given=25)).goals
    assert [(goal.goal, goal.slack) for goal in goals] == [
        ("breaks", 0.0),
        ("wishes", 0.025),
        ("worst_off", 0.0),
        ("moves", 0.0),
    ]


def test_an_own_order_decides(app: Flask, session: Session, forum: Forum) -> None:
    """Where waiting times count before wishes, nobody waits, and wishes are given up for it."""
    schedule_cast.make_absent(session, forum.bilal, *forum.slots[1:2], *forum.slots[4:])
    schedule_cast.make_absent(session, forum.amal, forum.slots[0], *forum.slots[4:])
    first = solved(app, session, forum, Aim())
    own = solved(app, session, forum, Aim(order=OWN))
    names = [row["goal"] for row in own.goals["goals"]]
    assert names == list(OWN)
    breaks = {row["goal"]: row["value"] for row in own.goals["goals"]}["breaks"]
    assert breaks == 0
    assert len(times(session, first)) == 3


def test_only_the_chosen_sessions_change(
    app: Flask, session: Session, forum: Forum, before: Version
) -> None:
    """Chen leaves the morning, and meets in the afternoon; the other meeting stays."""
    schedule_cast.make_absent(session, forum.chen, *forum.slots[:4])
    other = solved(app, session, forum, Aim(stays="sessions", sessions=("pm",)))
    kept = {name for name in times(session, before) if "chen" not in name}
    after = times(session, other)
    assert {name: after[name] for name in kept} == {
        name: times(session, before)[name] for name in kept
    }
    new = {name: slot for name, slot in after.items() if name not in kept}
    assert new
    assert all(slot > "d1-12" for slot in new.values())


def test_as_few_as_can_be_change(
    app: Flask, session: Session, forum: Forum, before: Version
) -> None:
    was = times(session, before)
    name = "amal~bilal"
    slots = {slot.id: slot for slot in forum.slots}
    schedule_cast.make_absent(session, forum.bilal, slots[was[name]])
    after = times(session, solved(app, session, forum, Aim(stays="few")))
    assert after[name] != was[name]
    assert {key: slot for key, slot in after.items() if key != name} == {
        key: slot for key, slot in was.items() if key != name
    }


def test_nothing_published_moves_is_the_usual_adding(
    session: Session, forum: Forum, before: Version
) -> None:
    problem = make_problem(session, forum.event, Aim(stays="published"))
    assert {row.meeting for row in problem.published if row.locked} == set(times(session, before))
    assert bridge.write_problem(session, forum.event, "only_add") == bridge.write_problem(
        session, forum.event, Aim(stays="published")
    )


@pytest.mark.parametrize(
    ("aim", "sentence"),
    [
        (Aim(order=("wishes", "wishes", "breaks", "moves")), "in the order once"),
        (Aim(order=("wishes",)), "in the order once"),
        (Aim(given=101), "At most 10%"),
        (Aim(given=-1), "At most 10%"),
        (Aim(stays="published"), "Nothing is published yet"),
        (Aim(stays="few"), "Nothing is published yet"),
    ],
)
def test_what_makes_no_sense_is_refused(
    session: Session, forum: Forum, aim: Aim, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        start_run(session, forum.event, wanted="own", seconds=5, aim=aim)
    assert not session.scalars(select(Run)).all()


def test_sessions_have_to_be_chosen(session: Session, forum: Forum, before: Version) -> None:
    aim = Aim(stays="sessions", sessions=("of another event",))
    with pytest.raises(Refusal, match="Choose the sessions"):
        start_run(session, forum.event, wanted="own", seconds=5, aim=aim)


def test_from_the_page_and_kept_with_the_run(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str, before: Version
) -> None:
    form = {"wanted": "own", "order": [*OWN], "given": "20", "seconds": "7"}
    started = client.post(home, data={**form, "stays": "sessions", "sessions": ["pm"]})
    assert started.status_code == 302
    run = session.scalars(select(Run).order_by(Run.created_at.desc())).first()
    assert run is not None
    assert aim_from(run.settings) == Aim(OWN, 20, "sessions", ("pm",))
    session.commit()
    run = schedule_cast.finish_run(app, run)
    page = re.sub(r"<[^>]+>", " ", client.get(f"{home}versions/{run.version_id}/").text)
    page = re.sub(r"\s+", " ", page)
    assert "Own order of goals, only 1 session changes" in page
    assert "Waiting times › Wishes, in points (−2%) › People with few meetings" in page
    assert run.problem_sha256[:16] in page
    assert "With the fewest meetings" in page or "all of them" in page


def test_a_usual_aim_needs_nothing_else(
    session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    client.post(home, data={"wanted": "nobody_without", "order": [*OWN], "seconds": "5"})
    assert aim_from(session.scalars(select(Run)).one().settings) == PRESETS["nobody_without"]


def test_what_people_have_in_their_hands_changes_little_unless_that_is_asked_for(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str
) -> None:
    """Of something preliminary everybody knows that it may change."""
    few = re.compile(r'<input checked[^>]*value="few"')
    version = schedule_cast.make_version(app, forum.event)
    assert not few.search(client.get(home).text)
    shown = publish(session, forum.event, version, seen=0, preliminary=True)
    session.commit()
    assert not few.search(client.get(home).text)
    publish(session, forum.event, shown, seen=1)
    session.commit()
    assert few.search(client.get(home).text)


def test_the_arrows_work_without_a_script(session: Session, client: FlaskClient, home: str) -> None:
    page = client.post(home, data={"wanted": "most_wishes", "order": [*GOALS], "up": "breaks"}).text
    order = re.findall(r'name="order" value="(\w+)"', page)
    assert order == ["wishes", "breaks", "worst_off", "moves"]
    assert re.search(r'<input checked[^>]*value="own"', page)
    assert not session.scalars(select(Run)).all()


def test_arrows_at_the_ends_and_odd_names_lose_no_goal() -> None:
    assert moved(GOALS, "wishes", None) == GOALS
    assert moved(GOALS, None, "moves") == GOALS
    assert moved(["moves", "nonsense", "moves"], None, None) == (
        "moves",
        "wishes",
        "worst_off",
        "breaks",
    )


def test_who_gets_what_part(app: Flask, session: Session, forum: Forum) -> None:
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    shares = Shares.of(session, schedule_cast.make_version(app, forum.event))
    assert shares.people == (Own("bilal", 0, 2), Own("amal", 1, 2), Own("chen", 1, 2))
    assert shares.fewest == list(shares.people)
    assert dict(shares.parts()) == {
        (100, 101): 0, (80, 100): 0, (50, 80): 2, (1, 50): 0, (0, 1): 1,
    }  # fmt: skip


def test_no_part_is_rounded_to_all_or_nothing() -> None:
    assert Own("a", 1, 1000).percent == 1
    assert Own("a", 999, 1000).percent == 99
    assert [below for _least, below in PARTS] == [*(least for least, _b in PARTS[1:]), 101]


def test_the_list_shows_results_and_what_failed(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, home: str, before: Version
) -> None:
    session.add(Run(event_id=forum.event.id, state="failed", failure="error\nOops"))
    session.commit()
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(home).text))
    assert "All 3 meetings asked for are placed" in page
    assert "Runs without a schedule" in page
    assert "Go back to it" not in page
    other = solved(app, session, forum, Aim())
    publish(session, forum.event, other, seen=1)
    page = client.get(home).text
    assert f"versions/{before.id}/publish" in page
    assert "Go back to it" in page
