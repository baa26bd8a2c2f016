"""Change: the log of a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now, refers

KINDS = ("open", "move", "swap", "place", "cancel", "lock", "unlock", "solve", "undo", "import")


class Change(Base):
    """One change of a draft, by ids. ``number`` is the draft's revision after it: it stands in
    the key, so that of two writers who both go on from one revision the second is refused.

    ``before`` and ``after`` have an entry for each meeting touched: how it stood, or null where
    it was not placed. ``undone`` is the number of the change that this one takes back.
    """

    __tablename__ = "draft_change"
    __table_args__ = (
        refers("version", "version_id", cascade=True),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("number >= 0", name="number"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone: Mapped[int | None]
    account_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(default=now)
