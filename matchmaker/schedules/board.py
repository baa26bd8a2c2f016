"""The board: places down, slots of one day across, who meets whom in the cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Place, PlaceClosure, Slot
from matchmaker.paging import Page
from matchmaker.schedules.models import PlaceBooking, ScheduledMeeting, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import BookedMeeting, chosen_meetings, meetings_of

ONLINE = ""  # the row of meetings that need neither table nor room
ROWS = 25  # on a page of the screen; whoever wants all rows prints the whole board
SHADES = 5
Cells = dict[tuple[str, str], list[BookedMeeting]]


@dataclass(frozen=True)
class Row:
    """A place and what happens there; no code stands for online without a room."""

    key: str
    code: str
    cells: tuple[Sequence[BookedMeeting], ...]
    closed: tuple[bool, ...]


@dataclass(frozen=True)
class Frame:
    """One day: the slots, and a page of rows."""

    day: date
    slots: tuple[Slot, ...]
    page: Page  # ids and codes; on a board whole rows


@dataclass(frozen=True)
class Board(Frame):
    """With what happens there."""

    heaviest: int

    @property
    def people(self) -> set[str]:
        """Whom this page names."""
        return {
            person
            for row in self.page.rows
            for meetings in row.cells
            for meeting in meetings
            for person in meeting.people
        }

    def shade(self, weight: int) -> int:
        """1 (light) … 5 (most wanted), among the meetings of this version."""
        return 1 + (SHADES - 1) * weight // max(1, self.heaviest)


class Boards:
    """The days of a version, drawn one by one or all at once."""

    def __init__(self, session: Session, version: Version) -> None:
        self.session, self.version = session, version
        self.slots = session.scalars(
            select(Slot).where(Slot.event_id == version.event_id).order_by(Slot.starts_at)
        ).all()
        self.position = {slot.id: number for number, slot in enumerate(self.slots)}
        self.days = tuple(sorted({slot.starts_at.date() for slot in self.slots}))
        self.heaviest = session.scalar(_of(func.max(ScheduledMeeting.weight), version)) or 1

    @cached_property
    def names(self) -> Names:
        """Of everybody in the event."""
        return Names(self.session, self.version.event_id)

    def draw(
        self, wanted: str | None, number: int, only: Collection[str] | None = None
    ) -> Board | None:
        """A page of one day; None without any slot. ``only``: of its rows no others than these."""
        frame = self.frame(wanted, number)
        if frame is None:
            return None
        page = frame.page
        if only is not None:
            page = page.filled(lambda rows: [row for row in rows if row[0] in only])
        ids = self.meetings_on(frame.day, [key for key, _code in page.rows])
        return self._board(frame.day, page, chosen_meetings(self.session, self.version, ids))

    def frame(self, wanted: str | None, number: int) -> Frame | None:
        """The same without its meetings, of the first day where ``wanted`` names none."""
        if not self.days:
            return None
        day = next((day for day in self.days if day.isoformat() == wanted), self.days[0])
        return Frame(day, self.slots_of(day), Page.of(self.rows(day), number, ROWS))

    def draw_all(self) -> list[Board]:
        """Every day with every place, for the printer."""
        meetings = meetings_of(self.session, self.version)
        boards = []
        for day in self.days:
            places = self.rows(day)
            boards.append(self._board(day, Page(places, 1, len(places)), meetings))
        return boards

    def _board(self, day: date, page: Page, meetings: Iterable[BookedMeeting]) -> Board:
        slots = self.slots_of(day)
        cells, closed = self._cells(meetings), self.closed()
        rows = [
            Row(
                key=key,
                code=code,
                cells=tuple(cells.get((key, slot.id), ()) for slot in slots),
                closed=tuple((key, slot.id) in closed for slot in slots),
            )
            for key, code in page.rows
        ]
        return Board(day, slots, page.filled(lambda _places: rows), self.heaviest)

    def slots_of(self, day: date) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.starts_at.date() == day)

    def rows(self, day: date) -> list[tuple[str, str]]:
        """Ids and codes; the last is for meetings without a place, where the day has any."""
        query = select(Place.id, Place.code).where(Place.event_id == self.version.event_id)
        rows = self.session.execute(query.order_by(Place.kind, Place.code))
        places = [(row.id, row.code) for row in rows]
        return [*places, (ONLINE, "")] if self._online_on(day) else places

    def _online_on(self, day: date) -> Sequence[str]:
        """Meetings without a place or a room; none reaches over the end of a day."""
        query = _of(ScheduledMeeting.meeting_id, self.version).where(
            ScheduledMeeting.place_id.is_(None),
            ScheduledMeeting.room_id.is_(None),
            ScheduledMeeting.slot_id.in_([slot.id for slot in self.slots_of(day)]),
        )
        return self.session.scalars(query).all()

    def meetings_on(self, day: date, places: list[str]) -> set[str]:
        slots = [slot.id for slot in self.slots_of(day)]
        booked = select(PlaceBooking.meeting_id).where(
            PlaceBooking.event_id == self.version.event_id,
            PlaceBooking.version_id == self.version.id,
            PlaceBooking.place_id.in_(places),
            PlaceBooking.slot_id.in_(slots),
        )
        online = self._online_on(day) if ONLINE in places else ()
        return {*self.session.scalars(booked), *online}

    def _cells(self, meetings: Iterable[BookedMeeting]) -> Cells:
        """Meetings by row and slot, in each slot that they occupy."""
        cells: Cells = {}
        for meeting in meetings:
            first = self.position[meeting.slot_id]
            for slot in self.slots[first : first + meeting.length]:
                for key in self.keys_of(meeting):
                    cells.setdefault((key, slot.id), []).append(meeting)
        return cells

    def keys_of(self, meeting: BookedMeeting) -> set[str]:
        """The rows in which a meeting stands."""
        return {place for place in (meeting.place_id, meeting.room_id) if place} or {ONLINE}

    def closed(self) -> set[tuple[str, str]]:
        rows = self.session.execute(
            select(PlaceClosure.place_id, PlaceClosure.slot_id).where(
                PlaceClosure.event_id == self.version.event_id
            )
        )
        return {(row.place_id, row.slot_id) for row in rows}


def _of(what: Any, version: Version) -> Any:
    return select(what).where(
        ScheduledMeeting.event_id == version.event_id, ScheduledMeeting.version_id == version.id
    )
