"""ProgrammeItem, ProgrammeType, ProgrammeSignup."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts, now, refers
from matchmaker.vocabularies.models import LONGEST_CODE

KINDS = ("plenary", "pitch", "workshop", "visit", "social", "other")
ATTENDANCES = ("open", "all", "sign_up")
STATES = ("attends", "waits", "left")
LONGEST_SPEAKERS = 500


class ProgrammeItem(OfEvent, Base):
    """``attendance``: open, come who will; all, everybody is there; sign_up, who has signed up.
    One that somebody may know of is cancelled and not removed: calendars have to hear of it.
    """

    __tablename__ = "programme_item"
    __table_args__ = (
        refers("zone", "zone_id"),
        CheckConstraint(
            "kind IN ('plenary', 'pitch', 'workshop', 'visit', 'social', 'other')", name="kind"
        ),
        CheckConstraint("attendance IN ('open', 'all', 'sign_up')", name="attendance"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("places IS NULL OR attendance = 'sign_up'", name="counted"),
        Index(None, "event_id", "starts_at"),
    )

    kind: Mapped[str] = mapped_column(String(10), default="plenary")
    titles: Mapped[Texts] = mapped_column(default=dict)
    abouts: Mapped[Texts] = mapped_column(default=dict)
    starts_at: Mapped[datetime] = mapped_column(DateTime)  # wall time, no zone
    ends_at: Mapped[datetime] = mapped_column(DateTime)
    venue: Mapped[Texts] = mapped_column(default=dict)
    zone_id: Mapped[str | None] = mapped_column(String(80))
    speakers: Mapped[str] = mapped_column(String(LONGEST_SPEAKERS), default="")
    attendance: Mapped[str] = mapped_column(String(10), default="open")
    places: Mapped[int | None]  # None: room for everybody
    changes: Mapped[int] = mapped_column(default=0)  # of what a calendar shows
    changed_at: Mapped[datetime] = mapped_column(default=now)
    cancelled_at: Mapped[datetime | None]


class ProgrammeType(Base):
    """An item is for these participation types; one without a row is for everybody."""

    __tablename__ = "programme_type"
    __table_args__ = (
        refers("programme_item", "item_id", cascade=True),
        ForeignKeyConstraint(
            ["event_id", "type_code"],
            ["participation_type.event_id", "participation_type.code"],
            ondelete="CASCADE",
        ),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    type_code: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True)


class ProgrammeSignup(Base):
    """Somebody has signed up, waits for a place, or has left again, which a calendar must hear."""

    __tablename__ = "programme_signup"
    __table_args__ = (
        refers("programme_item", "item_id", cascade=True),
        refers("participant", "participant_id", cascade=True),
        CheckConstraint("state IN ('attends', 'waits', 'left')", name="state"),
        Index(None, "event_id", "participant_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(default=now)  # those who wait move up in this order
    changes: Mapped[int] = mapped_column(default=0)
