"""The look of an event on paper: what the typesetter's templates take from it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from matchmaker.agendas.sheets import inert
from matchmaker.languages import LANGUAGES, pick
from matchmaker.looks.colours import day_shades
from matchmaker.looks.queries import look_of, picture_of
from matchmaker.pictures import size_of

Look = dict[str, Any]
WIDEST, HIGHEST = 60, 13  # millimetres of a logo
PLAIN: Look = {
    "accent": "#0f5a6b",
    "wash": "#eef4f5",
    "logo": None,
    "footers": {code: [] for code in LANGUAGES},
}


def look_on_paper(session: Session, event_id: str) -> Look:
    """Dark enough for printers without colour: every shade of text reads on white."""
    worn = look_of(session, event_id)
    look = dict(PLAIN)
    if worn.colour:
        shades = day_shades(worn.colour)
        look |= {"accent": shades.accent, "wash": shades.soft}
    if picture := picture_of(session, event_id) if worn.logo else None:
        look["logo"] = _logo(picture)
    footers = {code: pick(worn.footers, code).splitlines() for code in LANGUAGES}
    look["footers"] = {
        code: [inert(line) for line in lines if line.strip()] for code, lines in footers.items()
    }
    return look


def _logo(picture: bytes) -> Look:
    """The picture with the millimetres that it takes."""
    _kind, width, height = size_of(picture) or ("png", 1, 1)
    scale = min(WIDEST / width, HIGHEST / height)
    return {"data": list(picture), "width": width * scale, "height": height * scale}
