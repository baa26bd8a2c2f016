"""Which schedules give way when a slot, a place or an interpreter of the set-up goes.

A schedule that nobody but organisers has seen goes with what it stands on. One that was
published stays as it was, and with it all that it stands on: the keys of its rows hold that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.foresight import gives_way
from matchmaker.events.models import Event
from matchmaker.events.uses import InUse
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    Run,
    Version,
)
from matchmaker.schedules.queries import published_version


@gives_way
def make_room(session: Session, event: Event, used: InUse) -> None:
    """Remove the unpublished schedules that use it; refuse where a published one does."""
    meetings = _meetings_there(session, event, used)
    if not meetings:
        return
    versions = session.scalars(
        select(Version).where(Version.event_id == event.id, Version.id.in_(meetings))
    ).all()
    kept = [row for row in versions if row.number is not None]
    if kept:
        raise Refusal(_stays(session, event, kept, meetings, is_time=bool(used.slots)))
    _refuse_while_solving(session, event)
    _remove(session, event, [row.id for row in versions])


def unpublished_ids(session: Session, event_id: str) -> set[str]:
    return set(
        session.scalars(
            select(Version.id).where(Version.event_id == event_id, Version.number.is_(None))
        )
    )


def _meetings_there(session: Session, event: Event, used: InUse) -> dict[str, set[str]]:
    """By version, the meetings that stand on what is to go."""
    found: dict[str, set[str]] = {}
    for table, column, ids in (
        (PersonBooking, PersonBooking.slot_id, used.slots),
        (PlaceBooking, PlaceBooking.place_id, used.places | used.crowded),
        (InterpreterBooking, InterpreterBooking.interpreter_id, used.interpreters),
    ):
        rows = session.execute(
            select(table.version_id, table.meeting_id)
            .where(table.event_id == event.id, column.in_(ids))
            .distinct()
        )
        for version_id, meeting_id in rows:
            found.setdefault(version_id, set()).add(meeting_id)
    return found


def _stays(
    session: Session,
    event: Event,
    kept: Sequence[Version],
    meetings: dict[str, set[str]],
    *,
    is_time: bool,
) -> str:
    shown = published_version(session, event.id)
    is_shown = shown is not None and shown in kept
    version = shown if shown and is_shown else max(kept, key=lambda row: row.number or 0)
    count = len(meetings[version.id])
    if is_shown:
        what = ngettext(
            "This stays: %(num)s meeting of version %(number)s, which is published, is there.",
            "This stays: %(num)s meetings of version %(number)s, which is published, are there.",
            count,
            number=version.number,
        )
    else:
        what = ngettext(
            "This stays: %(num)s meeting of version %(number)s, which was published, was there.",
            "This stays: %(num)s meetings of version %(number)s, which was published, were there.",
            count,
            number=version.number,
        )
    return f"{what} {_time_cure() if is_time else _place_cure()}"


def _time_cure() -> str:
    return str(
        _("Close the places at these times instead: no new schedule holds a meeting there then.")
    )


def _place_cure() -> str:
    return str(
        _(
            "Close it in its slots instead: its meetings then go elsewhere at the same time, and "
            "their people are told."
        )
    )


def _refuse_while_solving(session: Session, event: Event) -> None:
    solving = select(Run.id).where(Run.event_id == event.id, Run.state.in_(("waiting", "running")))
    if session.scalar(solving) is not None:
        raise Refusal(
            _("A run is making a schedule with this. Wait for its end, or stop it, then try again.")
        )


def _remove(session: Session, event: Event, ids: Collection[str]) -> None:
    session.execute(
        update(Run).where(Run.event_id == event.id, Run.version_id.in_(ids)).values(version_id=None)
    )
    session.execute(delete(Version).where(Version.event_id == event.id, Version.id.in_(ids)))
    session.expire_all()
