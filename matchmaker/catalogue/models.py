"""Document, DocumentStamp, Outdated, Bookmark."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, new_id, now, refers

# Compared letter by letter on every database: the texts are folded already.
Folded = String(500).with_variant(String(500, collation="C"), "postgresql")
OF_PERSON = text("entry_id IS NULL")


class Document(Base):
    """What the catalogue knows of a person who can be found, or of one of their entries: words
    that are folded already, the weightier first. ``digest`` is that of everything else here.

    Written by ``indexing`` alone. The words themselves are indexed in ``document_words``, which
    each database has in its own way (see ``fulltext``).
    """

    __tablename__ = "document"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        refers("entry", "entry_id", cascade=True),
        Index(
            "uq_document_person", "event_id", "participant_id",
            unique=True, sqlite_where=OF_PERSON, postgresql_where=OF_PERSON,
        ),
        Index("uq_document_entry", "event_id", "entry_id", unique=True),
        Index(None, "event_id", "participant_id"),
        Index(None, "event_id", "digest"),
    )  # fmt: skip

    number: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(40))
    participant_id: Mapped[str] = mapped_column(String(80))
    entry_id: Mapped[str | None] = mapped_column(String(80))
    organisation_id: Mapped[str | None] = mapped_column(String(80))
    names: Mapped[str] = mapped_column(Text)
    titles: Mapped[str] = mapped_column(Text)
    texts: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Folded)
    organisation_key: Mapped[str] = mapped_column(Folded)
    codes: Mapped[dict[str, Any]]  # facet → codes
    created_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(32))


class DocumentStamp(Base):
    """Another one after every change of an event's documents, and never one that was there
    before: what is remembered of them is true as long as it stands here (see ``remembering``).
    """

    __tablename__ = "document_stamp"

    event_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    stamp: Mapped[str] = mapped_column(String(16), default=new_id)


class Outdated(Base):
    """Somebody whose documents do not say any more what is true. The database's triggers write
    these rows, whoever changes what; no transaction of ours is committed with one in it.
    """

    __tablename__ = "outdated"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(40))
    participant_id: Mapped[str] = mapped_column(String(80))


class Bookmark(Base):
    """Somebody whom a participant wants to find again; nobody else sees it."""

    __tablename__ = "bookmark"
    __table_args__ = (
        refers("participant", "from_id", cascade=True),
        refers("participant", "to_id", cascade=True),
        Index(None, "event_id", "to_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    from_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    to_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
