"""Placeholders of mailings: names from a closed list, exchanged for words. Nothing is evaluated.

``{name}`` is looked up in a dictionary of finished texts; there is no way from a placeholder into
an object, and what a value says is never read again. Any other name in braces is refused before
the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.languages import isolate, pick
from matchmaker.mails.services import link_to, one_line
from matchmaker.participants.models import Participant

BRACED = re.compile(r"\{([^{}]*)\}")
LONGEST_SHOWN = 60

Value = Callable[[Event, Participant, str, str], str]  # event, person, organisation, language
PLACEHOLDERS: dict[str, tuple[Any, Value]] = {
    "first_name": (
        lazy_gettext("the first name"),
        lambda event, person, organisation, language: person.first_name or person.shown_name,
    ),
    "name": (
        lazy_gettext("the whole name"),
        lambda event, person, organisation, language: person.shown_name,
    ),
    "organisation": (
        lazy_gettext("the organisation’s name"),
        lambda event, person, organisation, language: organisation,
    ),
    "event": (
        lazy_gettext("the event’s name"),
        lambda event, person, organisation, language: pick(event.names, language),
    ),
    "venue": (
        lazy_gettext("where it takes place"),
        lambda event, person, organisation, language: pick(event.venue, language),
    ),
    "forum_page": (
        lazy_gettext("the address of the forum’s page, to sign in and choose"),
        lambda event, person, organisation, language: link_to("wishes.home", slug=event.slug),
    ),
    "agenda_page": (
        lazy_gettext("the address of the own agenda"),
        lambda event, person, organisation, language: link_to("agendas.mine", slug=event.slug),
    ),
    "contact": (
        lazy_gettext("the organisers’ e-mail address"),
        lambda event, person, organisation, language: event.contact_email,
    ),
}


def check_placeholders(text: str) -> None:
    """Refuse a text with anything else in braces than the names of the list."""
    for name in BRACED.findall(text):
        if name not in PLACEHOLDERS:
            raise Refusal(
                _(
                    "“%(said)s” is no placeholder. There are only: %(names)s.",
                    said=f"{{{name[:LONGEST_SHOWN]}}}",
                    names=" ".join(f"{{{known}}}" for known in PLACEHOLDERS),
                )
            )


def values_for(
    event: Event, person: Participant, organisation: str, language: str
) -> dict[str, str]:
    """The finished words of each placeholder for one recipient."""
    return {
        name: one_line(value(event, person, organisation, language))
        for name, (_about, value) in PLACEHOLDERS.items()
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder exchanged, once; names keep their own direction."""
    return BRACED.sub(lambda match: _shown(match[0], values.get(match[1])), text)


def _shown(said: str, value: str | None) -> str:
    if value is None:
        return said
    return value if "://" in value else isolate(value)
