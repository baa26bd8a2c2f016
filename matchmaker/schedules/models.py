"""Run, Version, Publication, and the rows of a version.

Nobody is double-booked, by construction: a participant's seat, a place's seat and an
interpreter stand in the primary key with version and slot, one row per occupied slot.
"""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now, refers

RUN_STATES = ("waiting", "running", "done", "cancelled", "failed")
IS_OPEN = text("state IN ('waiting', 'running')")


class Run(OfEvent, Base):
    """One call of the solver. This row is the truth; the queue carries only its id.

    ``attempt`` fences: a worker that lost its run to another cannot write any more.
    """

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'cancelled', 'failed')", name="state"
        ),
        CheckConstraint("seconds >= 1", name="seconds"),
        Index(None, "state", "beat_at"),
        Index(  # one run of an event at a time
            "uq_run_one_open",
            "event_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    state: Mapped[str] = mapped_column(String(20), default="waiting")
    wanted: Mapped[str] = mapped_column(String(30), default="nobody_without")  # a usual aim, or own
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the aim itself
    seconds: Mapped[int] = mapped_column(default=60)
    seed: Mapped[int] = mapped_column(default=1)
    attempt: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(80), default="")
    beat_at: Mapped[datetime | None]
    cancel_at: Mapped[datetime | None]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    failure: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="", deferred=True)  # as solved
    problem_sha256: Mapped[str] = mapped_column(String(64), default="")
    scenario: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the set-up has otherwise
    schedule: Mapped[str] = mapped_column(Text, default="", deferred=True)  # of a scenario
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of a scenario, in figures
    version_id: Mapped[str | None] = mapped_column(String(80))
    draft_id: Mapped[str | None] = mapped_column(String(80))  # for which it works, as it was at
    draft_revision: Mapped[int | None]
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Version(OfEvent, Base):
    """A schedule. ``number`` is given on publishing; a published version never changes, nor does
    what a run made. ``revision`` counts the changes of a draft that is made by hand.

    ``is_preliminary``: published to be looked at; it may change, and nobody is written to.
    ``problem`` and ``schedule`` are the texts of the two files, large and rarely needed.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    run_id: Mapped[str | None] = mapped_column(String(80))
    base_id: Mapped[str | None] = mapped_column(String(80))
    number: Mapped[int | None]
    is_preliminary: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(20), default="feasible")
    goals: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"goals": …} as the engine's
    problem: Mapped[str] = mapped_column(Text, default="", deferred=True)
    schedule: Mapped[str] = mapped_column(Text, default="", deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """For changes by hand."""
        return self.revision is not None and self.number is None


class Publication(Base):
    """The pointer to the published version; moved by compare-and-set of ``revision``.

    ``zone`` is the event's own, by foreign key: it cannot change while times are published.
    """

    __tablename__ = "publication"
    __table_args__ = (
        refers("version", "version_id"),
        ForeignKeyConstraint(["event_id", "zone"], ["event.id", "event.zone"]),
        CheckConstraint("(version_id IS NULL) = (zone IS NULL)", name="zone"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[str | None] = mapped_column(String(80))
    zone: Mapped[str | None] = mapped_column(String(60))  # of what is published
    revision: Mapped[int] = mapped_column(default=0)


def _of_version() -> ForeignKeyConstraint:
    return refers("version", "version_id", cascade=True)


def _of_meeting() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["event_id", "version_id", "meeting_id"],
        [
            "scheduled_meeting.event_id",
            "scheduled_meeting.version_id",
            "scheduled_meeting.meeting_id",
        ],
        ondelete="CASCADE",
    )


class ScheduledMeeting(Base):
    """A meeting with slot and place. ``slot_id`` is its first slot; None place: online."""

    __tablename__ = "scheduled_meeting"
    __table_args__ = (
        _of_version(),
        refers("slot", "slot_id"),
        refers("place", "place_id"),
        ForeignKeyConstraint(["event_id", "room_id"], ["place.event_id", "place.id"]),
        refers("interpreter", "interpreter_id"),
        Index(None, "event_id", "version_id", "weight"),  # versions are counted and summed
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(170), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80))
    length: Mapped[int] = mapped_column(default=1)
    place_id: Mapped[str | None] = mapped_column(String(80))
    room_id: Mapped[str | None] = mapped_column(String(80))
    interpreter_id: Mapped[str | None] = mapped_column(String(80))
    weight: Mapped[int] = mapped_column(default=1)
    locked: Mapped[bool] = mapped_column(default=False)


class PersonBooking(Base):
    """One seat of a participant in one slot of one version."""

    __tablename__ = "person_booking"
    __table_args__ = (
        _of_version(),
        _of_meeting(),
        refers("slot", "slot_id"),
        ForeignKeyConstraint(
            ["event_id", "participant_id", "seat"],
            [
                "participant_seat.event_id",
                "participant_seat.participant_id",
                "participant_seat.seat",
            ],
        ),
        Index(None, "event_id", "version_id", "meeting_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(170))
    side: Mapped[int]  # position of this participant's side in the meeting, from 0


class PlaceBooking(Base):
    """One seat of a place (table, stand, room) in one slot of one version."""

    __tablename__ = "place_booking"
    __table_args__ = (
        _of_version(),
        _of_meeting(),
        refers("slot", "slot_id"),
        ForeignKeyConstraint(
            ["event_id", "place_id", "seat"],
            ["place_seat.event_id", "place_seat.place_id", "place_seat.seat"],
        ),
        Index(None, "event_id", "version_id", "meeting_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    place_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(170))


class InterpreterBooking(Base):
    """An interpreter in one slot of one version."""

    __tablename__ = "interpreter_booking"
    __table_args__ = (
        _of_version(),
        _of_meeting(),
        refers("slot", "slot_id"),
        refers("interpreter", "interpreter_id"),
        Index(None, "event_id", "version_id", "meeting_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    interpreter_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(170))


class UnplacedMeeting(Base):
    """A meeting that this version does not hold, with its reason as code and ids."""

    __tablename__ = "unplaced_meeting"
    __table_args__ = (_of_version(), Index(None, "event_id", "version_id", "weight"))

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(170), primary_key=True)
    sides: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"sides": [[id, …], …]}
    weight: Mapped[int] = mapped_column(default=1)
    rule: Mapped[str] = mapped_column(String(30))
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Cancellation(OfEvent, Base):
    """A participant's act after publication: one meeting cancelled, or all of them with the
    person's withdrawal. ``state_before`` is what the person was, to be put back by an undo.
    """

    __tablename__ = "cancellation"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        Index(None, "event_id", "participant_id"),
    )

    participant_id: Mapped[str] = mapped_column(String(80))
    message: Mapped[str] = mapped_column(Text, default="")  # to the partners
    is_whole: Mapped[bool] = mapped_column(default=False)
    state_before: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]


class CancelledMeeting(Base):
    """A meeting that no schedule may hold any more, with what it takes to put it back."""

    __tablename__ = "cancelled_meeting"
    __table_args__ = (refers("cancellation", "cancellation_id", cascade=True),)

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    meeting_id: Mapped[str] = mapped_column(String(170), primary_key=True)
    cancellation_id: Mapped[str] = mapped_column(String(80))
    way: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"asked": …, "placed": …}


class TimeRules(Base):
    """Who fixes the times of meetings, where a session says nothing else; no row: the schedule."""

    __tablename__ = "time_rules"
    __table_args__ = (CheckConstraint("mode IN ('schedule', 'book', 'both')", name="mode"),)

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    mode: Mapped[str] = mapped_column(String(10), default="schedule")


class SessionTimes(Base):
    """Who fixes the times in one session."""

    __tablename__ = "session_times"
    __table_args__ = (
        refers("session", "session_id", cascade=True),
        CheckConstraint("mode IN ('schedule', 'book', 'both')", name="mode"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    mode: Mapped[str] = mapped_column(String(10))


class Booking(Base):
    """A meeting whose time participants have fixed themselves: no run moves it. Where it is says
    the published version; ``way`` is how it was booked, should nothing be published.
    """

    __tablename__ = "booking"
    __table_args__ = (
        refers("participant", "booker_id", cascade=True),
        Index(None, "event_id", "booker_id"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    meeting_id: Mapped[str] = mapped_column(String(170), primary_key=True)
    booker_id: Mapped[str] = mapped_column(String(80))  # who chose the time
    way: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"asked": …, "placed": …}
    created_at: Mapped[datetime] = mapped_column(default=now)
