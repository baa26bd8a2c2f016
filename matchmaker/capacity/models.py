"""CapacityStudy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now

OPEN = text("state IN ('waiting', 'running')")


class CapacityStudy(OfEvent, Base):
    """What the engine was asked about the event's capacity, and its answer
    (``matchmaker-capacity/1``). At most one of an event is under way.
    """

    __tablename__ = "capacity_study"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("seconds BETWEEN 5 AND 600", name="seconds"),
        Index(
            "uq_capacity_study_open", "event_id", unique=True,
            sqlite_where=OPEN, postgresql_where=OPEN,
        ),
    )  # fmt: skip

    state: Mapped[str] = mapped_column(String(20), default="waiting")
    seconds: Mapped[int] = mapped_column(default=30)
    attempt: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    problem_sha256: Mapped[str] = mapped_column(String(64), default="")
    demand: Mapped[dict[str, Any]] = mapped_column(default=dict)  # meetings to expect, by slot
    answer: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
