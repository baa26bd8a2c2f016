"""Whom a filter or a segment finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_people
from matchmaker.segments.filters import Filter
from matchmaker.segments.models import ListColumns, Segment

SEARCHED = (Organisation.name, Participant.email, Participant.reference)  # beside the name


def matching(session: Session, event: Event, segment: Segment) -> Select[str]:
    """The ids of whoever fits now, to be joined to or counted; refused where the filter is not
    understood whole.
    """
    return ids_of(session, event.id, Filter.kept(segment.filter))


def ids_of(session: Session, event_id: str, wanted: Filter) -> Select[str]:
    statement = select(Participant.id).where(Participant.event_id == event_id, *wanted.conditions())
    if not wanted.q:
        return statement
    return statement.where(Participant.id.in_(found(session, event_id, wanted)))


def found(session: Session, event_id: str, wanted: Filter) -> list[str]:
    """The same ids in the order of names."""
    return find_people(session, event_id, *wanted.conditions(), q=wanted.q, within=SEARCHED)


def count(session: Session, statement: Select[str]) -> int:
    return session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def segments_of(session: Session, event_id: str) -> Sequence[Segment]:
    return session.scalars(
        select(Segment).where(Segment.event_id == event_id).order_by(Segment.name_key)
    ).all()


def find_segment(session: Session, event_id: str, segment_id: str) -> Segment | None:
    return session.get(Segment, (event_id, segment_id))


def columns_of(session: Session, event_id: str, account_id: str) -> list[str] | None:
    """What an organiser chose to see; None where nothing was chosen."""
    row = session.get(ListColumns, {"event_id": event_id, "account_id": account_id})
    return row.columns if row else None


def keys_by(session: Session, event_id: str, column: Any) -> dict[str, Any]:
    """Participant → the value of a column of participants or their organisations."""
    rows = session.execute(
        select(Participant.id, column)
        .select_from(Participant)
        .outerjoin(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
        )
        .where(Participant.event_id == event_id)
    )
    return dict(rows.all())
