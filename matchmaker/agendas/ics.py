"""What every iCalendar file is made of: its frame, its entries, and their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from matchmaker.clock import zone_of

PRODUCT = "-//Matchmaker//Agenda//EN"
REFRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Span:
    """What every entry of a calendar needs: which, when, and since when in which version."""

    uid: str
    starts_at: datetime  # wall time
    ends_at: datetime
    zone: str
    number: int
    at: datetime


def uid_of(*parts: str) -> str:
    """Always the same for the same things, and telling nothing about them."""
    return f"{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:40]}@matchmaker"


def entry_of(span: Span) -> Event:
    zone = zone_of(span.zone)
    entry = Event()
    entry.add("uid", span.uid)
    entry.add("dtstamp", span.at)
    entry.add("last-modified", span.at)
    entry.add("dtstart", span.starts_at.replace(tzinfo=zone))
    entry.add("dtend", span.ends_at.replace(tzinfo=zone))
    entry.add("sequence", span.number)
    return entry


def cancelled(span: Span, summary: str) -> Event:
    entry = entry_of(span)
    entry.add("summary", summary)
    entry.add("status", "CANCELLED")
    entry.add("transp", "TRANSPARENT")
    return entry


def frame(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    return calendar


def write(name: str, days: tuple[date, date], entries: Iterable[Any]) -> bytes:
    """``days``: the first and the last."""
    calendar = frame(name)
    for entry in entries:
        calendar.add_component(entry)
    # From the year before on, so that the offset in force on the first day is written too.
    calendar.add_missing_timezones(
        first_date=date(days[0].year - 1, 1, 1), last_date=date(days[1].year + 1, 12, 31)
    )
    return bytes(calendar.to_ical())
