"""PrintPack, PrintedSheet, AgendaKnown, MeetingNote, MoveRequest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, now, refers


class PrintPack(OfEvent, Base):
    """One printing of sheets of a kind: all, those that ``chosen`` leaves, or of these only what
    changed since they were printed last. ``language`` is empty for each recipient's own. ``void``
    names whose earlier sheets hold no longer.

    This row is the truth; the queue carries only its id. ``attempt`` fences: a worker that lost
    the pack cannot write any more. ``file_name`` is random and goes, with its file, after a day.
    """

    __tablename__ = "print_pack"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('agendas', 'cards', 'stands', 'interpreters', 'delegations', 'walls',"
            " 'desk', 'meets')",
            name="kind",
        ),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index(None, "state", "beat_at"),
    )

    kind: Mapped[str] = mapped_column(String(20), default="agendas")
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    language: Mapped[str] = mapped_column(String(5), default="")
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict)  # type, delegation: codes, ids
    changed_only: Mapped[bool] = mapped_column(default=False)
    void: Mapped[list[str]] = mapped_column(default=list)
    version_number: Mapped[int]
    printed: Mapped[int] = mapped_column(default=0)  # sheets made so far
    sheets: Mapped[int] = mapped_column(default=0)  # of how many
    attempt: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    file_name: Mapped[str | None] = mapped_column(String(80))
    created_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class PrintedSheet(Base):
    """What a sheet said when it was printed last, as a fingerprint: sheets that say the same
    still hold and are not printed again. ``subject_id`` is whose it is: a participant, a code.
    """

    __tablename__ = "printed_sheet"

    event_id: Mapped[str] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    version_number: Mapped[int]
    printed_at: Mapped[datetime] = mapped_column(default=now)


class AgendaKnown(Base):
    """Which version of the agenda a participant knows: told by mail, seen on the page."""

    __tablename__ = "agenda_known"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        refers("version", "told_id"),
        refers("version", "seen_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    told_id: Mapped[str | None] = mapped_column(String(80))
    seen_id: Mapped[str | None] = mapped_column(String(80))


class MeetingNote(Base):
    """What a participant writes down about a meeting, for nobody else's eyes."""

    __tablename__ = "meeting_note"
    __table_args__ = (refers("participant", "participant_id", cascade=True),)

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(170), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class MoveRequest(OfEvent, Base):
    """One side asks the other to move their meeting to one of ``slots``; one question per
    meeting is open at a time.
    """

    __tablename__ = "move_request"
    __table_args__ = (
        refers("participant", "asker_id", cascade=True),
        refers("participant", "answerer_id", cascade=True),
        CheckConstraint("asker_id <> answerer_id", name="two"),
        CheckConstraint("state IN ('open', 'accepted', 'declined', 'taken_back')", name="state"),
        Index(
            "uq_move_request_one_open",
            "event_id",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "event_id", "answerer_id"),
        Index(None, "event_id", "asker_id"),
    )

    meeting_id: Mapped[str] = mapped_column(String(170))
    asker_id: Mapped[str] = mapped_column(String(80))
    answerer_id: Mapped[str] = mapped_column(String(80))
    slots: Mapped[list[str]] = mapped_column(default=list)
    message: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="open")
    created_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
