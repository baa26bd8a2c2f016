"""The look of an event is chosen. Nothing here commits."""

from __future__ import annotations

from hashlib import blake2b

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.names import LONGEST_TEXT, checked_texts
from matchmaker.looks.colours import read_colour
from matchmaker.looks.models import Look, LookPicture
from matchmaker.pictures import redraw

LONGEST_FOOTER, MOST_LINES, LONGEST_SENDER = 300, 4, 200
FOR_PAPER = 800  # pixels of the longer side: 70 mm at 290 dots per inch
FOR_SCREENS = (320, 240, 160, 96, 60)  # the first that is light enough; noise of 60 is, too
SMALL_BYTES = 16 * 1024  # an agenda with its logo stays a first view of 50 kB


def set_look(
    session: Session, event: Event, *, colour: str, welcome: Texts, footers: Texts, senders: Texts
) -> None:
    """Colour and texts; refused in words."""
    look = session.get(Look, event.id) or Look(event_id=event.id)
    session.add(look)
    look.colour = _checked_colour(colour)
    look.footers = _checked_footers(footers)
    look.senders = checked_texts(senders, longest=LONGEST_SENDER)
    event.welcome = checked_texts(welcome, longest=LONGEST_TEXT)
    session.flush()


def set_picture(session: Session, event: Event, data: bytes) -> None:
    """Keep this logo in the place of the one before; refused in words."""
    picture = redraw(data, FOR_PAPER)
    row = session.get(LookPicture, event.id) or LookPicture(event_id=event.id)
    row.picture, row.small = picture, _small(data)
    row.digest = blake2b(picture, digest_size=8).hexdigest()
    session.add(row)
    session.flush()


def remove_picture(session: Session, event: Event) -> None:
    if row := session.get(LookPicture, event.id):
        session.delete(row)
        session.flush()


def _small(data: bytes) -> bytes:
    drawn = b""
    for side in FOR_SCREENS:
        drawn = redraw(data, side)
        if len(drawn) <= SMALL_BYTES:
            return drawn
    return drawn


def _checked_colour(text: str) -> str:
    colour = read_colour(text) if text.strip() else ""
    if colour is None:
        raise Refusal(
            _("Colour: write # and six digits or letters from a to f, such as %(example)s.",
              example="#0b6a5c")
        )  # fmt: skip
    return colour


def _checked_footers(texts: Texts) -> Texts:
    kept = checked_texts(texts, longest=LONGEST_FOOTER)
    if any(len(text.splitlines()) > MOST_LINES for text in kept.values()):
        raise Refusal(_("Footer: at most %(most)s lines fit on a sheet.", most=MOST_LINES))
    return kept
