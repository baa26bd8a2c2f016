"""iCalendar: one event per meeting, which later versions move or cancel, never double.

The UID stays with meeting and participant, SEQUENCE is the number of the version in which the
meeting changed last, and what an earlier version held and this one does not is there as
CANCELLED. A version that leaves an agenda as it was leaves its calendar the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from icalendar import Calendar, Event

from matchmaker.accounts.localisation import speak
from matchmaker.agendas import wording
from matchmaker.agendas.agenda import Agenda, AgendaMeeting, Booking, Edition
from matchmaker.agendas.history import RemovedMeeting, Stamp
from matchmaker.agendas.sheets import live_address
from matchmaker.clock import zone_of
from matchmaker.languages import pick

PRODUCT = "-//Matchmaker//Agenda//EN"
REFRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Span:
    """What every entry of a calendar needs: which, when, and in which version."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    edition: Edition
    stamp: Stamp


def agenda_calendar(
    agenda: Agenda, removed: Iterable[RemovedMeeting], stamps: Mapping[str, Stamp]
) -> bytes:
    """The participant's meetings in their language, without anybody's address."""
    with speak(agenda.language):
        entries = [_meeting(agenda, meeting, stamps[meeting.id]) for meeting in agenda.meetings]
        entries += [_removed(agenda, meeting, stamps[meeting.id]) for meeting in removed]
        name = f"{pick(agenda.edition.names, agenda.language)} · {agenda.person.name}"
        return _write(name, agenda.edition, entries)


def event_calendar(edition: Edition, bookings: Iterable[Booking]) -> bytes:
    """Every meeting, for the organisers."""
    with speak(edition.language):
        entries = [_booking(edition, booking) for booking in bookings]
        return _write(pick(edition.names, edition.language), edition, entries)


def empty_calendar(name: str) -> bytes:
    """Before anything is published: a subscription that will fill."""
    return bytes(_frame(name).to_ical())


def uid_of(*parts: str) -> str:
    """Always the same for the same things, and telling nothing about them."""
    return f"{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:40]}@matchmaker"


def _meeting(agenda: Agenda, meeting: AgendaMeeting, stamp: Stamp) -> Event:
    uid = uid_of(agenda.edition.event_id, meeting.id, agenda.person.id)
    entry = _entry(Span(uid, meeting.starts_at, meeting.ends_at, agenda.edition, stamp))
    entry.add("summary", ", ".join(partner.name for partner in meeting.partners))
    places = (meeting.place, wording.zone_text(meeting.spot, agenda.language))
    entry.add("location", ", ".join(text for text in places if text) or _("Online"))
    entry.add("description", "\n".join(_lines(agenda, meeting)))
    entry.add("url", live_address(agenda.secret))
    entry.add("status", _status(agenda.edition))
    return entry


def _lines(agenda: Agenda, meeting: AgendaMeeting) -> list[str]:
    about = [
        " · ".join((partner.name, *wording.about_parts(partner, agenda.language)))
        for partner in meeting.partners
    ]
    interpreter = wording.interpreter_text(meeting.interpreter, agenda.language)
    mark = wording.preliminary_text(agenda.edition)
    lines = [mark, *about, wording.presence_text(meeting.presence), interpreter]
    return [line for line in lines if line]


def _removed(agenda: Agenda, meeting: RemovedMeeting, stamp: Stamp) -> Event:
    uid = uid_of(agenda.edition.event_id, meeting.id, agenda.person.id)
    entry = _entry(Span(uid, meeting.starts_at, meeting.ends_at, agenda.edition, stamp))
    entry.add("summary", str(_("Cancelled")))
    entry.add("status", "CANCELLED")
    entry.add("transp", "TRANSPARENT")
    return entry


def _booking(edition: Edition, booking: Booking) -> Event:
    uid = uid_of(edition.event_id, booking.id)
    stamp = Stamp(edition.number, edition.published_at)
    entry = _entry(Span(uid, booking.starts_at, booking.ends_at, edition, stamp))
    entry.add("summary", " – ".join(person.name for person in booking.people))
    code = booking.spot.code if booking.spot else ""
    places = (code, booking.room, wording.zone_text(booking.spot, edition.language))
    entry.add("location", ", ".join(text for text in places if text) or _("Online"))
    entry.add("status", _status(edition))
    return entry


def _status(edition: Edition) -> str:
    return "TENTATIVE" if edition.is_preliminary else "CONFIRMED"


def _entry(span: Span) -> Event:
    zone = zone_of(span.edition.zone)
    entry = Event()
    entry.add("uid", span.uid)
    entry.add("dtstamp", span.stamp.at)
    entry.add("last-modified", span.stamp.at)
    entry.add("dtstart", span.starts_at.replace(tzinfo=zone))
    entry.add("dtend", span.ends_at.replace(tzinfo=zone))
    entry.add("sequence", span.stamp.number)
    return entry


def _frame(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    return calendar


def _write(name: str, edition: Edition, entries: Iterable[Any]) -> bytes:
    calendar = _frame(name)
    for entry in entries:
        calendar.add_component(entry)
    # From the year before on, so that the offset in force on the first day is written too.
    calendar.add_missing_timezones(
        first_date=date(edition.first_day.year - 1, 1, 1),
        last_date=date(edition.last_day.year + 1, 12, 31),
    )
    return bytes(calendar.to_ical())
