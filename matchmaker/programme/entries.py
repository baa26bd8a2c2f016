"""Items as they stand in an agenda: plain data, without a session."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.participants.models import Participant
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.queries import attended, items_of, types_by_item
from matchmaker.programme.words import zone_names


@dataclass(frozen=True, slots=True)
class Entry:
    """``sequence`` grows with each change that a calendar has to hear of."""

    id: str
    kind: str
    titles: Texts
    starts_at: datetime  # wall time of the event
    ends_at: datetime
    venue: Texts
    zone: Texts
    speakers: str
    attendance: str
    sequence: int
    changed_at: datetime


def entries_of(
    session: Session, event_id: str, people: Collection[str] | None = None
) -> dict[str, tuple[Entry, ...]]:
    """What each attends, by time."""
    attending = attended(session, event_id, people)
    if not attending:
        return {}
    zones, signups = zone_names(session, event_id), _signups(session, event_id, people)
    return {
        person: tuple(_entry(item, zones, signups.get((item.id, person))) for item in mine)
        for person, mine in attending.items()
    }


def open_entries(session: Session, event_id: str) -> tuple[Entry, ...]:
    """What everybody may come to."""
    zones = zone_names(session, event_id)
    items = items_of(session, event_id)
    return tuple(_entry(item, zones, None) for item in items if item.attendance == "open")


def gone_entries(session: Session, person: Participant) -> tuple[Entry, ...]:
    """What the person attended that does not take place any more, or that they have left."""
    event_id = person.event_id
    here = {row.id for row in attended(session, event_id, [person.id]).get(person.id, ())}
    signups = _signups(session, event_id, [person.id])
    types, zones = types_by_item(session, event_id), zone_names(session, event_id)
    rows = session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event_id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    return tuple(
        _entry(item, zones, signups.get((item.id, person.id)))
        for item in rows
        if item.id not in here
        if (item.id, person.id) in signups or _was_for(item, types.get(item.id), person)
    )


def _was_for(item: ProgrammeItem, types: set[str] | None, person: Participant) -> bool:
    is_gone = item.cancelled_at is not None and item.attendance == "all"
    return is_gone and (types is None or person.type_code in types)


def _signups(
    session: Session, event_id: str, people: Collection[str] | None
) -> dict[tuple[str, str], ProgrammeSignup]:
    query = select(ProgrammeSignup).where(ProgrammeSignup.event_id == event_id)
    if people is not None:
        query = query.where(ProgrammeSignup.participant_id.in_(people))
    return {(row.item_id, row.participant_id): row for row in session.scalars(query)}


def _entry(
    item: ProgrammeItem, zones: Mapping[str | None, Texts], signup: ProgrammeSignup | None
) -> Entry:
    return Entry(
        id=item.id,
        kind=item.kind,
        titles=item.titles,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        venue=item.venue,
        zone=zones.get(item.zone_id, {}),
        speakers=item.speakers,
        attendance=item.attendance,
        sequence=item.changes + (signup.changes if signup else 0),
        changed_at=max(item.changed_at, signup.since) if signup else item.changed_at,
    )
