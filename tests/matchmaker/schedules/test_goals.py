"""What is said of a schedule is true: as good as proven, and not better."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from matchmaker.accounts.localisation import prepare_localisation, speak
from matchmaker.schedules.goals import gap, gap_text, report
from matchmaker.schedules.proof import Size


@pytest.fixture(scope="module")
def app() -> Flask:
    """Sentences need languages and no database."""
    app = Flask(__name__)
    prepare_localisation(app)
    return app


def say(app: Flask, goal: str, size: Size | None = None, **row: Any) -> str:
    values = {"best": row.get("value"), "bound": row.get("value"), "proven": True, **row}
    with app.app_context(), speak("en"):
        told = report([{"goal": goal, **values}], size or Size(3, 4, 40))
    return told[0].sentence


def test_of_the_wishes_the_versions_own_sentence_is_said(app: Flask) -> None:
    assert say(app, "wishes", Size(3, 4, 40, 30), value=30) == (
        "3 of 4 meetings, 75% of the wish points; no schedule reaches more points."
    )


def test_people_without_a_meeting(app: Flask) -> None:
    assert say(app, "worst_off", value=[0, 0, 1, 2, 3]) == (
        "Everybody for whom a meeting was asked has one. "
        "No schedule that keeps the goals above does better."
    )
    assert say(app, "worst_off", value=[1, 2, 2, 2, 3]).startswith(
        "1 person for whom a meeting was asked has none. "
        "2 people for whom several were asked have at most one."
    )


@pytest.mark.parametrize(
    ("value", "bound", "part"),
    [(90, 100, 0.1), (0, 0, 0.0), (5, 0, 5.0), ([0, 3], [0, 2], 0.5), ([1], [1], 0.0)],
)
def test_the_gap_is_what_the_reference_says(value: Any, bound: Any, part: float) -> None:
    assert gap(value, bound) == pytest.approx(part)


def test_a_gap_that_is_there_is_never_shown_as_none(app: Flask) -> None:
    with app.app_context(), speak("en"):
        assert gap_text(99_999_999, 100_000_000) == "0.01%"
        assert gap_text(7, 7) == "0%"


def test_a_gap_beyond_measure_is_not_given_in_thousands_of_per_cent(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert gap_text(176, 1) == "> 100%"


@pytest.mark.parametrize("value", [1, 176])
def test_no_gap_is_measured_in_a_bound_of_nothing(app: Flask, value: int) -> None:
    with app.app_context(), speak("en"):
        assert gap_text(value, 0) == "–"
        assert gap_text(0, 0) == "0%"


def test_a_gap_in_people_is_told_in_people(app: Flask) -> None:
    """One where none would do is no "100%" to be alarmed at."""
    with app.app_context(), speak("en"):
        assert gap_text([0, 0, 2, 3, 5], [0, 0, 1, 0, 0]) == "1 person"
        assert gap_text([0, 3], [0, 0]) == "3 people"
        assert gap_text([0, 1], [0, 1]) == "0%"
