"""The files of a draft that is changed by hand, written out from its rows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules import bridge
from matchmaker.schedules.models import UnplacedMeeting, Version
from matchmaker.schedules.queries import BookedMeeting, meetings_of


def hold_draft(session: Session, version: Version) -> Version:
    """Nobody else changes or publishes this draft until the transaction ends."""
    this = Version.event_id == version.event_id, Version.id == version.id
    held = select(Version).where(*this).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def files_of(session: Session, version: Version) -> tuple[str, str]:
    """Problem and schedule. Those of an open draft are made here and now, of the event as it is
    now: by its rules each change of the draft was judged.
    """
    if not version.is_open:
        return version.problem, version.schedule
    rows = session.execute(
        select(UnplacedMeeting.meeting_id, UnplacedMeeting.reason).where(
            UnplacedMeeting.event_id == version.event_id,
            UnplacedMeeting.version_id == version.id,
        )
    )
    placed = map(placed_of, meetings_of(session, version))
    unplaced = {row.meeting_id: row.reason for row in rows}
    event = session.get_one(Event, version.event_id)
    problem = bridge.framed_now(session, event, version.problem)
    return bridge.written_by_hand(problem, placed, unplaced)


def write_out(session: Session, version: Version) -> None:
    """Let the texts of an open draft say what its rows say, before it is published."""
    if version.is_open:
        version.problem, version.schedule = files_of(session, version)
        session.flush()


def placed_of(row: BookedMeeting) -> bridge.Placed:
    return bridge.Placed(
        meeting=row.id,
        slot=row.slot_id,
        place=row.place_id,
        room=row.room_id,
        participants=row.people,
        interpreter=row.interpreter_id,
    )
