"""An event is made and described. Nothing here commits; whoever calls does, once.

The parts of an event have modules of their own, handed on from here: this is the door.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.clock import zone_names
from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.interpreters import (
    add_interpreter,
    change_interpreter,
    remove_interpreter,
    set_interpreter_absences,
)
from matchmaker.events.models import Event, Membership
from matchmaker.events.names import LONGEST_TEXT, checked_names, checked_texts
from matchmaker.events.places import add_place, add_tables, change_place, close_place, remove_place
from matchmaker.events.timetable import (
    PlannedSession,
    change_session,
    lock_event,
    plan_sessions,
    remove_session,
    replan,
)
from matchmaker.events.venue import add_zone, remove_zone, rename_zone, set_walk, walking_slots
from matchmaker.languages import LANGUAGES

__all__ = [
    "PlannedSession",
    "Settings",
    "add_interpreter",
    "add_place",
    "add_tables",
    "add_zone",
    "change_event",
    "change_interpreter",
    "change_place",
    "change_session",
    "close_place",
    "create_event",
    "describe_event",
    "plan_sessions",
    "remove_interpreter",
    "remove_place",
    "remove_session",
    "remove_zone",
    "rename_zone",
    "set_interpreter_absences",
    "set_walk",
    "suggest_slug",
    "walking_slots",
]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
RANGES = {
    "slot_minutes": (5, 240),
    "changeover_minutes": (0, 120),
    "top_weight": (0, 1000),
    "like_weight": (0, 1000),
    "mutual_weight": (0, 1000),
    "top_limit": (0, 100),
}
MAKES_SLOTS = ("zone", "slot_minutes", "changeover_minutes")


class Settings(TypedDict, total=False):
    """What may be said of an event beside its names and its address."""

    venue: Texts
    welcome: Texts
    host: Texts
    contact_email: str
    contact_phone: str
    website: str
    tells_who_comes: bool
    zone: str
    language: str
    slot_minutes: int
    changeover_minutes: int
    top_weight: int
    like_weight: int
    mutual_weight: int
    top_limit: int
    needs_acceptance: bool
    validates_by_hand: bool
    consent_version: str


def create_event(
    session: Session,
    account: Account,
    *,
    names: Texts,
    slug: str = "",
    sessions: Sequence[PlannedSession] = (),
    **settings: Unpack[Settings],
) -> Event:
    """A new event that the account organises, with its sessions and their slots."""
    kept = checked_names(names)
    event = Event(names=kept, zone="Africa/Casablanca", slot_minutes=20, changeover_minutes=5)
    _describe(event, settings)
    event.slug = _checked_slug(session, event, slug) if slug else suggest_slug(session, kept)
    _flush_slug(session, event)
    session.add(Membership(account_id=account.id, event_id=event.id, role="owner"))
    session.flush()
    if sessions:
        plan_sessions(session, event, sessions)
    return event


def change_event(
    session: Session, event: Event, *, names: Texts, slug: str, **settings: Unpack[Settings]
) -> None:
    """Other names, address or settings; the slots follow where length or zone changed."""
    lock_event(session, event)
    if describe_event(session, event, names=names, slug=slug, **settings):
        replan(session, event)


def describe_event(
    session: Session, event: Event, *, names: Texts, slug: str, **settings: Unpack[Settings]
) -> bool:
    """The same without the slots; whether they have to be made anew."""
    kept = checked_names(names)
    slug = _checked_slug(session, event, slug)
    before = [getattr(event, name) for name in MAKES_SLOTS]
    _move_zone(session, event, settings.get("zone", event.zone))
    _describe(event, settings)
    event.names, event.slug = kept, slug
    _flush_slug(session, event)
    return before != [getattr(event, name) for name in MAKES_SLOTS]


def _move_zone(session: Session, event: Event, zone: str) -> None:
    """The published times are those of the zone they were published in; the database holds it."""
    before = event.zone
    try:
        with session.begin_nested():
            event.zone = _checked("zone", zone)
    except IntegrityError:
        raise Refusal(
            _(
                "The schedule is published with the times of %(zone)s, and people have them in "
                "their calendars. Take the publication back, change the time zone, publish again.",
                zone=before,
            )
        ) from None


def suggest_slug(session: Session, names: Texts) -> str:
    """A free address from the first name that has Latin letters: ``pollutec-2026``."""
    latin = (_latin(names.get(code, "")) for code in ("fr", "en", "ar"))
    base = next((slug for slug in latin if slug), "forum")[: LONGEST_SLUG - 6].strip("-")
    taken = set(session.scalars(select(Event.slug).where(Event.slug.startswith(base))))
    if base not in taken:
        return base
    return next(slug for number in range(2, 10_000) if (slug := f"{base}-{number}") not in taken)


def _latin(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _checked_slug(session: Session, event: Event, slug: str) -> str:
    slug = slug.strip().lower()
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Refusal(
            _(
                "Address: use small letters a to z, digits and single hyphens, "
                "at most %(most)s characters, such as pollutec-2026.",
                most=LONGEST_SLUG,
            )
        )
    with session.no_autoflush:
        other = session.scalar(select(Event.id).where(Event.slug == slug))
    if other not in (None, event.id):
        raise _slug_taken(slug)
    return slug


def _slug_taken(slug: str) -> Refusal:
    return Refusal(_("The address “%(slug)s” belongs to another event: choose another.", slug=slug))


def _flush_slug(session: Session, event: Event) -> None:
    """Two who choose an address at the same moment: the database lets one through."""
    slug = event.slug
    try:
        with session.begin_nested():
            session.add(event)
    except IntegrityError:
        raise _slug_taken(slug) from None


def _describe(event: Event, settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        setattr(event, name, _checked(name, value))


def _checked(name: str, value: Any) -> Any:
    if name == "contact_email" and value:
        return _checked_address(value)
    if name == "website" and value and urlsplit(value).scheme not in ("http", "https"):
        raise Refusal(_("The website must begin with http:// or https://."))
    if name in ("venue", "welcome", "host"):
        return checked_texts(value, longest=LONGEST_TEXT)
    if name == "zone" and value not in zone_names():
        raise Refusal(_("There is no time zone “%(zone)s”.", zone=str(value)[:60]))
    if name == "language" and value not in LANGUAGES:
        raise Refusal(_("The language of an event is French, Arabic or English."))
    if name in RANGES:
        least, most = RANGES[name]
        if not least <= value <= most:
            raise Refusal(
                _(
                    "%(field)s: give a whole number from %(least)s to %(most)s.",
                    field=field_label(name),
                    least=least,
                    most=most,
                )
            )
    return value


def _checked_address(address: str) -> str:
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Refusal(_("“%(address)s” is no e-mail address.", address=address[:60])) from None


def field_label(name: str) -> str:
    """What a number is called on the pages."""
    labels = {
        "slot_minutes": _("Minutes of a meeting"),
        "changeover_minutes": _("Minutes to change places"),
        "top_weight": _("Weight of “top”"),
        "like_weight": _("Weight of “like”"),
        "mutual_weight": _("Extra weight where both wish"),
        "top_limit": _("Most “top” wishes per person"),
    }
    return str(labels[name])
