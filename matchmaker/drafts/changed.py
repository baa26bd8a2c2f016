"""Which meetings somebody has changed in a draft."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.drafts.models import Change
from matchmaker.schedules.models import Version


def changed_meetings(session: Session, draft: Version) -> set[str]:
    """What the log of the draft speaks of."""
    query = select(Change.before, Change.after).where(
        Change.event_id == draft.event_id, Change.version_id == draft.id
    )
    return {name for row in session.execute(query) for part in row for name in part}
