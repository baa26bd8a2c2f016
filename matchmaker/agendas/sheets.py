"""From an agenda or a card to what the typesetter prints: plain data, every word in place."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import segno
from flask import current_app
from flask_babel import gettext as _

from matchmaker.accounts.localisation import speak
from matchmaker.agendas import wording
from matchmaker.agendas.agenda import (
    Agenda,
    AgendaMeeting,
    Booking,
    Edition,
    FreeTime,
    Person,
    PlaceCard,
    plain,
)
from matchmaker.clock import day_text, span_text
from matchmaker.languages import direction, isolate, pick
from matchmaker.programme.entries import Entry as Item

Sheet = dict[str, Any]

LONGEST_WORD = 24
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}")
BREAK_HERE = "\u200b"  # zero width space: a line may end here


def inert(text: str) -> str:
    """Somebody else's text: on one line, in its own direction, and never wider than a column."""
    text = plain(text)
    return isolate(_LONG_WORD.sub(lambda match: match[0] + BREAK_HERE, text)) if text else ""


def live_address(secret: str) -> str:
    """Where the QR code leads: the read-only live agenda."""
    base: str = current_app.extensions["matchmaker"].base_url
    return f"{base.rstrip('/')}/a/{secret}"


def qr_code(address: str) -> Any:
    return segno.make(address, error="m", micro=False)


def qr_svg(address: str) -> str:
    drawn = io.BytesIO()
    qr_code(address).save(drawn, kind="svg", border=2, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


def agenda_sheet(agenda: Agenda, language: str = "") -> Sheet:
    """The sheet in the participant's language, or in another that is wanted."""
    language, address = language or agenda.language, live_address(agenda.secret)
    with speak(language):
        return {
            **head(agenda.edition, language),
            "name": inert(agenda.person.name),
            "about": _about(replace(agenda.person, spoken=()), language),
            "summary": wording.summary_text(agenda),
            "url": address,
            "qr": qr_svg(address),
            "words": {
                "live": _("Live agenda: scan to see what has changed"),
                "notes": _("Notes"),
                "empty": _("No meetings are planned for you in this version."),
            },
            "days": [
                {
                    "title": day_text(day, language),
                    "rows": [_agenda_row(entry, language) for entry in entries],
                }
                for day, entries in agenda.days
            ],
        }


def card_sheet(card: PlaceCard, language: str = "") -> Sheet:
    """The card in the event's language, where no other is wanted: everybody reads it."""
    language = language or card.edition.language
    with speak(language):
        return {
            **head(card.edition, language),
            "code": inert(card.spot.code),
            "zone": inert(wording.zone_text(card.spot, language)),
            "owners": [
                {"name": inert(owner.name), "about": inert(owner.organisation)}
                for owner in card.owners
            ],
            "days": [
                {
                    "title": day_text(day, language),
                    "rows": [_card_row(entry, language) for entry in entries],
                }
                for day, entries in card.days
            ],
        }


def head(edition: Edition, language: str) -> Sheet:
    days = wording.days_text(edition.first_day, edition.last_day, language)
    venue = inert(pick(edition.venue, language))
    return {
        "language": language,
        "direction": direction(language),
        "event": inert(pick(edition.names, language)),
        "where": " · ".join(text for text in (venue, days) if text),
        "mark": wording.preliminary_text(edition),
        "footer": wording.edition_text(edition, language),
    }


def _about(person: Person, language: str) -> str:
    return " · ".join(inert(part) for part in wording.about_parts(person, language))


def _agenda_row(entry: AgendaMeeting | FreeTime | Item, language: str) -> Sheet:
    time = span_text(entry.starts_at, entry.ends_at, language)
    if isinstance(entry, FreeTime):
        return {"kind": "free", "time": time, "text": wording.free_text(entry.slots)}
    if isinstance(entry, Item):
        return {
            "kind": "item",
            "time": time,
            "title": inert(pick(entry.titles, language)),
            "about": " · ".join(
                inert(part)
                for part in (*wording.item_places(entry, language), entry.speakers)
                if part
            ),
            "badge": wording.item_kind(entry),
        }
    return {
        "kind": "meeting",
        "time": time,
        "place": inert(entry.place),
        "zone": inert(wording.zone_text(entry.spot, language)),
        "partners": [
            {"name": inert(partner.name), "about": _about(partner, language)}
            for partner in entry.partners
        ],
        "interpreter": wording.interpreter_text(entry.interpreter, language),
        "presence": wording.presence_text(entry.presence),
        "stays": entry.presence == "stays",
    }


def _card_row(entry: Booking | FreeTime, language: str) -> Sheet:
    time = span_text(entry.starts_at, entry.ends_at, language)
    if isinstance(entry, FreeTime):
        return {"free": True, "time": time, "text": wording.free_text(entry.slots)}
    return {
        "free": False,
        "time": time,
        "people": [
            {"name": inert(person.name), "about": inert(person.organisation)}
            for person in entry.people
        ],
        "interpreter": wording.interpreter_text(entry.interpreter, language),
    }
