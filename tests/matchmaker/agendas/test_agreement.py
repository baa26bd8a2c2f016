"""Screen, PDF, calendar and spreadsheet say what the database says (O10)."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pypdf
from flask import Flask
from icalendar import Calendar
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import Agenda
from matchmaker.agendas.calendars import agenda_calendar
from matchmaker.agendas.history import Stamp
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.queries import agendas_of
from matchmaker.agendas.sheets import agenda_sheet
from matchmaker.agendas.workbooks import agendas_workbook

Said = set[tuple[str, str, str]]  # start, partner, place
SPAN = re.compile(r"(\d\d:\d\d)–\d\d:\d\d")


class Reader(HTMLParser):
    """Start, people and place of each meeting of an agenda's page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: Said = set()
        self.start, self.part = "", ""
        self.place = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "time":
            self.start = str(values["datetime"])[11:16]
        self.part = str(values.get("class", "")) if tag == "bdi" else ""

    def handle_data(self, data: str) -> None:
        if self.part == "place" and self.start:
            self.place = data
        elif self.part == "person" and self.start:
            self.said.add((self.start, data, self.place))
        self.part = ""


def in_database(session: Session, event_id: str) -> dict[str, Said]:
    """Straight from the rows, without the code under test."""
    rows = session.execute(
        text("""
        SELECT me.participant_id, slot.starts_at, you.first_name, you.last_name, meeting.place_id,
               meeting.room_id, mine.remote
        FROM person_booking me
        JOIN person_booking other ON other.event_id = me.event_id
             AND other.version_id = me.version_id AND other.meeting_id = me.meeting_id
             AND other.slot_id = me.slot_id AND other.participant_id <> me.participant_id
        JOIN participant you ON you.event_id = me.event_id AND you.id = other.participant_id
        JOIN participant mine ON mine.event_id = me.event_id AND mine.id = me.participant_id
        JOIN scheduled_meeting meeting ON meeting.event_id = me.event_id
             AND meeting.version_id = me.version_id AND meeting.meeting_id = me.meeting_id
        JOIN slot ON slot.event_id = me.event_id AND slot.id = me.slot_id
        WHERE me.event_id = :event"""),
        {"event": event_id},
    )
    found: dict[str, Said] = {}
    for me, starts_at, first, last, place, room, remote in rows:
        where = " · ".join(code for code in (None if remote else place, room) if code)
        found.setdefault(me, set()).add((str(starts_at)[11:16], f"{first} {last}", where))
    return found


def in_page(app: Flask, agenda: Agenda) -> Said:
    reader = Reader()
    reader.feed(app.test_client().get(f"/a/{agenda.secret}").text)
    return reader.said


def in_calendar(agenda: Agenda) -> Said:
    stamp = Stamp(1, agenda.edition.published_at)
    stamps = {meeting.id: stamp for meeting in agenda.meetings}
    events = Calendar.from_ical(agenda_calendar(agenda, (), stamps)).walk("VEVENT")
    return {
        (f"{event.decoded('dtstart'):%H:%M}", str(event["summary"]), place_in(event["location"]))
        for event in events
    }


def place_in(location: Any) -> str:
    return str(location).split(",")[0]


def in_workbook(agendas: list[Agenda]) -> dict[str, Said]:
    names = {agenda.person.name: agenda.person.id for agenda in agendas}
    rows = CalamineWorkbook.from_filelike(io.BytesIO(agendas_workbook(agendas)))
    found: dict[str, Said] = {}
    for row in rows.get_sheet_by_index(0).to_python()[1:]:
        found.setdefault(names[str(row[0])], set()).add((str(row[3]), str(row[7]), str(row[5])))
    return found


def in_pdf(agenda: Agenda, said: Said) -> Said:
    """Which of these are printed: the words between one meeting's time and the next time."""
    _head, *parts = SPAN.split(pdf_text(agenda))
    rows = {start: set(row.split()) for start, row in zip(parts[::2], parts[1::2], strict=True)}
    return {row for row in said if {*row[1].split(), *row[2].split()} <= rows.get(row[0], set())}


def pdf_text(agenda: Agenda) -> str:
    data = print_one("agenda", agenda_sheet(agenda), "Agenda")
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return re.sub("[\u2066-\u2069\u200b]", "", "\n".join(page.extract_text() for page in pages))


def test_every_output_says_what_the_database_says(app: Flask, session: Session, forum: Any) -> None:
    agendas = agendas_of(session, forum.event, forum.version)
    rows = in_database(session, forum.event.id)
    said = {agenda.person.id: rows.get(agenda.person.id, set()) for agenda in agendas}
    session.rollback()
    assert sum(map(len, said.values())) == 8
    assert in_workbook(agendas) == {person: found for person, found in said.items() if found}
    for agenda in agendas:
        expected = said[agenda.person.id]
        assert in_page(app, agenda) == expected
        assert in_calendar(agenda) == expected
        assert in_pdf(agenda, expected) == expected


def test_the_pdf_prints_no_meeting_that_is_not_there(session: Session, forum: Any) -> None:
    for agenda in agendas_of(session, forum.event, forum.version):
        entries = (*agenda.meetings, *agenda.free)
        times = SPAN.findall(pdf_text(agenda))
        assert times == sorted(f"{entry.starts_at:%H:%M}" for entry in entries)
