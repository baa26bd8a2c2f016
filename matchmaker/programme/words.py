"""An item in words: its kind, when and where it is, how one attends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from matchmaker.clock import short_day_text, span_text
from matchmaker.database import Texts
from matchmaker.events.queries import zones_of
from matchmaker.languages import isolate, pick
from matchmaker.programme.models import ProgrammeItem

KIND_NAMES: dict[str, Any] = {
    "plenary": _("Plenary"),
    "pitch": _("Pitches"),
    "workshop": _("Workshop"),
    "visit": _("Visit"),
    "social": _("Reception or meal"),
    "other": _("Programme item"),
}
ATTENDANCE_NAMES: dict[str, Any] = {
    "open": _("Free to come; meetings may be at the same time"),
    "all": _("Everybody attends; nobody has a meeting then"),
    "sign_up": _("Who signs up attends and has no meeting then"),
}


def zone_names(session: Session, event_id: str) -> dict[str | None, Texts]:
    return {row.id: row.names for row in zones_of(session, event_id)}


def when_text(item: ProgrammeItem, language: str) -> str:
    """``Wed 14 Oct 09:00–10:00``"""
    day = short_day_text(item.starts_at.date(), language)
    return f"{day} {span_text(item.starts_at, item.ends_at, language)}"


def where_text(item: ProgrammeItem, zones: Mapping[str | None, Texts], language: str) -> str:
    """Place and zone, as far as they are given."""
    parts = (pick(item.venue, language), pick(zones.get(item.zone_id), language))
    return " · ".join(isolate(part) for part in parts if part)


def item_text(item: ProgrammeItem, zones: Mapping[str | None, Texts], language: str) -> str:
    """One line: what, when, where."""
    parts = (
        isolate(pick(item.titles, language)),
        when_text(item, language),
        where_text(item, zones, language),
    )
    return " · ".join(part for part in parts if part)
