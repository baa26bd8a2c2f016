"""One colour becomes a set of shades that can be read, by day and by night.

The colour itself is used only where it carries black or white text, whichever reads better: of
the two, one always reaches 4.58:1. Text and buttons get a darker or lighter shade of it where it
needs one for WCAG AA on every ground of the pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

AA = 4.5
SAFE = 4.6  # some room for rounding to whole steps of a screen
BLACK, WHITE = "#000000", "#ffffff"
OWN = "#0b6a5c"  # Matchmaker's, where an event has none
HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
# The grounds of screen.css on which the accent stands as text.
DAY_GROUNDS = ("#faf9f6", "#ffffff", "#f1efe9")
NIGHT_SURFACE = "#1a2225"
NIGHT_GROUNDS = ("#12181a", NIGHT_SURFACE, "#0d1214")


@dataclass(frozen=True, slots=True)
class Shades:
    """The tokens of screen.css that an event's colour decides."""

    accent: str
    strong: str
    soft: str
    on_accent: str


def read_colour(text: str) -> str | None:
    """``#1a2b3c`` from what people write: with or without #, long or short, any case."""
    found = HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def text_on(ground: str) -> str:
    """Black or white, whichever reads better there."""
    return max((WHITE, BLACK), key=lambda colour: contrast(colour, ground))


def day_shades(colour: str) -> Shades:
    accent = _towards(BLACK, colour, DAY_GROUNDS, SAFE)
    soft = mix(accent, WHITE, 0.89)
    strong = _towards(BLACK, mix(accent, BLACK, 0.25), (soft, *DAY_GROUNDS), 7)
    return Shades(accent, strong, soft, WHITE)


def night_shades(colour: str) -> Shades:
    accent = _towards(WHITE, colour, NIGHT_GROUNDS, 6)
    soft = mix(accent, NIGHT_SURFACE, 0.82)
    strong = _towards(WHITE, mix(accent, WHITE, 0.3), (soft, *NIGHT_GROUNDS), 7)
    return Shades(accent, strong, soft, mix(accent, BLACK, 0.9))


def contrast(one: str, other: str) -> float:
    """As WCAG counts it: from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """The colour with this share of the other."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _towards(end: str, colour: str, grounds: tuple[str, ...], least: float) -> str:
    """The first shade on the way to black or white that reads on every ground."""
    shades = (mix(colour, end, step / 100) for step in range(101))
    return next(
        shade for shade in shades if all(contrast(shade, ground) >= least for ground in grounds)
    )


def _parts(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
