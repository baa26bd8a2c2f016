"""JournalEntry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, new_id, now


class JournalEntry(Base):
    """One change of one row. It outlives what it speaks of, hence no foreign keys."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index(None, "event_id", "at"), Index(None, "row_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[str | None] = mapped_column(String(40))
    event_id: Mapped[str | None] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(20))  # added, changed, removed, or a verb
    table: Mapped[str] = mapped_column("table_name", String(40))
    row_id: Mapped[str] = mapped_column(String(200))
    columns: Mapped[list[str]] = mapped_column(default=list)
