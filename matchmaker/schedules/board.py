"""The board: places down, slots of one day across, who meets whom in the cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Place, PlaceClosure, Slot
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import BookedMeeting, meetings_of

ONLINE = ""  # the row of meetings that need neither table nor room
PAGE_LENGTH = 100
SHADES = 5
Cells = dict[tuple[str, str], list[BookedMeeting]]


@dataclass(frozen=True)
class Row:
    """A place and what happens there; ``place`` None stands for online without a room."""

    place: Place | None
    cells: tuple[tuple[BookedMeeting, ...], ...]
    closed: tuple[bool, ...]


@dataclass(frozen=True)
class Board:
    days: tuple[date, ...]
    day: date | None
    slots: tuple[Slot, ...]
    rows: tuple[Row, ...]
    page: int
    last_page: int
    heaviest: int

    def shade(self, weight: int) -> int:
        """1 (light) … 5 (most wanted), among the meetings of this version."""
        return 1 + (SHADES - 1) * weight // max(1, self.heaviest)


def make_board(session: Session, version: Version, wanted: str | None, page: int) -> Board:
    """One day of a version; the first day where ``wanted`` names none."""
    slots = session.scalars(
        select(Slot).where(Slot.event_id == version.event_id).order_by(Slot.starts_at)
    ).all()
    days = tuple(sorted({slot.starts_at.date() for slot in slots}))
    day = next((each for each in days if each.isoformat() == wanted), days[0] if days else None)
    of_day = tuple(slot for slot in slots if slot.starts_at.date() == day)
    meetings = meetings_of(session, version)
    rows = _rows(session, version, of_day, _cells(meetings, slots))
    last_page = max(1, -(-len(rows) // PAGE_LENGTH))
    page = min(max(1, page), last_page)
    return Board(
        days=days,
        day=day,
        slots=of_day,
        rows=tuple(rows[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]),
        page=page,
        last_page=last_page,
        heaviest=max((meeting.weight for meeting in meetings), default=1),
    )


def _cells(meetings: Iterable[BookedMeeting], slots: Iterable[Slot]) -> Cells:
    """Meetings by place and slot, in each slot that they occupy."""
    ids = [slot.id for slot in slots]
    position = {slot_id: number for number, slot_id in enumerate(ids)}
    cells: Cells = {}
    for meeting in meetings:
        first = position[meeting.slot_id]
        where = {meeting.place_id, meeting.room_id} - {None} or {ONLINE}
        for slot_id in ids[first : first + meeting.length]:
            for place in where:
                cells.setdefault((str(place), slot_id), []).append(meeting)
    return cells


def _rows(session: Session, version: Version, slots: tuple[Slot, ...], cells: Cells) -> list[Row]:
    places = session.scalars(
        select(Place).where(Place.event_id == version.event_id).order_by(Place.kind, Place.code)
    ).all()
    closures = session.scalars(
        select(PlaceClosure).where(PlaceClosure.event_id == version.event_id)
    )
    closed = {(row.place_id, row.slot_id) for row in closures}
    rows = [_row(place, place.id, slots, cells, closed) for place in places]
    online = _row(None, ONLINE, slots, cells, closed)
    return [*rows, online] if any(online.cells) else rows


def _row(
    place: Place | None,
    place_id: str,
    slots: tuple[Slot, ...],
    cells: Cells,
    closed: set[tuple[str, str]],
) -> Row:
    return Row(
        place=place,
        cells=tuple(tuple(cells.get((place_id, slot.id), ())) for slot in slots),
        closed=tuple((place_id, slot.id) in closed for slot in slots),
    )
