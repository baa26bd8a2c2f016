"""Notice, StoppedKind, MailSettings."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, new_id, now, refers

STATES = ("waiting", "posted", "dropped")


class Notice(OfEvent, Base):
    """Something to tell a participant. ``about`` holds ids only: the words are made on sending,
    from what is true then. ``cause`` makes it unique, also long after it was sent.
    """

    __tablename__ = "notice"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        UniqueConstraint("event_id", "cause"),
        CheckConstraint("state IN ('waiting', 'posted', 'dropped')", name="state"),
        Index(None, "state", "due_at"),
        Index(None, "event_id", "participant_id"),
    )

    participant_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(30))
    about: Mapped[dict[str, Any]] = mapped_column(default=dict)
    cause: Mapped[str] = mapped_column(String(200), default=new_id)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    mail_id: Mapped[str | None] = mapped_column(String(40))  # which told it


class StoppedKind(Base):
    """A kind of news that a participant does not want."""

    __tablename__ = "stopped_kind"
    __table_args__ = (refers("participant", "participant_id", cascade=True),)

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    stopped_at: Mapped[datetime] = mapped_column(default=now)


class MailSettings(Base):
    """When an event writes; no row means these defaults."""

    __tablename__ = "mail_settings"
    __table_args__ = (
        CheckConstraint("digest_minutes BETWEEN 0 AND 1440", name="digest_minutes"),
        CheckConstraint("reminder_days BETWEEN 0 AND 60", name="reminder_days"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    digest_minutes: Mapped[int] = mapped_column(default=60)
    reminder_days: Mapped[int] = mapped_column(default=3)  # between reminders; 0: none
    writes_day_before: Mapped[bool] = mapped_column(default=True)
    day_before_at: Mapped[time] = mapped_column(default=time(17))  # wall time of the event
