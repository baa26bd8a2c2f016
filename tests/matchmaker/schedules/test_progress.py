"""Whoever follows a run reads all the time how the wishes stand, whatever is improved."""

from __future__ import annotations

from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.database import db
from matchmaker.schedules import runs
from matchmaker.schedules.goals import GoalReport
from matchmaker.schedules.models import Run
from matchmaker.schedules.progress import LiveReport, live_report
from matchmaker.schedules.runs import Heartbeat
from matchmaker.schedules.services import start_run

SIZE = {"points": 40, "meetings": 4, "seconds": 3.0}
WISHES = {**SIZE, "goal": "wishes", "value": 36, "bound": 40}
BREAKS = {**SIZE, "goal": "breaks", "value": 7, "bound": 0}


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@pytest.fixture
def run(session: Session, forum: Forum) -> Run:
    """A worker has just taken it."""
    run = start_run(session, forum.event, wanted="most_wishes", seconds=5)
    assert runs.claim(db.engine, (run.event_id, run.id)) == 1
    return run


def beat(session: Session, run: Run, *news: dict[str, Any]) -> Run:
    """One heartbeat after all of these news."""
    heart = Heartbeat(db.engine, (run.event_id, run.id), 1, lambda: False)
    for each in news:
        heart.tell(each)
    heart.beat()
    return schedule_cast.look_again(session, run)


def told(run: Run) -> LiveReport:
    with speak("en"):
        return live_report(run)


def figures(rows: list[GoalReport]) -> list[tuple[str, str, str, str]]:
    return [(row.label, row.value, row.bound, row.gap) for row in rows]


def test_the_wishes_stay_while_another_goal_is_improved(session: Session, run: Run) -> None:
    earlier = {**WISHES, "value": 20}
    live = told(beat(session, run, earlier, WISHES, BREAKS))
    assert live.current == "Waiting times"
    assert figures(live.goals) == [
        ("Wishes, in points", "36", "40", "10%"),
        ("Waiting times", "7", "0", "–"),
    ]
    assert live.sentence == "Not proven: no schedule does better than 40, the gap is 10%."


def test_every_goal_heard_of_is_kept_with_its_last_news(session: Session, run: Run) -> None:
    beat(session, run, WISHES, BREAKS, {**BREAKS, "value": 5})
    assert run.progress == {
        **BREAKS,
        "value": 5,
        "goals": {"wishes": {"value": 36, "bound": 40}, "breaks": {"value": 5, "bound": 0}},
    }


def test_before_the_wishes_have_their_turn_their_figures_are_open(
    session: Session, run: Run
) -> None:
    first = {**SIZE, "goal": "minimum", "value": 1, "bound": 0}
    live = told(beat(session, run, first))
    assert figures(live.goals) == [
        ("Wishes, in points", "–", "–", "–"),
        ("Agreed meetings that are missing", "1", "0", "–"),
    ]
    assert live.sentence == "Not proven: no schedule does better than 0."


def test_a_row_written_by_an_earlier_release_is_still_read(app: Flask) -> None:
    with app.app_context():
        live = told(Run(progress=WISHES))
    assert figures(live.goals) == [("Wishes, in points", "36", "40", "10%")]


def test_the_live_sentence_knows_when_all_are_placed(app: Flask) -> None:
    with app.app_context():
        live = told(Run(progress={**WISHES, "value": 40}))
    assert live.sentence == "All 4 meetings asked for are placed; no schedule reaches more."


def test_the_page_shows_both(session: Session, client: FlaskClient, forum: Forum, run: Run) -> None:
    beat(session, run, WISHES, BREAKS)
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    html = client.get(f"/organise/{run.event_id}/schedule/runs/{run.id}/state").json["html"]
    assert '<th scope="row">Wishes, in points</th><td class="number">36</td>' in html
    assert '<th scope="row">Waiting times</th><td class="number">7</td>' in html
