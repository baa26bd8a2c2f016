"""Entry, EntryTerm, WishEntry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now, refers

KINDS = ("offer", "need", "project", "technology", "funding")
LISTS = ("sector", "industry", "technology")  # of whose terms an entry has some


class Entry(OfEvent, Base):
    """What a participant puts into the marketplace; it goes with its author. Whose organisation
    it is shown under follows the author's.
    """

    __tablename__ = "entry"
    __table_args__ = (
        refers("participant", "author_id", cascade=True),
        CheckConstraint(
            "kind IN ('offer', 'need', 'project', 'technology', 'funding')", name="kind"
        ),
        CheckConstraint("title <> ''", name="title"),
        Index(None, "event_id", "author_id"),
    )

    author_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(5))  # in which it is written
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class EntryTerm(Base):
    """A code of an entry; a term that an entry uses cannot go."""

    __tablename__ = "entry_term"
    __table_args__ = (
        refers("entry", "entry_id", cascade=True),
        ForeignKeyConstraint(
            ["event_id", "kind", "code"], ["term.event_id", "term.kind", "term.code"]
        ),
        Index(None, "event_id", "kind", "code"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)


class WishEntry(Base):
    """The entry that a wish points at. The row goes with either; the wish stays."""

    __tablename__ = "wish_entry"
    __table_args__ = (
        refers("wish", "wish_id", cascade=True),
        refers("entry", "entry_id", cascade=True),
        Index(None, "event_id", "entry_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    wish_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(80))
