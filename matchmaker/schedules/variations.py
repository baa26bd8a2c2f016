"""What a scenario has otherwise than the set-up; making the set-up so, to try it or for good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, MeetingSession, Place
from matchmaker.events.places import add_place
from matchmaker.events.timetable import remove_session, replan
from matchmaker.participants.models import Attendance
from matchmaker.schedules.models import ScheduledMeeting


@dataclass(frozen=True)
class Variation:
    """Another length of slots (None: as it is), more tables, and sessions left out."""

    name: str
    slot_minutes: int | None = None
    tables: int = 0
    without: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def variation_from(row: Mapping[str, Any]) -> Variation:
    return Variation(row["name"], row["slot_minutes"], row["tables"], tuple(row["without"]))


def carry(session: Session, event: Event, variation: Variation) -> dict[str, str]:
    """Make the set-up so; the codes of the tables that are new, by id. The caller commits, or
    takes it back.
    """
    for row in session.scalars(
        select(MeetingSession).where(
            MeetingSession.event_id == event.id, MeetingSession.id.in_(variation.without)
        )
    ).all():
        remove_session(session, row)
    if variation.slot_minutes is not None:
        event.slot_minutes = variation.slot_minutes
        session.flush()
        replan(session, event)
    codes = free_codes(session, event.id, "T")
    new = [_table(session, event, next(codes)) for _number in range(variation.tables)]
    return {place.id: place.code for place in new}


def carry_for_a_try(session: Session, event: Event, variation: Variation) -> dict[str, str]:
    """The same, as if nobody had met or chosen anything yet. The caller takes it all back."""
    session.execute(delete(ScheduledMeeting).where(ScheduledMeeting.event_id == event.id))
    session.execute(
        delete(Attendance).where(
            Attendance.event_id == event.id, Attendance.session_id.in_(variation.without)
        )
    )
    return carry(session, event, variation)


def free_codes(session: Session, event_id: str, prefix: str) -> Iterator[str]:
    """``T07``, ``T08`` …: those that no place has."""
    taken = set(session.scalars(select(Place.code).where(Place.event_id == event_id)))
    codes = (f"{prefix}{number:02}" for number in count(1))
    return (code for code in codes if code not in taken)


def _table(session: Session, event: Event, code: str) -> Place:
    return add_place(session, event, code=code, kind="table", names={}, zone_id=None, capacity=1)
