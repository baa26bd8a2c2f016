"""Opening a version for changes by hand: a copy of it, asked as the event asks now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows, new_id, reading
from matchmaker.drafts.models import Change
from matchmaker.events.models import Event
from matchmaker.journal.services import note
from matchmaker.schedules import bridge
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    ScheduledMeeting,
    UnplacedMeeting,
    Version,
)
from matchmaker.schedules.storing import analyze

BY_HAND = "by_hand"
TABLES: tuple[Any, ...] = (
    ScheduledMeeting,
    PersonBooking,
    PlaceBooking,
    InterpreterBooking,
    UnplacedMeeting,
)


def open_draft(
    session: Session, event: Event, version: Version, account_id: str | None = None
) -> Version:
    """A draft that begins as this version; one that is open already is that draft. Commits."""
    if version.is_open:
        return version
    problem = _asked_apart(session, event, version)
    draft = begin_draft(session, event, version, account_id, problem=problem)
    session.commit()
    analyze(session)
    return draft


def begin_draft(
    session: Session,
    event: Event,
    version: Version | None,
    account_id: str | None,
    *,
    problem: str,
) -> Version:
    """The same, which the caller commits; of no version: one in which nothing is placed.
    ``problem`` says what is asked for in it.
    """
    draft = Version(
        event_id=event.id,
        id=new_id(),
        base_id=version.id if version else None,
        run_id=version.run_id if version else None,
        revision=0,
        status=BY_HAND,
        problem=problem,
    )
    session.add(draft)
    session.flush()
    if version is not None:
        for table in TABLES:
            _copy_rows(session, table, version, draft)
    _ask_anew(session, draft)
    session.add(
        Change(event_id=event.id, version_id=draft.id, number=0, kind="open", account_id=account_id)
    )
    note(session, event.id, "opened", "version", draft.id)
    session.flush()
    return draft


def _asked_apart(session: Session, event: Event, version: Version) -> str:
    """What is asked for by now. It takes a second in a large event, in which others may write."""
    session.commit()
    with reading():
        placed = set(session.scalars(_names(ScheduledMeeting, version)))
        problem = bridge.asked_now(session, event, version.problem, placed)
        session.rollback()
    return problem


def _copy_rows(session: Session, table: Any, version: Version, draft: Version) -> None:
    columns = table.__table__.c
    others = [column for column in columns if column.name != "version_id"]
    rows = select(literal(draft.id), *others).where(
        columns.event_id == version.event_id, columns.version_id == version.id
    )
    names = ["version_id", *(column.name for column in others)]
    session.execute(insert(table).from_select(names, rows))


def _ask_anew(session: Session, draft: Version) -> None:
    """What is asked for by now and not placed stands there to be placed; what nobody asks for
    any more does not.
    """
    placed = set(session.scalars(_names(ScheduledMeeting, draft)))
    asked = bridge.asked_meetings(draft.problem)
    unplaced = set(session.scalars(_names(UnplacedMeeting, draft)))
    gone = unplaced - set(asked)
    if gone:
        session.execute(
            delete(UnplacedMeeting).where(
                UnplacedMeeting.event_id == draft.event_id,
                UnplacedMeeting.version_id == draft.id,
                UnplacedMeeting.meeting_id.in_(gone),
            )
        )
    new = sorted(set(asked) - placed - unplaced)
    insert_rows(session, UnplacedMeeting, [_late(draft, asked[name]) for name in new])


def not_placed_yet(
    session: Session, draft: Version, meetings: Iterable[bridge.Meeting]
) -> list[dict[str, Any]]:
    """The rows of these meetings where the draft has none of them: to be placed."""
    known = {*session.scalars(_names(ScheduledMeeting, draft))}
    known |= {*session.scalars(_names(UnplacedMeeting, draft))}
    return [_late(draft, row) for row in meetings if row.id not in known]


def _late(draft: Version, meeting: bridge.Meeting) -> dict[str, Any]:
    return {
        "event_id": draft.event_id,
        "version_id": draft.id,
        "meeting_id": meeting.id,
        "sides": {"sides": [list(side) for side in meeting.sides]},
        "weight": meeting.weight,
        "rule": "late",
        "reason": {"rule": "late"},
    }


def _names(table: Any, draft: Version) -> Any:
    return select(table.meeting_id).where(
        table.event_id == draft.event_id, table.version_id == draft.id
    )
