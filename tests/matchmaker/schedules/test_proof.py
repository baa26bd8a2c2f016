"""The sentence about a schedule is true: it says what is proven, and no more."""

from __future__ import annotations

from typing import Any

import pytest
import schedule_cast
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import prepare_localisation, speak
from matchmaker.schedules.proof import Size, sentence
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import find_version
from matchmaker.schedules.services import start_run
from matchmaker.schedules.versions import proof_of, size_of

HALF = Size(412, 430, 1000, 968)


def say(goals: list[dict[str, Any]], size: Size = HALF, *, keeps: bool = False) -> str:
    """In English, for which no catalogue is needed."""
    app = Flask(__name__)
    prepare_localisation(app)
    with app.app_context(), speak("en"):
        return sentence(goals, size, keeps=keeps)


def wishes(value: int, best: int, bound: int) -> dict[str, Any]:
    row = {"value": value, "best": best, "bound": bound, "proven": best == bound}
    return {"goal": "wishes", **row}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "412 of 430 meetings, 96.8% of the wish points; no schedule reaches more points."),
        ("fr", "412 rendez-vous sur 430, 96,8 % des points de souhaits ; "
               "aucun planning n’atteint plus de points."),
        ("ar", "اللقاءات المبرمجة: 412 من 430، 96,8% من نقاط الرغبات؛ لا يبلغ أي جدول نقاطًا أكثر."),
    ],
)  # fmt: skip
def test_proven(app: Flask, language: str, said: str) -> None:
    with app.app_context(), speak(language):
        told = sentence([wishes(968, 968, 968)], HALF)
    told = told.replace("\N{NO-BREAK SPACE}", " ")
    assert "".join(sign for sign in told if sign not in "\u200e\u200f") == said


@pytest.mark.parametrize(("bound", "more"), [(971, "0.3"), (970, "0.2"), (1000, "3.2")])
def test_not_proven(bound: int, more: str) -> None:
    assert say([wishes(968, 968, bound)]).endswith(f"; at most {more}% more is possible.")


def test_what_is_possible_is_rounded_up_and_what_is_reached_down() -> None:
    """Never 100 % where a point is missing, never 0 % where one may be had."""
    size = Size(29_999, 30_000, 100_000, 99_999)
    said = say([wishes(99_999, 99_999, 100_000)], size)
    assert said.endswith("99.9% of the wish points; at most 0.1% more is possible.")


def test_what_was_given_up_on_purpose_is_said() -> None:
    assert say([wishes(968, 977, 977)]).endswith(
        "; 0.9% was given up so that the goals below come out better, "
        "and more than that no schedule reaches."
    )


def test_given_up_and_not_proven_counts_up_to_the_bound() -> None:
    assert say([wishes(968, 970, 980)]).endswith("; at most 1.2% more is possible.")


def test_a_proof_that_holds_only_with_what_was_kept_says_so() -> None:
    assert say([wishes(968, 968, 968)], keeps=True).endswith(
        "; no schedule that keeps what was to stay reaches more points."
    )
    assert "with what was to stay" in say([wishes(968, 968, 970)], keeps=True)


def test_a_proof_that_holds_only_under_other_goals_says_so() -> None:
    few = {"goal": "worst_off", "value": [0, 0, 1, 1, 1], "best": [], "bound": [], "proven": True}
    assert say([few, wishes(968, 968, 968)]).endswith(
        "; no schedule that keeps the goals above reaches more points."
    )
    none = {**few, "value": [0, 0, 0, 0, 0]}
    assert "goals above" in say([none, wishes(968, 968, 968)])


def test_a_first_goal_that_every_schedule_reaches_takes_nothing_away() -> None:
    minimum = {"goal": "minimum", "value": 0, "best": 0, "bound": 0, "proven": True}
    assert say([minimum, wishes(968, 968, 968)]).endswith("no schedule reaches more points.")


def test_nothing_is_proven_of_what_nobody_solved() -> None:
    assert say([]).endswith("; it was not solved as it stands, so nothing is proven of it.")


def test_all_placed_needs_no_proof() -> None:
    assert say([], Size(7, 7, 50, 50)) == (
        "All 7 meetings asked for are placed; no schedule reaches more."
    )
    assert say([], Size(0, 0, 0, 0)) == "No meeting follows from the wishes."


def test_the_points_of_a_real_version(app: Flask, session: Session) -> None:
    forum = schedule_cast.make_forum(session)
    schedule_cast.make_absent(session, forum.bilal, *forum.slots[1:])
    version = schedule_cast.make_version(app, forum.event)
    size = size_of(session, version)
    assert (size.placed, size.asked) == (2, 3)
    assert proof_of(version, size).endswith("no schedule reaches more points.")
    assert version.goals["kept"] == 0


def test_a_run_around_published_meetings_knows_that_it_kept_them(
    app: Flask, session: Session
) -> None:
    forum = schedule_cast.make_forum(session)
    first = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, first, seen=0)
    run = start_run(session, forum.event, wanted="only_add", seconds=5)
    run = schedule_cast.finish_run(app, run)
    version = find_version(session, forum.event.id, run.version_id or "")
    assert version is not None
    assert version.goals["kept"] == 3
