"""Whether this installation can do its work, said without saying anything of its data."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from matchmaker.clock import check_zone_tables
from matchmaker.config import Misconfigured
from matchmaker.database import mark_reading, now
from matchmaker.journal.models import JournalEntry
from matchmaker.mails.models import Mail
from matchmaker.schedules.models import Run

LATE_AFTER = timedelta(minutes=5)


def check_readiness(session: Session) -> dict[str, bool]:
    """Each part and whether it works."""
    database = _can_write(session)
    return {
        "database": database,
        "queue": database and _is_on_time(session),
        "zone_tables": _has_zone_tables(),
    }


def _can_write(session: Session) -> bool:
    """A row is written for real and taken back: full disks and read-only ones show here."""
    mark_reading(False)
    try:
        session.execute(insert(JournalEntry).values(action="ready", table="none", row_id="none"))
    except SQLAlchemyError:
        return False
    finally:
        session.rollback()
        mark_reading(True)
    return True


def _is_on_time(session: Session) -> bool:
    """Nothing that is due has waited for minutes: the worker lives."""
    oldest: list[datetime | None] = [
        session.scalar(select(func.min(Mail.next_try_at)).where(Mail.state == "waiting")),
        session.scalar(select(func.min(Run.created_at)).where(Run.state == "waiting")),
    ]
    return all(moment is None or moment > now() - LATE_AFTER for moment in oldest)


def _has_zone_tables() -> bool:
    try:
        check_zone_tables()
    except Misconfigured:
        return False
    return True
