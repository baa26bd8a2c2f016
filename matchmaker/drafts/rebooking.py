"""Writing how meetings stand: the rows of a draft are its truth.

All rows of the meetings concerned go, then the new ones come; the keys of the tables refuse a
second meeting on a seat whatever was checked before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
TABLES = (PersonBooking, PlaceBooking, InterpreterBooking, ScheduledMeeting, UnplacedMeeting)
Row = dict[str, Any]


def rebook(session: Session, part: Part, states: Mapping[str, State]) -> None:
    _clear(session, part.version, states)
    for name, state in states.items():
        if state.placed is None:
            _leave_out(session, part, name)
        else:
            _place(session, part, state.placed, locked=state.locked)


def _clear(session: Session, version: Version, ids: Collection[str]) -> None:
    for table in TABLES:
        session.execute(
            delete(table).where(
                table.event_id == version.event_id,
                table.version_id == version.id,
                table.meeting_id.in_(ids),
            )
        )


def _leave_out(session: Session, part: Part, name: str) -> None:
    asked = part.asked[name]
    row = {
        **_key(part.version),
        "meeting_id": name,
        "sides": {"sides": [list(side) for side in asked.sides]},
        "weight": asked.weight,
        "rule": BY_HAND,
        "reason": {"rule": BY_HAND},
    }
    session.execute(insert(UnplacedMeeting), [row])


def _place(session: Session, part: Part, placed: Placed, *, locked: bool) -> None:
    asked, key = part.asked[placed.meeting], {**_key(part.version), "meeting_id": placed.meeting}
    meeting = {
        **key,
        "slot_id": placed.slot,
        "length": asked.length,
        "place_id": placed.place,
        "room_id": placed.room,
        "interpreter_id": placed.interpreter,
        "weight": asked.weight,
        "locked": locked,
    }
    session.execute(insert(ScheduledMeeting), [meeting])
    for slot in span_of(part, placed):
        for table, rows in _bookings(session, {**key, "slot_id": slot}, placed).items():
            if rows:
                session.execute(insert(table), rows)


def _bookings(session: Session, where: Row, placed: Placed) -> dict[Any, list[Row]]:
    people = [
        {**where, "participant_id": person, "side": side, "seat": _seat(session, where, person)}
        for side, person in enumerate(placed.participants)
    ]
    places = [
        {**where, "place_id": place, "seat": _seat_at(session, where, place)}
        for place in (placed.place, placed.room)
        if place is not None
    ]
    helper = placed.interpreter
    helpers = [{**where, "interpreter_id": helper}] if helper is not None else []
    return {PersonBooking: people, PlaceBooking: places, InterpreterBooking: helpers}


def _seat(session: Session, where: Row, person: str) -> int:
    """The first seat of a participant that is free in the slot."""
    return _free_seat(session, PersonBooking, where, PersonBooking.participant_id == person)


def _seat_at(session: Session, where: Row, place: str) -> int:
    return _free_seat(session, PlaceBooking, where, PlaceBooking.place_id == place)


def _free_seat(session: Session, table: Any, where: Row, owner: Any) -> int:
    taken = set(
        session.scalars(
            select(table.seat).where(
                table.event_id == where["event_id"],
                table.version_id == where["version_id"],
                table.slot_id == where["slot_id"],
                owner,
            )
        )
    )
    return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


def _key(version: Version) -> Row:
    return {"event_id": version.event_id, "version_id": version.id}
