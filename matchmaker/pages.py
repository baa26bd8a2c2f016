"""What every template may use."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf

from matchmaker import clock
from matchmaker.accounts.localisation import current_language
from matchmaker.languages import LANGUAGES, NAMES, colon, direction, pick
from matchmaker.navigation import prepare_navigation


def prepare_pages(app: Flask) -> None:
    app.context_processor(_words)
    prepare_navigation(app)
    app.add_template_filter(lambda texts: pick(texts, current_language()), "pick")
    app.add_template_filter(colon, "colon")
    app.add_template_filter(lambda day: clock.day_text(day, current_language()), "day")
    app.add_template_filter(lambda day: clock.short_day_text(day, current_language()), "short_day")
    app.add_template_filter(lambda moment: clock.time_text(moment, current_language()), "time")
    app.add_template_global(
        lambda start, end: clock.span_text(start, end, current_language()), "span"
    )
    app.add_template_global(
        lambda moment, zone: clock.moment_text(moment, zone, current_language()), "moment"
    )
    app.add_template_global(
        lambda wall: clock.wall_moment_text(wall, current_language()), "wall_moment"
    )


def _words() -> dict[str, Any]:
    language = current_language()
    return {
        "account": g.get("account"),
        "language": language,
        "direction": direction(language),
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
        "csrf_token": generate_csrf,
    }
