"""Import: an uploaded spreadsheet between preview and taking over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now


class Import(OfEvent, Base):
    """``rows`` are the cells as read; ``report`` counts what taking over did. The cells are
    removed once the import is taken over or dropped.
    """

    __tablename__ = "import"
    __table_args__ = (
        CheckConstraint("kind IN ('participants', 'wishes')", name="kind"),
        CheckConstraint("state IN ('preview', 'taken', 'dropped')", name="state"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="preview")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    encoding: Mapped[str] = mapped_column(String(40), default="")
    separator: Mapped[str] = mapped_column(String(4), default="")
    header: Mapped[list[str]] = mapped_column(default=list)
    rows: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"rows": [[number, cells], …]}
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
