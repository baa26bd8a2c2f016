"""The look of an event on its letters."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.languages import pick
from matchmaker.looks.colours import OWN, day_shades, text_on
from matchmaker.looks.queries import look_of
from matchmaker.mails.letters import Dress, Letter


def dressed(session: Session, event: Event, letter: Letter, language: str) -> Letter:
    """The letter with the event's colour, how it signs, and what stands below it."""
    worn = look_of(session, event.id)
    colour = worn.colour or OWN
    return replace(
        letter,
        dress=Dress(
            name=pick(event.names, language) if worn.is_seen else "",
            band=colour,
            on_band=text_on(colour),
            accent=day_shades(colour).accent,
            signature=pick(worn.senders, language),
            footer=pick(worn.footers, language),
        ),
    )
