"""Mailing, MailingRecipient."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts, now, refers


class Mailing(OfEvent, Base):
    """A mail to several people, in each language in which it is written. ``audience`` says to
    whom; who got it stands in the notices that sending made. What is sent stays as it is.
    """

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'sent')", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        Index(None, "event_id", "created_at"),
    )

    subjects: Mapped[Texts] = mapped_column(default=dict)
    bodies: Mapped[Texts] = mapped_column(default=dict)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class MailingRecipient(Base):
    """Somebody who was ticked for a mailing. Who is deleted is no recipient any more."""

    __tablename__ = "mailing_recipient"
    __table_args__ = (
        refers("mailing", "mailing_id", cascade=True),
        refers("participant", "participant_id", cascade=True),
        Index(None, "event_id", "participant_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    mailing_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
