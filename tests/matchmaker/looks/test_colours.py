"""Whatever colour somebody chooses, everything can be read: by day, by night and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matchmaker.looks import colours
from matchmaker.looks.colours import (
    AA,
    DAY_GROUNDS,
    NIGHT_GROUNDS,
    contrast,
    day_shades,
    night_shades,
    read_colour,
    text_on,
)
from matchmaker.looks.stylesheets import sample_stylesheet, stylesheet

SHEET = Path(colours.__file__).parents[1] / "static" / "screen.css"
any_colour = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#" + bytes(parts).hex())


@settings(deadline=None)  # a busy machine is not slow code
@given(any_colour)
@example("#000000")
@example("#ffffff")
@example("#ffff00")
@example("#7f7f7f")
def test_every_colour_gives_text_and_buttons_that_can_be_read(colour: str) -> None:
    for shades, grounds in (
        (day_shades(colour), DAY_GROUNDS),
        (night_shades(colour), NIGHT_GROUNDS),
    ):
        for ground in grounds:
            assert contrast(shades.accent, ground) >= AA
            assert contrast(shades.strong, ground) >= AA
        assert contrast(shades.strong, shades.soft) >= AA
        assert contrast(shades.on_accent, shades.accent) >= AA
    assert contrast(text_on(colour), colour) >= AA


@settings(deadline=None)  # a busy machine is not slow code
@given(any_colour)
def test_on_paper_a_colour_reads_on_its_own_wash_and_without_colour(colour: str) -> None:
    shades = day_shades(colour)
    assert contrast(shades.accent, "#ffffff") >= AA
    assert contrast(shades.accent, shades.soft) >= 4  # titles there are bold and large
    assert contrast(shades.soft, "#ffffff") < 1.5  # a wash stays light in grey too


def test_a_colour_that_reads_well_stays_as_it_is() -> None:
    assert day_shades("#7a1fa2").accent == "#7a1fa2"
    assert day_shades("#ffd400").accent != "#ffd400"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#0B6A5C", "#0b6a5c"), (" 0b6a5c ", "#0b6a5c"), ("#fa0", "#ffaa00"), ("fa0", "#ffaa00"),
        ("red", None), ("#12345", None), ("#1234567", None), ("", None), ("#0b6a5c;}", None),
    ],
)  # fmt: skip
def test_colours_are_read_as_people_write_them(typed: str, read: str | None) -> None:
    assert read_colour(typed) == read


def test_the_grounds_are_those_of_the_screen() -> None:
    """Who changes the sheet changes what a colour has to be read on."""
    day, night = re.findall(r":root \{(.*?)\}", SHEET.read_text(), re.S)[:2]
    for text, grounds in ((day, DAY_GROUNDS), (night, NIGHT_GROUNDS)):
        found = [re.search(rf"--{name}: (#\w+)", text) for name in ("paper", "surface", "sunken")]
        assert [match[1] for match in found if match] == list(grounds)


def test_the_sheet_of_an_event_is_small_and_says_only_colours() -> None:
    for sheet in (stylesheet("#ffd400"), sample_stylesheet("#ffd400"), stylesheet("")):
        assert len(sheet) < 1000
        assert re.findall(r"[\w-]+(?=:\s*#)", sheet)
        assert not re.search(r"url|import|expression", sheet)
    assert "--band: #ffd400; --on-band: #000000;" in stylesheet("#ffd400")
