"""Writing how meetings stand: the rows of a draft are its truth.

All rows of the meetings concerned go, then the new ones come, in a fixed number of statements;
the keys of the tables refuse a second meeting on a seat whatever was checked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import count
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from matchmaker.drafts.parts import Part
from matchmaker.drafts.states import State
from matchmaker.drafts.ways import span_of
from matchmaker.schedules.bridge import Placed
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    ScheduledMeeting,
    UnplacedMeeting,
    Version,
)

BY_HAND = "by_hand"
BOOKINGS: tuple[Any, ...] = (PersonBooking, PlaceBooking, InterpreterBooking)
TABLES: tuple[Any, ...] = (ScheduledMeeting, *BOOKINGS, UnplacedMeeting)
AT_ONCE = 500  # names in one statement
Row = dict[str, Any]


def rebook(session: Session, part: Part, states: Mapping[str, State]) -> None:
    _clear(session, part.version, list(states))
    rows: dict[Any, list[Row]] = {table: [] for table in TABLES}
    placed = [state for state in states.values() if state.placed is not None]
    slots = {slot for state in placed if state.placed for slot in span_of(part, state.placed)}
    seats = _Seats(session, part.version, slots)
    for name, state in states.items():
        if state.placed is None:
            rows[UnplacedMeeting].append(_unplaced(part, name))
        else:
            rows[ScheduledMeeting].append(_meeting(part, state.placed, locked=state.locked))
            _book(part, seats, state.placed, rows)
    for table, found in rows.items():
        if found:
            session.execute(insert(table), found)


def _clear(session: Session, version: Version, ids: Collection[str]) -> None:
    names = sorted(ids)
    for table in reversed(TABLES):
        for first in range(0, len(names), AT_ONCE):
            session.execute(
                delete(table).where(
                    table.event_id == version.event_id,
                    table.version_id == version.id,
                    table.meeting_id.in_(names[first : first + AT_ONCE]),
                )
            )


def _unplaced(part: Part, name: str) -> Row:
    asked = part.asked[name]
    return {
        **_key(part, name),
        "sides": {"sides": [list(side) for side in asked.sides]},
        "weight": asked.weight,
        "rule": BY_HAND,
        "reason": {"rule": BY_HAND},
    }


def _meeting(part: Part, placed: Placed, *, locked: bool) -> Row:
    asked = part.asked[placed.meeting]
    return {
        **_key(part, placed.meeting),
        "slot_id": placed.slot,
        "length": asked.length,
        "place_id": placed.place,
        "room_id": placed.room,
        "interpreter_id": placed.interpreter,
        "weight": asked.weight,
        "locked": locked,
    }


def _book(part: Part, seats: _Seats, placed: Placed, rows: dict[Any, list[Row]]) -> None:
    for slot in span_of(part, placed):
        where = {**_key(part, placed.meeting), "slot_id": slot}
        for side, person in enumerate(placed.participants):
            seat = seats.take("person", person, slot)
            rows[PersonBooking].append(
                {**where, "participant_id": person, "side": side, "seat": seat}
            )
        for place in filter(None, (placed.place, placed.room)):
            seat = seats.take("place", place, slot)
            rows[PlaceBooking].append({**where, "place_id": place, "seat": seat})
        if placed.interpreter is not None:
            rows[InterpreterBooking].append({**where, "interpreter_id": placed.interpreter})


class _Seats:
    """Which seats of people and places are free in these slots: the first is taken."""

    def __init__(self, session: Session, version: Version, slots: Collection[str]) -> None:
        self.taken: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for kind, table, owner in (
            ("person", PersonBooking, PersonBooking.participant_id),
            ("place", PlaceBooking, PlaceBooking.place_id),
        ):
            query = select(owner, table.slot_id, table.seat).where(
                table.event_id == version.event_id,
                table.version_id == version.id,
                table.slot_id.in_(slots),
            )
            for name, slot, seat in session.execute(query):
                self.taken[kind, name, slot].add(seat)

    def take(self, kind: str, owner: str, slot: str) -> int:
        taken = self.taken[kind, owner, slot]
        seat = next(number for number in count(1) if number not in taken)
        taken.add(seat)
        return seat


def _key(part: Part, name: str) -> Row:
    return {"event_id": part.version.event_id, "version_id": part.version.id, "meeting_id": name}
