"""Which meetings of a version are somewhere, somewhen, or somebody's: their ids."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.schedules.models import ScheduledMeeting, Version


def meetings_at(session: Session, version: Version, places: Collection[str]) -> list[str]:
    return _ids(session, version, ScheduledMeeting.place_id.in_(places))


def meetings_in(session: Session, version: Version, slots: Collection[str]) -> list[str]:
    """That begin in one of these slots."""
    return _ids(session, version, ScheduledMeeting.slot_id.in_(slots))


def meetings_served(session: Session, version: Version, interpreters: Collection[str]) -> list[str]:
    return _ids(session, version, ScheduledMeeting.interpreter_id.in_(interpreters))


def places_used(session: Session, version: Version) -> set[str]:
    """Where there is any meeting."""
    query = select(ScheduledMeeting.place_id).where(*_of(version)).distinct()
    return {place for place in session.scalars(query) if place}


def _ids(session: Session, version: Version, condition: Any) -> list[str]:
    return list(
        session.scalars(select(ScheduledMeeting.meeting_id).where(*_of(version), condition))
    )


def _of(version: Version) -> tuple[Any, Any]:
    return (
        ScheduledMeeting.event_id == version.event_id,
        ScheduledMeeting.version_id == version.id,
    )
