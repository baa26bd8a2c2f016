"""iCalendar: one event per meeting and programme item, which later versions move or cancel, never
double.

The UID stays with meeting and participant, SEQUENCE is the number of the version in which the
meeting changed last, and what an earlier version held and this one does not is there as
CANCELLED. A version that leaves an agenda as it was leaves its calendar the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from icalendar import Event

from matchmaker.accounts.localisation import speak
from matchmaker.agendas import wording
from matchmaker.agendas.agenda import Agenda, AgendaMeeting, Booking, Edition
from matchmaker.agendas.history import RemovedMeeting, Stamp
from matchmaker.agendas.ics import Span, cancelled, entry_of, frame, uid_of, write
from matchmaker.agendas.sheets import live_address
from matchmaker.events.models import Event as Forum
from matchmaker.languages import pick
from matchmaker.participants.models import Participant
from matchmaker.programme.entries import Entry as Item


def agenda_calendar(
    agenda: Agenda,
    removed: Iterable[RemovedMeeting],
    stamps: Mapping[str, Stamp],
    gone: Iterable[Item] = (),
) -> bytes:
    """The participant's meetings and programme in their language, without anybody's address."""
    edition, person_id = agenda.edition, agenda.person.id
    with speak(agenda.language):
        entries = [_meeting(agenda, meeting, stamps[meeting.id]) for meeting in agenda.meetings]
        entries += [_removed(agenda, meeting, stamps[meeting.id]) for meeting in removed]
        entries += _items(
            agenda.items, gone, (edition.event_id, edition.zone, person_id), agenda.language
        )
        name = f"{pick(edition.names, agenda.language)} · {agenda.person.name}"
        return write(name, (edition.first_day, edition.last_day), entries)


def programme_calendar(
    event: Forum, person: Participant, items: Iterable[Item], gone: Iterable[Item]
) -> bytes:
    """Before anything is published: a subscription that will fill."""
    with speak(person.language):
        entries = _items(items, gone, (event.id, event.zone, person.id), person.language)
        days = [entry.decoded("dtstart").date() for entry in entries]
        name = pick(event.names, person.language)
        if not days:
            return bytes(frame(name).to_ical())
        return write(name, (min(days), max(days)), entries)


def event_calendar(edition: Edition, bookings: Iterable[Booking]) -> bytes:
    """Every meeting, for the organisers."""
    with speak(edition.language):
        entries = [_booking(edition, booking) for booking in bookings]
        name = pick(edition.names, edition.language)
        return write(name, (edition.first_day, edition.last_day), entries)


def _meeting(agenda: Agenda, meeting: AgendaMeeting, stamp: Stamp) -> Event:
    entry = entry_of(_span(agenda, meeting, stamp))
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
    return cancelled(_span(agenda, meeting, stamp), str(_("Cancelled")))


def _span(agenda: Agenda, meeting: AgendaMeeting | RemovedMeeting, stamp: Stamp) -> Span:
    uid = uid_of(agenda.edition.event_id, meeting.id, agenda.person.id)
    zone = agenda.edition.zone
    return Span(uid, meeting.starts_at, meeting.ends_at, zone, stamp.number, stamp.at)


def _items(
    items: Iterable[Item], gone: Iterable[Item], whose: tuple[str, str, str], language: str
) -> list[Event]:
    """``whose``: the event, its zone and the person."""
    return [
        *(_item(item, _item_span(item, whose), language) for item in items),
        *(cancelled(_item_span(item, whose), str(_("Cancelled"))) for item in gone),
    ]


def _item(item: Item, span: Span, language: str) -> Event:
    entry = entry_of(span)
    entry.add("summary", pick(item.titles, language))
    if places := wording.item_places(item, language):
        entry.add("location", ", ".join(places))
    entry.add("description", "\n".join(t for t in (wording.item_kind(item), item.speakers) if t))
    entry.add("status", "CONFIRMED")
    return entry


def _item_span(item: Item, whose: tuple[str, str, str]) -> Span:
    event_id, zone, person_id = whose
    uid = uid_of(event_id, "programme", item.id, person_id)
    return Span(uid, item.starts_at, item.ends_at, zone, item.sequence, item.changed_at)


def _booking(edition: Edition, booking: Booking) -> Event:
    uid = uid_of(edition.event_id, booking.id)
    entry = entry_of(
        Span(
            uid,
            booking.starts_at,
            booking.ends_at,
            edition.zone,
            edition.number,
            edition.published_at,
        )
    )
    entry.add("summary", " – ".join(person.name for person in booking.people))
    code = booking.spot.code if booking.spot else ""
    places = (code, booking.room, wording.zone_text(booking.spot, edition.language))
    entry.add("location", ", ".join(text for text in places if text) or _("Online"))
    entry.add("status", _status(edition))
    return entry


def _status(edition: Edition) -> str:
    return "TENTATIVE" if edition.is_preliminary else "CONFIRMED"
