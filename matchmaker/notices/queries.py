"""What waits to be told, and when an event writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.notices.kinds import KINDS
from matchmaker.notices.models import MailSettings, Notice

DIGEST = tuple(kind.code for kind in KINDS.values() if kind.pace == "digest")
Key = tuple[str, str]  # event, participant


def settings_of(session: Session, event_id: str) -> MailSettings:
    """The event's settings, or the defaults."""
    found = session.get(MailSettings, event_id)
    if found is not None:
        return found
    columns = MailSettings.__table__.columns
    defaults = {c.name: c.default.arg for c in columns if c.default is not None}
    return MailSettings(event_id=event_id, **defaults)


def due_people(session: Session, moment: datetime, most: int) -> Sequence[Key]:
    """Who has to be told something by this moment, the longest waiting first."""
    rows = session.execute(
        select(Notice.event_id, Notice.participant_id)
        .where(Notice.state == "waiting", Notice.due_at <= moment)
        .order_by(Notice.due_at)
        .limit(most)
    )
    return list(dict.fromkeys((row.event_id, row.participant_id) for row in rows))


def waiting_for(session: Session, key: Key, moment: datetime) -> list[Notice]:
    """What goes into this person's mail now: what is due and, where any of a digest is due, all
    of it. The rows are held until the transaction ends, so that no other worker sends them.
    """
    rows = session.scalars(
        select(Notice)
        .where(
            Notice.event_id == key[0], Notice.participant_id == key[1], Notice.state == "waiting"
        )
        .order_by(Notice.created_at, Notice.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    due = [row for row in rows if row.due_at <= moment]
    if any(row.kind in DIGEST for row in due):
        return [row for row in rows if row.kind in DIGEST or row.due_at <= moment]
    return due
