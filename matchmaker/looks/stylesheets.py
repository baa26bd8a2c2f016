"""The style sheet of one event: a few colours, after those of screen.css."""

from __future__ import annotations

from matchmaker.looks.colours import OWN, Shades, day_shades, night_shades, text_on

SHEET = """{day} {{ {tokens} {band} }}
@media (prefers-color-scheme: dark) {{ {night} {{ {night_tokens} }} }}
"""
SAMPLE = """.sample {{ {tokens} {band} }}
.sample.night {{ {night_tokens} }}
"""


def stylesheet(colour: str) -> str:
    """For every page of the event."""
    return _filled(SHEET, colour, day=":root", night=":root")


def sample_stylesheet(colour: str) -> str:
    """For the samples on the page where the colour is chosen; those show day and night at once."""
    return _filled(SAMPLE, colour)


def _filled(sheet: str, colour: str, **selectors: str) -> str:
    colour = colour or OWN
    return sheet.format(
        tokens=_tokens(day_shades(colour)),
        night_tokens=_tokens(night_shades(colour)),
        band=f"--band: {colour}; --on-band: {text_on(colour)};",
        **selectors,
    )


def _tokens(shades: Shades) -> str:
    return (
        f"--accent: {shades.accent}; --accent-strong: {shades.strong}; "
        f"--accent-soft: {shades.soft}; --on-accent: {shades.on_accent};"
    )
