"""Wish, Remark, RequestRules, Barred."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now, refers

GRADES = ("top", "like", "never")
STATES = ("open", "accepted", "declined")


def _as_made(context: Any) -> int:
    """Nothing else is said of the order yet."""
    return int(context.get_current_parameters().get("position") or 0)


class Wish(OfEvent, Base):
    """One participant wants to meet another, or any of the people of an organisation.

    A participant says one thing of another: the pair is unique. ``position`` is the order in
    which wishes were made; the first side of a meeting is the one that was asked first. ``rank``
    is the order in which the wisher puts them, per grade; at first that in which they were made.
    """

    __tablename__ = "wish"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "from_id"], ["participant.event_id", "participant.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["event_id", "to_id"], ["participant.event_id", "participant.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["event_id", "to_organisation_id"],
            ["organisation.event_id", "organisation.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("event_id", "from_id", "to_id"),
        UniqueConstraint("event_id", "from_id", "to_organisation_id"),
        CheckConstraint("from_id <> to_id", name="not_oneself"),
        CheckConstraint("(to_id IS NULL) <> (to_organisation_id IS NULL)", name="one_target"),
        CheckConstraint("grade IN ('top', 'like', 'never')", name="grade"),
        CheckConstraint("state IN ('open', 'accepted', 'declined')", name="state"),
        Index(None, "event_id", "to_id"),
        Index(None, "event_id", "to_organisation_id"),
    )

    from_id: Mapped[str] = mapped_column(String(80))
    to_id: Mapped[str | None] = mapped_column(String(80))
    to_organisation_id: Mapped[str | None] = mapped_column(String(80))
    grade: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="open")
    message: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int] = mapped_column(default=_as_made)
    imported: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    is_late: Mapped[bool] = mapped_column(default=False)  # made after wishes closed
    asked_at: Mapped[datetime] = mapped_column(default=now)  # again later, when it was renewed
    answered_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]  # that it will expire


class Remark(OfEvent, Base):
    """A question about a wish, an answer, or why it was declined: between the wisher and those
    who are asked.
    """

    __tablename__ = "remark"
    __table_args__ = (
        refers("wish", "wish_id", cascade=True),
        refers("participant", "author_id", cascade=True),
        CheckConstraint("text <> ''", name="text"),
        Index(None, "event_id", "wish_id"),
        Index(None, "event_id", "author_id"),
    )

    wish_id: Mapped[str] = mapped_column(String(80))
    author_id: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)


class RequestRules(Base):
    """What an event's organisers say of requests; without a row nothing is limited."""

    __tablename__ = "request_rules"
    __table_args__ = (
        CheckConstraint("hours >= 1", name="hours"),
        CheckConstraint("outgoing >= 0", name="outgoing"),
        CheckConstraint("incoming >= 0", name="incoming"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    hours: Mapped[int | None]  # within which a request is answered; None: it waits for ever
    outgoing: Mapped[int | None]  # most requests that a person sends, if the type says nothing
    incoming: Mapped[int | None]  # and that a person gets


class Barred(Base):
    """Participants of one type do not ask those of another; without rows everybody does."""

    __tablename__ = "barred"
    __table_args__ = tuple(
        ForeignKeyConstraint(
            ["event_id", column],
            ["participation_type.event_id", "participation_type.code"],
            ondelete="CASCADE",
        )
        for column in ("from_code", "to_code")
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    from_code: Mapped[str] = mapped_column(String(60), primary_key=True)
    to_code: Mapped[str] = mapped_column(String(60), primary_key=True)


IN_ORDER = (Wish.rank, Wish.position, Wish.id)  # as their wisher puts them, within a grade
