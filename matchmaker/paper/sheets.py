"""What the typesetter gets: the catalogue, and sheets on which wishes are written by hand."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts.localisation import speak
from matchmaker.agendas.sheets import inert
from matchmaker.events.models import Event
from matchmaker.languages import comma, direction, language_name, pick
from matchmaker.marketplace.forms import KIND_NAMES
from matchmaker.organisations.countries import country_name
from matchmaker.paper.queries import Listed

Sheet = dict[str, Any]
LIKES, NEVERS = 20, 5  # boxes on a sheet


def catalogue_sheet(event: Event, listed: list[Listed], language: str) -> Sheet:
    with speak(language):
        return {
            **_head(event, language),
            "heading": _("Who is there"),
            "hint": _("Write the numbers of those whom you want to meet on your wish sheet."),
            "people": [_person(row, language) for row in listed],
        }


def _person(row: Listed, language: str) -> Sheet:
    card = row.card
    spoken = comma(language).join(language_name(code, language) for code in card.spoken)
    country = country_name(card.country, language) if card.country else ""
    about = [inert(card.job), inert(card.organisation or ""), country, spoken]
    return {
        "number": str(row.number),
        "name": inert(card.name),
        "about": " · ".join(part for part in about if part),
        "entries": [str(KIND_NAMES[kind]) + _(": ") + inert(title) for kind, title in row.entries],
    }


def wish_sheet(event: Event, language: str, number: int | None = None, name: str = "") -> Sheet:
    """One sheet; without a name it is blank."""
    with speak(language):
        return {
            **_head(event, language),
            "heading": _("Whom do you want to meet?"),
            "number": str(number) if number else "",
            "name": inert(name),
            "tops": event.top_limit,
            "likes": LIKES,
            "nevers": NEVERS,
            "words": {
                "number": _("My number"),
                "name": _("My name"),
                "hint": _(
                    "Write one number of the catalogue in each box, the most important first."
                ),
                "tops": _("Above all"),
                "likes": _("With pleasure"),
                "nevers": _("Never: nobody but the organisers reads this"),
                "desk": _("Hand this sheet in at the front desk."),
            },
        }


def _head(event: Event, language: str) -> Sheet:
    return {
        "language": language,
        "direction": direction(language),
        "event": inert(pick(event.names, language)),
    }
