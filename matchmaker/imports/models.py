"""Import, ImportTitle: an uploaded spreadsheet between preview and taking over; what its titles
mean.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now


class Import(OfEvent, Base):
    """``rows`` are the cells as read; ``report`` counts what taking over did. Of an import that
    is taken over only the faulty rows stay, with their reasons, until the next one of its kind.
    """

    __tablename__ = "import"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('participants', 'organisations', 'wishes', 'meetings')", name="kind"
        ),
        CheckConstraint("state IN ('preview', 'taken', 'dropped')", name="state"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="preview")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    encoding: Mapped[str] = mapped_column(String(40), default="")
    separator: Mapped[str] = mapped_column(String(4), default="")
    header: Mapped[list[str]] = mapped_column(default=list)
    rows: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # {"rows": [[number, cells], …], "faults": [[row, column, sentence], …]}
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)


class ImportTitle(Base):
    """What an organiser says that a column with this title is, for later files of the event, too;
    an empty ``field`` leaves it out. ``title_key`` is the title without case, accents and spaces.
    """

    __tablename__ = "import_title"
    __table_args__ = (CheckConstraint("title_key <> ''", name="title_key"),)

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    title_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    field: Mapped[str] = mapped_column(String(40))
