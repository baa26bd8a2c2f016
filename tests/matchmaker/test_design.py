"""One style sheet for both directions, readable in light and dark, small enough for a phone."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.navigation import OPERATOR, ORGANISER, PARTICIPANT, PERSONAL

STATIC = Path(__file__).parents[2] / "matchmaker" / "static"
TEMPLATES = STATIC.parents[1] / "templates"
SHEETS = sorted(path.name for path in STATIC.glob("*.css"))
ONE_SIDED = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right)|left|right|float|text-align:\s*(left|right)"
    r"|(min-|max-)?(width|height))\s*(?=:|;)"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset|border-width):([^;{}()]+);")
FIRST_VIEW = 50_000  # bytes
READABLE = 4.5  # WCAG AA
TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunken"), ("muted", "paper"),
    ("muted", "surface"), ("muted", "sunken"), ("accent", "paper"), ("accent", "surface"),
    ("on-accent", "accent"), ("accent-strong", "accent-soft"), ("good", "good-soft"),
    ("warn", "warn-soft"), ("bad", "bad-soft"), ("info", "info-soft"), ("bad", "surface"),
]  # fmt: skip


def rules(name: str) -> str:
    """The style sheet without comments and media questions (a screen has a width)."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"@(media|page)[^{]*", "", text)


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", (STATIC / "screen.css").read_text(), re.S)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", light))
    return found | (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", dark)) if scheme == "dark" else {}
    )


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_in_the_style_sheets_knows_left_from_right(sheet: str) -> None:
    assert ONE_SIDED.findall(rules(sheet)) == []


def lopsided(text: str) -> list[str]:
    """Four values of which the second and the fourth, right and left, differ."""
    sides = [found.split() for found in FOUR_SIDES.findall(text)]
    return [" ".join(four) for four in sides if len(four) == 4 and four[1] != four[3]]


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_short_form_gives_left_and_right_different_values(sheet: str) -> None:
    assert lopsided(rules(sheet)) == []


def test_the_search_for_sides_finds_them() -> None:
    assert lopsided("p { margin: 0 1rem 0 2rem; padding: 0 1rem 1px 1rem; }") == ["0 1rem 0 2rem"]
    assert ONE_SIDED.search("margin-left: 1rem")
    assert ONE_SIDED.search("p { left: 0 }")
    assert not ONE_SIDED.search("margin-inline-start: 1rem; border-left-color-x: 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(scheme: str) -> None:
    found = colours(scheme)
    faint = {
        pair: round(contrast(found[pair[0]], found[pair[1]]), 2)
        for pair in TEXT_ON_GROUND
        if contrast(found[pair[0]], found[pair[1]]) < READABLE
    }
    assert faint == {}


def test_contrast_is_counted_as_the_standard_counts() -> None:
    assert round(contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_first_view_is_small(client: FlaskClient) -> None:
    files = ("screen.css", "print.css", "icons.svg", "icon.svg")
    view = len(client.get("/").data) + sum((STATIC / name).stat().st_size for name in files)
    assert view < FIRST_VIEW
    assert len(gzip.compress((STATIC / "screen.css").read_bytes())) < FIRST_VIEW / 5


def test_every_link_of_the_navigation_leads_somewhere(app: Flask) -> None:
    missing = [
        endpoint
        for _label, _icon, endpoint in ORGANISER + PARTICIPANT + PERSONAL + OPERATOR
        if endpoint not in app.view_functions
    ]
    assert missing == []


def test_the_navigation_marks_where_one_is(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{event.id}/set-up/places").text
    (marked,) = re.findall(r'<a href="([^"]+)" aria-current="page"><svg', page)
    assert marked == f"/organise/{event.id}/set-up"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_a_page_says_its_language_and_direction(
    client: FlaskClient, language: str, direction: str
) -> None:
    client.set_cookie("language", language)
    page = client.get("/").text
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_only_parts_in_one_line_are_scrolled_to() -> None:
    """Of a sticky column the browser scrolls on and on, and a click misses its button."""
    text = (STATIC / "screen.css").read_text(encoding="utf-8")
    assert text.count("scroll-initial-target") == 1
    assert re.findall(r"@media ([^{]*) \{[^\n]*scroll-initial-target", text) == [
        "(max-width: 61.99rem)"
    ]


def test_rows_of_numbers_run_with_the_words_that_explain_them() -> None:
    """Isolated, numbers alone would run from the left on an Arabic page."""
    isolated = re.compile(r"<bdi>(?:(?!</bdi>).)*(?:goal\.(?:value|bound)|\|join)")
    found = [path.name for path in TEMPLATES.rglob("*.html") if isolated.search(path.read_text())]
    assert found == []
    assert isolated.search('<bdi>{{ value|join(" · ") }}</bdi>')
