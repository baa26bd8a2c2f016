"""Mail: a row of the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, new_id, now

STATES = ("waiting", "sending", "sent", "failed", "bounced", "cancelled")


class Mail(Base):
    """``cause`` makes a mail unique (one notice per version and participant). ``stop_url`` is
    where one click ends mails of its kind; ``enclosure`` names a file that is made on sending;
    ``failure`` is the code with which a server refused the mail or sent it back.
    """

    __tablename__ = "mail"
    __table_args__ = (Index(None, "state", "next_try_at"), UniqueConstraint("cause"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_id)
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    cause: Mapped[str] = mapped_column(String(200), default=new_id)
    address: Mapped[str] = mapped_column(String(320))
    reply_to: Mapped[str] = mapped_column(String(320), default="")  # who reads an answer
    sender_name: Mapped[str] = mapped_column(String(200), default="")  # the event's
    language: Mapped[str] = mapped_column(String(5), default="fr")
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    stop_url: Mapped[str] = mapped_column(String(500), default="")
    enclosure: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(20), default="waiting")  # see STATES
    failure: Mapped[str] = mapped_column(String(60), default="")
    attempt: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
