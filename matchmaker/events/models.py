"""Event, Phase, Membership, MeetingSession, Slot, Zone, Walk, Place, Interpreter."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts, new_id, now, refers

# Each of the first four may do what those after it may; see ``events.access``.
ROLES = ("owner", "organiser", "helper", "desk", "reader", "delegation")
PLACE_KINDS = ("table", "stand", "online", "quiet")
PHASES = ("registration", "wishes", "scheduling", "published", "day")  # in this order


class Event(Base):
    """One forum. Wall times everywhere; ``zone`` says which wall."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("slot_minutes > 0", name="slot_minutes"),
        CheckConstraint("changeover_minutes >= 0", name="changeover_minutes"),
        CheckConstraint("keep_days >= 1", name="keep_days"),
        Index("uq_event_id_zone", "id", "zone", unique=True),  # what is published refers to both
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    names: Mapped[Texts] = mapped_column(default=dict)
    venue: Mapped[Texts] = mapped_column(default=dict)
    welcome: Mapped[Texts] = mapped_column(default=dict)
    host: Mapped[Texts] = mapped_column(default=dict)  # who organises
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    contact_phone: Mapped[str] = mapped_column(String(320), default="")
    website: Mapped[str] = mapped_column(String(320), default="")
    tells_who_comes: Mapped[bool] = mapped_column(default=True)  # on the public page, in numbers
    zone: Mapped[str] = mapped_column(String(60), default="Africa/Casablanca")
    language: Mapped[str] = mapped_column(String(5), default="fr")
    slot_minutes: Mapped[int] = mapped_column(default=20)
    changeover_minutes: Mapped[int] = mapped_column(default=5)
    top_weight: Mapped[int] = mapped_column(default=10)
    like_weight: Mapped[int] = mapped_column(default=4)
    mutual_weight: Mapped[int] = mapped_column(default=5)
    top_limit: Mapped[int] = mapped_column(default=5)
    needs_acceptance: Mapped[bool] = mapped_column(default=False)
    validates_by_hand: Mapped[bool] = mapped_column(default=False)
    consent_version: Mapped[str] = mapped_column(String(20), default="1")
    keep_days: Mapped[int] = mapped_column(default=180)  # its people, after its last day
    people_erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Phase(Base):
    """When a part of an event is open: from and until a wall time, where either is given, unless
    the organiser has opened or closed it by hand. Without a row it has no dates.
    """

    __tablename__ = "phase"
    __table_args__ = (
        CheckConstraint(
            "name IN ('registration', 'wishes', 'scheduling', 'published', 'day')", name="name"
        ),
        CheckConstraint("opens_at < closes_at", name="order"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    opens_at: Mapped[datetime | None] = mapped_column(DateTime)  # wall time, no zone
    closes_at: Mapped[datetime | None] = mapped_column(DateTime)
    by_hand: Mapped[bool | None]  # open or closed whatever the dates say; None: the dates decide


class Membership(Base):
    """What an account may do at an event: one duty, and beside it a delegation to look after."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "role IN ('owner', 'organiser', 'helper', 'desk', 'reader', 'delegation')",
            name="role",
        ),
        Index(None, "event_id"),
        Index(
            "uq_membership_one_duty",
            "account_id",
            "event_id",
            unique=True,
            sqlite_where=text("role <> 'delegation'"),
            postgresql_where=text("role <> 'delegation'"),
        ),
    )

    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    delegation_id: Mapped[str | None] = mapped_column(String(80))


class MeetingSession(OfEvent, Base):
    """A run of consecutive slots without a pause (day 1 morning)."""

    __tablename__ = "session"
    __table_args__ = (CheckConstraint("starts < ends", name="order"),)

    names: Mapped[Texts] = mapped_column(default=dict)
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]


class Slot(OfEvent, Base):
    """One meeting-long piece of wall time; slots of one event do not overlap."""

    __tablename__ = "slot"
    __table_args__ = (
        refers("session", "session_id", cascade=True),
        UniqueConstraint("event_id", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="order"),
    )

    session_id: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime] = mapped_column(DateTime)  # wall time, no zone
    ends_at: Mapped[datetime] = mapped_column(DateTime)


class Zone(OfEvent, Base):
    """A part of the venue, such as a hall."""

    __tablename__ = "zone"

    names: Mapped[Texts] = mapped_column(default=dict)


class Walk(Base):
    """Minutes on foot between two zones, given once for both directions."""

    __tablename__ = "walk"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "from_id"], ["zone.event_id", "zone.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["event_id", "to_id"], ["zone.event_id", "zone.id"], ondelete="CASCADE"
        ),
        CheckConstraint("from_id < to_id", name="once"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    from_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    to_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    minutes: Mapped[int]


class Place(OfEvent, Base):
    """Where meetings take place; ``code`` is what stands on it (T07)."""

    __tablename__ = "place"
    __table_args__ = (
        refers("zone", "zone_id"),
        UniqueConstraint("event_id", "code"),
        CheckConstraint("kind IN ('table', 'stand', 'online', 'quiet')", name="kind"),
        CheckConstraint("capacity >= 1", name="capacity"),
    )

    code: Mapped[str] = mapped_column(String(40))
    names: Mapped[Texts] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(String(10), default="table")
    zone_id: Mapped[str | None] = mapped_column(String(80))
    capacity: Mapped[int] = mapped_column(default=1)


class PlaceSeat(Base):
    """The numbers 1 … capacity of a place: what a booking may use, by foreign key."""

    __tablename__ = "place_seat"
    __table_args__ = (
        refers("place", "place_id", cascade=True),
        CheckConstraint("seat >= 1", name="seat"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    place_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)


class PlaceClosure(Base):
    """A place is closed in a slot."""

    __tablename__ = "place_closure"
    __table_args__ = (
        refers("place", "place_id", cascade=True),
        refers("slot", "slot_id", cascade=True),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    place_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class Interpreter(OfEvent, Base):
    """Serves one meeting per slot between two of ``languages``."""

    __tablename__ = "interpreter"

    name: Mapped[str] = mapped_column(String(200))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)


class InterpreterAbsence(Base):
    __tablename__ = "interpreter_absence"
    __table_args__ = (
        refers("interpreter", "interpreter_id", cascade=True),
        refers("slot", "slot_id", cascade=True),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    interpreter_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)


def seats_of(place: Place) -> list[dict[str, Any]]:
    """The seat rows that belong to a place of this capacity."""
    return [
        {"event_id": place.event_id, "place_id": place.id, "seat": seat}
        for seat in range(1, place.capacity + 1)
    ]
