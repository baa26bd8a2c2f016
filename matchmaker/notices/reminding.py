"""Telling people what nobody did just now: whom of many it has not been told yet."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.notices.models import Notice
from matchmaker.notices.services import cause_of


def not_told(
    session: Session, event: Event, people: Collection[str], kind: str, cause: str
) -> list[str]:
    """Those of these people who were never told this."""
    causes = {cause_of(kind, person, cause): person for person in people}
    known = session.scalars(
        select(Notice.cause).where(Notice.event_id == event.id, Notice.kind == kind)
    )
    told = {causes[found] for found in known if found in causes}
    return sorted(set(people) - told)
