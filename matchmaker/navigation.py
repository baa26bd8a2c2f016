"""Where one can go from a page: the parts of an event, and what is the account's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.delegations.queries import led_events
from matchmaker.events.access import needed_of
from matchmaker.events.models import Event
from matchmaker.languages import isolate, pick


@dataclass(frozen=True)
class Part:
    """One link of a navigation; ``label`` is lazy and speaks the page's language."""

    label: Any
    icon: str
    url: str
    current: bool = False


ORGANISER = (
    (_("Overview"), "home", "home.overview"),
    (_("Set-up"), "gear", "events.edit"),
    (_("Participants"), "people", "segments.index"),
    (_("Organisations"), "building", "organisations.index"),
    (_("Wishes"), "heart", "wishes.index"),
    (_("Import"), "import", "imports.index"),
    (_("Capacity"), "gauge", "capacity.index"),
    (_("Schedule"), "calendar", "schedules.index"),
    (_("Print"), "print", "agendas.index"),
    (_("Mailings"), "mail", "mailings.index"),
    (_("Team"), "team", "events.team"),
)
PARTICIPANT = (
    (_("Forum"), "home", "wishes.home"),
    (_("People"), "people", "catalogue.people"),
    (_("Marketplace"), "market", "catalogue.entries"),
    (_("My wishes"), "heart", "wishes.mine"),
    (_("My agenda"), "calendar", "agendas.mine"),
    (_("Profile"), "user", "participants.profile"),
)
LEADER = (
    (_("My delegation"), "team", "delegations.mine"),
    (_("Who is where"), "calendar", "delegations.day"),
)
# Pages whose address is not below that of the part from which they are reached.
REACHED_FROM = {
    "segments": "segments.index",
    "merging": "segments.index",
    "exports": "imports.index",
    "paper": "wishes.index",
    "marketplace.ledger": "wishes.index",
    "organisations.delegations": "organisations.index",
    "organisations.edit_delegation": "organisations.index",
    "home.log": "events.team",
}
# The set-up's pages in groups, of which one shows its pages at a time.
SET_UP = (
    (
        _("Event"),
        (
            (_("Event"), "events.edit"),
            (_("Look"), "looks.edit"),
            (_("Phases"), "events.phases"),
            (_("From a file"), "setups.take"),
        ),
    ),
    (
        _("Times and places"),
        (
            (_("Days and sessions"), "events.sessions"),
            (_("Programme"), "programme.index"),
            (_("Places"), "events.places"),
            (_("Interpreters"), "events.interpreters"),
        ),
    ),
    (
        _("Participants"),
        (
            (_("Participation"), "participation.index"),
            (_("Lists"), "vocabularies.index"),
            (_("Mails"), "notices.settings"),
            (_("Personal data"), "privacy.retention"),
        ),
    ),
    (
        _("Meetings"),
        (
            (_("Requests"), "wishes.rules"),
            (_("Fixing times"), "bookings.modes"),
            (_("Rest and limits"), "limits.index"),
        ),
    ),
    (_("Check"), ((_("Check"), "inspection.index"),)),
)
PERSONAL = (
    (_("My events"), "calendar", "home.organise"),
    (_("My account"), "user", "accounts.account"),
)
OPERATOR = ((_("Mailbox"), "mail", "home.mailbox"),)


def prepare_navigation(app: Flask) -> None:
    app.add_template_global(exists, "exists")
    app.add_template_global(lambda: _parts(ORGANISER, event_id=g.event.id), "organiser_parts")
    app.add_template_global(set_up_groups, "set_up_groups")
    app.add_template_global(lambda: _parts(PARTICIPANT, slug=g.event.slug), "participant_parts")
    app.add_template_global(_leader_parts, "leader_parts")
    app.add_template_global(_personal_parts, "personal_parts")


def exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


@dataclass(frozen=True)
class Group:
    """Pages that belong together; its own link leads to the first."""

    label: Any
    parts: tuple[Part, ...]

    @property
    def current(self) -> bool:
        return any(part.current for part in self.parts)


def set_up_groups() -> list[Group]:
    return [Group(label, tuple(_set_up_page(*page) for page in pages)) for label, pages in SET_UP]


def _set_up_page(label: Any, endpoint: str) -> Part:
    url = url_for(endpoint, event_id=g.event.id)
    return Part(label, "", url, current=request.endpoint == endpoint)


def _is_open(endpoint: str) -> bool:
    """No part that the reader's role at the event does not open."""
    needed = needed_of(endpoint)
    return needed is None or "role" not in g or needed.allows(g.role, "GET")


def _personal_parts() -> list[Part]:
    parts = _parts(PERSONAL + OPERATOR if g.account.is_admin else PERSONAL)
    return [*_led_parts(), *parts]


def _led_parts() -> list[Part]:
    """From every page to one's delegation; each by its event, where there are several."""
    events = led_events(db.session, g.account)
    return [
        Part(
            _led_label(event) if len(events) > 1 else LEADER[0][0],
            "team",
            url_for("delegations.mine", slug=event.slug),
        )
        for event in events
    ]


def _led_label(event: Event) -> Any:
    name = isolate(pick(event.names, current_language()))
    return _("My delegation: %(event)s", event=name)


def _leader_parts() -> list[Part]:
    """A leader who also takes part goes back to their own pages."""
    return _parts(LEADER + PARTICIPANT[:1] if g.takes_part else LEADER, slug=g.event.slug)


def _parts(entries: tuple[tuple[Any, str, str], ...], **arguments: Any) -> list[Part]:
    links = {
        endpoint: Part(label, icon, url_for(endpoint, **arguments))
        for label, icon, endpoint in entries
        if exists(endpoint) and _is_open(endpoint)
    }
    here = _current({endpoint: part.url for endpoint, part in links.items()})
    return [replace(part, current=endpoint == here) for endpoint, part in links.items()]


def _current(urls: dict[str, str]) -> str:
    """The part to which the page belongs: the one that leads to it, or the nearest above it."""
    names = request.endpoint or "", request.blueprint or ""
    leads = next((REACHED_FROM[name] for name in names if name in REACHED_FROM), "")
    if leads in urls:
        return leads
    above = [endpoint for endpoint, url in urls.items() if request.path.startswith(url)]
    return max(above, key=lambda endpoint: len(urls[endpoint]), default="")
