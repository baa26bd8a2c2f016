"""PrintPack, AgendaKnown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now, refers


class PrintPack(OfEvent, Base):
    """One printing of all agendas or of all place cards. This row is the truth; the queue
    carries only its id. ``attempt`` fences: a worker that lost the pack cannot write any more.
    ``file_name`` is random and goes, with its file, after a day.
    """

    __tablename__ = "print_pack"
    __table_args__ = (
        CheckConstraint("kind IN ('agendas', 'cards')", name="kind"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index(None, "state", "beat_at"),
    )

    kind: Mapped[str] = mapped_column(String(20), default="agendas")
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    version_number: Mapped[int]
    printed: Mapped[int] = mapped_column(default=0)  # sheets made so far
    sheets: Mapped[int] = mapped_column(default=0)  # of how many
    attempt: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    file_name: Mapped[str | None] = mapped_column(String(80))
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class AgendaKnown(Base):
    """Which version of the agenda a participant knows: told by mail, seen on the page."""

    __tablename__ = "agenda_known"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        refers("version", "told_id"),
        refers("version", "seen_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    told_id: Mapped[str | None] = mapped_column(String(80))
    seen_id: Mapped[str | None] = mapped_column(String(80))
