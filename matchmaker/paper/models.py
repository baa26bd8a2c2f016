"""CatalogueNumber."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, refers


class CatalogueNumber(Base):
    """Under which number a person stands in the printed catalogue. It never changes hands: what
    is printed stays true.
    """

    __tablename__ = "catalogue_number"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]
