"""How far the journal of an event has come."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.journal.models import JournalEntry

Stamp = tuple[int, str]  # how many entries, and when the last was written


def stamp_of(session: Session, event_id: str) -> Stamp:
    """The same as long as nothing of the event is noted: what was worked out then is still true."""
    of_event = JournalEntry.event_id == event_id
    count, last = session.execute(
        select(func.count(), func.max(JournalEntry.at)).where(of_event)
    ).one()
    return count, str(last)
