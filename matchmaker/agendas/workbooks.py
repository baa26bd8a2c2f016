"""Spreadsheets of the published schedule: all meetings, all agendas, what was not placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.agendas import wording
from matchmaker.agendas.agenda import Agenda, AgendaMeeting, Booking, Person, plain
from matchmaker.languages import direction
from matchmaker.schedules.names import Names
from matchmaker.schedules.unplaced import Missing
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

Row = Sequence[str | int | None]


def meetings_workbook(bookings: Iterable[Booking]) -> bytes:
    """One row per meeting, by time and place."""
    header = [
        _("Day"), _("Start"), _("End"), _("Place"), _("Zone"), _("Online room"),
        _("First person"), _("Organisation"), _("Second person"), _("Organisation"),
        _("Others"), _("Interpreter"),
    ]  # fmt: skip
    return _workbook(_("Meetings"), header, [_meeting_row(booking) for booking in bookings])


def agendas_workbook(agendas: Iterable[Agenda]) -> bytes:
    """One row per participant and meeting: the agendas of all, to filter and to mail-merge."""
    header = [
        _("Participant"), _("Organisation"), _("Day"), _("Start"), _("End"), _("Place"),
        _("Zone"), _("Meets"), _("Organisation"), _("Country"), _("Stays or comes"),
        _("Interpreter"), _("Version"),
    ]  # fmt: skip
    rows = [_agenda_row(agenda, meeting) for agenda in agendas for meeting in agenda.meetings]
    return _workbook(_("Agendas"), header, rows)


def unplaced_workbook(missing: Iterable[Missing], names: Names) -> bytes:
    """One row per wished meeting that has no slot, with its reason as a sentence."""
    header = [
        _("First person"), _("Organisation"), _("Second person"), _("Organisation"),
        _("Weight"), _("Rule"), _("Reason"),
    ]  # fmt: skip
    return _workbook(_("Not placed"), header, [_missing_row(row, names) for row in missing])


def _workbook(name: str, header: Sequence[str], rows: Sequence[Row]) -> bytes:
    right_to_left = direction(current_language()) == "rtl"
    widths = [max((len(str(row[i] or "")) for row in rows), default=0) for i in range(len(header))]
    widths = [max(width, len(title)) + 2 for width, title in zip(widths, header, strict=True)]
    sheet = Sheet(name=name, header=header, rows=rows, right_to_left=right_to_left, widths=widths)
    return write_xlsx([sheet])


def _times(starts_at: datetime, ends_at: datetime) -> list[str]:
    """ISO day and 24-hour times, which every spreadsheet sorts."""
    return [f"{starts_at:%Y-%m-%d}", f"{starts_at:%H:%M}", f"{ends_at:%H:%M}"]


def _meeting_row(booking: Booking) -> Row:
    first, second = (*booking.people, None, None)[:2]
    return [
        *_times(booking.starts_at, booking.ends_at),
        booking.spot.code if booking.spot else "",
        wording.zone_text(booking.spot, current_language()),
        booking.room,
        *_person(first),
        *_person(second),
        ", ".join(person.name for person in booking.people[2:]),
        booking.interpreter.name if booking.interpreter else "",
    ]


def _agenda_row(agenda: Agenda, meeting: AgendaMeeting) -> Row:
    language = current_language()
    countries = [wording.country_text(partner.country, language) for partner in meeting.partners]
    return [
        *_person(agenda.person),
        *_times(meeting.starts_at, meeting.ends_at),
        meeting.place,
        wording.zone_text(meeting.spot, language),
        ", ".join(partner.name for partner in meeting.partners),
        ", ".join(partner.organisation for partner in meeting.partners if partner.organisation),
        ", ".join(country for country in countries if country),
        wording.presence_text(meeting.presence),
        meeting.interpreter.name if meeting.interpreter else "",
        agenda.edition.number,
    ]


def _missing_row(row: Missing, names: Names) -> Row:
    cells: list[str | int] = []
    for side in (*row.sides, [], [])[:2]:
        cells.append(" / ".join(plain(names.person(person)) for person in side))
        cells.append(plain(names.organisation(side[0])) if side else "")
    return [*cells, row.weight, row.rule, plain(row.sentence.striptags())]


def _person(person: Person | None) -> list[str]:
    return [person.name, person.organisation] if person else ["", ""]
