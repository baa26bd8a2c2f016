"""What a change of the set-up does to schedules: what is published is set right, and said.

Meetings of the published schedule for which a place or an interpreter is there no longer go
elsewhere at the same time, with the same people; where there is no way, they are taken out.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.events.foresight import Outcome, watches
from matchmaker.events.models import Event, InterpreterAbsence, PlaceClosure, Slot
from matchmaker.schedules import bridge
from matchmaker.schedules.amending import amend, hold_published, tell_touched
from matchmaker.schedules.models import InterpreterBooking, PlaceBooking, Version
from matchmaker.schedules.queries import chosen_meetings, published_version
from matchmaker.schedules.yielding import unpublished_ids

Pairs = set[tuple[str, str]]  # a place or an interpreter, and a slot


@watches
def removed_schedules(session: Session, event: Event) -> Outcome:
    before = unpublished_ids(session, event.id)

    def outcome() -> Sequence[str]:
        gone = before - unpublished_ids(session, event.id)
        if not gone:
            return []
        return [
            ngettext(
                "%(num)s schedule that was never published uses this and is removed.",
                "%(num)s schedules that were never published use this and are removed.",
                len(gone),
            )
        ]

    return outcome


@watches
def homeless_meetings(session: Session, event: Event) -> Outcome:
    before = _lacking(session, event)

    def outcome() -> Sequence[str]:
        new = _lacking(session, event) - before
        version = published_version(session, event.id)
        ids = _meetings_at(session, event, version, new) if version and new else set()
        return _set_right(session, event, ids) if ids else []

    return outcome


@watches
def broken_rules(session: Session, event: Event) -> Outcome:
    """Of meetings that stay where they are: what is published is only judged anew when another
    schedule is made or changed.
    """
    before = _broken(session, event)

    def outcome() -> Sequence[str]:
        new = _broken(session, event) - before
        version = published_version(session, event.id)
        if not new or version is None:
            return []
        return [
            ngettext(
                "The published schedule would not keep the rules for %(num)s person then. It stays "
                "as it is until another is published.",
                "The published schedule would not keep the rules for %(num)s people then. It stays "
                "as it is until another is published.",
                len(_people(session, version, new)),
            )
        ]

    return outcome


def _broken(session: Session, event: Event) -> set[bridge.Broken]:
    version = published_version(session, event.id)
    if version is None:
        return set()
    return set(bridge.broken_now(session, event, version.problem, version.schedule))


def _people(session: Session, version: Version, broken: set[bridge.Broken]) -> set[str]:
    """Those whom a broken rule names, or else those in its meetings."""
    named = {person for row in broken for person in row.participants}
    ids = {meeting for row in broken if not row.participants for meeting in row.meetings}
    rows = chosen_meetings(session, version, ids) if ids else []
    return named | {person for row in rows for person in row.people}


def _lacking(session: Session, event: Event) -> Pairs:
    """Who and what is not there, of the slots to come: what was closed is history."""
    ahead = select(Slot.id).where(
        Slot.event_id == event.id, Slot.starts_at > wall_now(event.zone).replace(tzinfo=None)
    )
    closed = session.execute(
        select(PlaceClosure.place_id, PlaceClosure.slot_id).where(
            PlaceClosure.event_id == event.id, PlaceClosure.slot_id.in_(ahead)
        )
    )
    away = session.execute(
        select(InterpreterAbsence.interpreter_id, InterpreterAbsence.slot_id).where(
            InterpreterAbsence.event_id == event.id, InterpreterAbsence.slot_id.in_(ahead)
        )
    )
    return {(one, slot) for rows in (closed, away) for one, slot in rows}


def _meetings_at(session: Session, event: Event, version: Version, pairs: Pairs) -> set[str]:
    found: set[str] = set()
    for table, column in (
        (PlaceBooking, PlaceBooking.place_id),
        (InterpreterBooking, InterpreterBooking.interpreter_id),
    ):
        rows = session.execute(
            select(table.meeting_id, column, table.slot_id).where(
                table.event_id == event.id,
                table.version_id == version.id,
                column.in_({one for one, _slot in pairs}),
            )
        )
        found |= {meeting for meeting, one, slot in rows if (one, slot) in pairs}
    return found


def _set_right(session: Session, event: Event, ids: set[str]) -> list[str]:
    """Publish the schedule anew without a meeting where none can be."""
    version = hold_published(session, event)
    moved, lost = bridge.at_the_same_time(session, event, version.problem, version.schedule, ids)
    problem = bridge.brought_up_to_date(session, event, version.problem, ())
    new = amend(session, event, version, gone=lost, back=moved, problem=problem)
    if not new.is_preliminary:
        tell_touched(session, event, (version, new), ids, at_once=True)
    people = {person for row in chosen_meetings(session, version, ids) for person in row.people}
    return _sentences(version, new, len(moved), len(lost), len(people))


def _sentences(version: Version, new: Version, moved: int, lost: int, people: int) -> list[str]:
    lines = []
    if moved:
        lines.append(
            ngettext(
                "%(num)s meeting of version %(number)s, which is published, goes elsewhere at the "
                "same time.",
                "%(num)s meetings of version %(number)s, which is published, go elsewhere at the "
                "same time.",
                moved,
                number=version.number,
            )
        )
    if lost:
        lines.append(
            ngettext(
                "%(num)s meeting of version %(number)s, which is published, finds no other place "
                "or interpreter at its time and is taken out.",
                "%(num)s meetings of version %(number)s, which is published, find no other place "
                "or interpreter at their time and are taken out.",
                lost,
                number=version.number,
            )
        )
    if new.is_preliminary:
        return [*lines, _told_nobody(new)]
    told = ngettext(
        "Version %(number)s is published with it, and %(num)s person is told.",
        "Version %(number)s is published with it, and %(num)s people are told.",
        people,
        number=new.number,
    )
    return [*lines, told]


def _told_nobody(new: Version) -> str:
    return str(
        _(
            "Version %(number)s is published with it; as it is preliminary, nobody is written to.",
            number=new.number,
        )
    )
