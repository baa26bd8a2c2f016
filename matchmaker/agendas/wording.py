"""The words of an agenda, in whatever language gettext speaks at the moment of the call."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel.dates import format_interval, format_timedelta
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.agendas.agenda import (
    Agenda,
    AgendaMeeting,
    Edition,
    InterpreterName,
    Person,
    Presence,
    Spot,
    plain,
)
from matchmaker.agendas.changes import Change
from matchmaker.clock import day_text, moment_text, short_day_text, span_text
from matchmaker.languages import colon, comma, isolate, locale_of, pick
from matchmaker.programme.entries import Entry as Item
from matchmaker.programme.words import KIND_NAMES

UNITS: tuple[tuple[Literal["day", "hour", "minute"], timedelta], ...] = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)


def countdown_text(meeting: AgendaMeeting, wall: datetime, language: str) -> str:
    """``in 25 minutes``, until the meeting begins."""
    left = meeting.starts_at - wall
    if left <= timedelta(0):
        return ""
    unit, span = next((row for row in UNITS if left >= row[1]), UNITS[-1])
    return format_timedelta(
        left // span * span,
        granularity=unit,
        threshold=10,
        add_direction=True,
        locale=locale_of(language),
    )


def presence_text(presence: Presence) -> str:
    words = {
        Presence.STAYS: _("You stay"),
        Presence.COMES: _("You come"),
        Presence.BOTH_COME: _("Both come"),
        Presence.ONLINE: _("Online"),
    }
    return str(words[presence])


@lru_cache(maxsize=1024)
def country_text(code: str, language: str) -> str:
    return str(locale_of(language).territories.get(code.upper(), code)) if code else ""


def languages_text(codes: tuple[str, ...], language: str) -> str:
    """``French, English``"""
    names = locale_of(language).languages
    return str(_(", ")).join(str(names.get(code, code)) for code in codes)


def about_parts(person: Person, language: str) -> list[str]:
    """Job, organisation, country and languages, as far as they are known."""
    parts = (
        person.job,
        person.organisation,
        country_text(person.country, language),
        languages_text(person.spoken, language),
    )
    return [part for part in parts if part]


def interpreter_text(interpreter: InterpreterName | None, language: str) -> str:
    if interpreter is None:
        return ""
    languages = languages_text(interpreter.languages, language)
    name = isolate(interpreter.name)
    return str(_("Interpreter: %(name)s (%(languages)s)", name=name, languages=languages))


def zone_text(spot: Spot | None, language: str) -> str:
    """The place's own name and its part of the venue."""
    if spot is None:
        return ""
    return " · ".join(
        text for text in (pick(spot.names, language), pick(spot.zone, language)) if text
    )


def item_kind(item: Item) -> str:
    return str(KIND_NAMES[item.kind])


def item_places(item: Item, language: str) -> list[str]:
    """Place and zone, as far as they are given."""
    return [text for texts in (item.venue, item.zone) if (text := pick(texts, language))]


def item_line(item: Item, language: str) -> str:
    """One line: when, what, where."""
    when = f"{short_day_text(item.starts_at.date(), language)} " + span_text(
        item.starts_at, item.ends_at, language
    )
    parts = (pick(item.titles, language), *item_places(item, language))
    return when + colon(language) + comma(language).join(isolate(plain(part)) for part in parts)


def days_text(first: date, last: date, language: str) -> str:
    """``14–15 October 2026``"""
    if first == last:
        return day_text(first, language)
    return str(format_interval(first, last, "yMMMd", locale=locale_of(language)))


def free_text(slots: int) -> str:
    return str(ngettext("Free", "Free (%(num)s slots)", slots))


def summary_text(agenda: Agenda) -> str:
    slots = sum(free.slots for free in agenda.free)
    meetings = ngettext("%(num)s meeting", "%(num)s meetings", len(agenda.meetings))
    return " · ".join((meetings, ngettext("%(num)s free slot", "%(num)s free slots", slots)))


def edition_text(edition: Edition, language: str) -> str:
    """Version and print time, for the foot of every sheet."""
    moment = moment_text(edition.printed_at, edition.zone, language)
    text = str(
        _(
            "Version %(number)s · printed %(moment)s (%(zone)s)",
            number=edition.number,
            moment=isolate(moment),
            zone=isolate(edition.zone),
        )
    )
    return " · ".join(part for part in (text, preliminary_text(edition)) if part)


def preliminary_text(edition: Edition) -> str:
    """What stands on everything that is made of a preliminary version; else nothing."""
    if not edition.is_preliminary:
        return ""
    return str(_("Preliminary: times and places may change"))


def change_text(change: Change, language: str) -> str:
    """One line: what happened, when, where, with whom."""
    before = meeting_text(change.before, language) if change.before else ""
    after = meeting_text(change.after, language) if change.after else ""
    if change.kind == "new":
        return str(_("New: %(meeting)s", meeting=after))
    if change.kind == "fallen":
        return str(_("Cancelled: %(meeting)s", meeting=before))
    if change.kind == "moved":
        assert change.before is not None
        return str(
            _(
                "Moved: %(meeting)s (until now %(before)s)",
                meeting=after,
                before=_when_where(change.before, language),
            )
        )
    return str(_("Changed: %(meeting)s", meeting=after))


def meeting_text(meeting: AgendaMeeting, language: str) -> str:
    """``Wed 14 Oct, 09:20–09:40, T07 · Hall 1: Bilal Haddad (Atlas)``"""
    people = comma(language).join(
        isolate(partner.name)
        + (f" ({isolate(partner.organisation)})" if partner.organisation else "")
        for partner in meeting.partners
    )
    return f"{_when_where(meeting, language)}{colon(language)}{people}"


def _when_where(meeting: AgendaMeeting, language: str) -> str:
    day = short_day_text(meeting.starts_at.date(), language)
    hours = span_text(meeting.starts_at, meeting.ends_at, language)
    where = meeting.place or str(_("Online"))
    zone = zone_text(meeting.spot, language)
    place = " · ".join(isolate(part) for part in (where, zone) if part)
    return comma(language).join((day, hours, place))
