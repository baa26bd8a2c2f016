"""Organisation, Delegation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts


class Organisation(OfEvent, Base):
    """``name_key`` is the name without case, accents and doubled spaces: one row per name.
    ``imported`` keeps what the last import said of each field, as a participant's does.
    """

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("event_id", "name_key"),)

    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(60), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    street: Mapped[str] = mapped_column(String(300), default="")
    postal_code: Mapped[str] = mapped_column(String(40), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")  # ISO 3166 code
    areas: Mapped[list[str]] = mapped_column(default=list)
    imported: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Delegation(OfEvent, Base):
    """The people whom a cluster organisation brings and looks after."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    code: Mapped[str] = mapped_column(String(60))
    names: Mapped[Texts] = mapped_column(default=dict)
