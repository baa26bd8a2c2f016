"""EventLimits, SessionLimit, Pause, PauseSlot, PauseTaker, RestWish."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts, refers

PAUSE_KINDS = ("lunch", "prayer", "other")


class EventLimits(Base):
    """What holds for everybody; without a row nothing is limited."""

    __tablename__ = "event_limits"
    __table_args__ = (CheckConstraint("in_a_row >= 1", name="in_a_row"),)

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    in_a_row: Mapped[int | None]  # meetings without a free slot between, within a session
    organisations_once: Mapped[bool] = mapped_column(default=False)


class SessionLimit(Base):
    """The most meetings that anybody has in a session."""

    __tablename__ = "session_limit"
    __table_args__ = (
        refers("session", "session_id", cascade=True),
        CheckConstraint("most >= 1", name="most"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    most: Mapped[int]


class Pause(OfEvent, Base):
    """Some of these slots stay without a meeting: all of them where ``free`` is not given, else
    as many, whichever they are. Of everybody, or of those who choose it.
    """

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("kind IN ('lunch', 'prayer', 'other')", name="kind"),
        CheckConstraint("free >= 1", name="free"),
    )

    names: Mapped[Texts] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(String(10), default="lunch")
    free: Mapped[int | None]
    by_choice: Mapped[bool] = mapped_column(default=False)


class PauseSlot(Base):
    __tablename__ = "pause_slot"
    __table_args__ = (
        refers("pause", "pause_id", cascade=True),
        refers("slot", "slot_id", cascade=True),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    pause_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class PauseTaker(Base):
    """Somebody takes a pause by choice. Nobody but the person and organisers may know."""

    __tablename__ = "pause_taker"
    __table_args__ = (
        refers("pause", "pause_id", cascade=True),
        refers("participant", "participant_id", cascade=True),
        Index(None, "event_id", "participant_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    pause_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class RestWish(Base):
    """Somebody wants fewer meetings in a row than the event allows."""

    __tablename__ = "rest_wish"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        CheckConstraint("in_a_row >= 1", name="in_a_row"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    in_a_row: Mapped[int]
