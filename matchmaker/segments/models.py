"""Segment, ListColumns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now


class Segment(OfEvent, Base):
    """A named filter of an event's participants: whoever fits when it is asked, never a list of
    people. ``filter`` is what ``filters.Filter`` makes and reads.
    """

    __tablename__ = "segment"
    __table_args__ = (
        UniqueConstraint("event_id", "name_key"),
        CheckConstraint("name_key <> ''", name="name"),
    )

    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(80))
    filter: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)


class ListColumns(Base):
    """The columns that one organiser sees in the list of one event; without a row the usual."""

    __tablename__ = "list_columns"
    __table_args__ = (Index(None, "event_id"),)

    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    columns: Mapped[list[str]] = mapped_column(default=list)
