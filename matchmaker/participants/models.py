"""Participant, ParticipantSeat, Attendance, Absence, Answer, AnswerOption, Registration."""

from __future__ import annotations

import secrets
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
from matchmaker.participants.naming import shown_name

STATES = ("registered", "validated", "rejected", "withdrawn")


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class Participant(OfEvent, Base):
    """A person, or a stand that several people share. Found by ``email_key``, else by
    ``reference``. ``imported`` keeps what the last import said of each field, so that a later
    import can tell its own values from those edited here.
    """

    __tablename__ = "participant"
    __table_args__ = (
        refers("organisation", "organisation_id"),
        refers("delegation", "delegation_id"),
        refers("place", "place_id"),
        ForeignKeyConstraint(
            ["event_id", "type_code"], ["participation_type.event_id", "participation_type.code"]
        ),
        UniqueConstraint("event_id", "email_key"),
        UniqueConstraint("event_id", "reference"),
        UniqueConstraint("agenda_secret"),
        CheckConstraint(
            "state IN ('registered', 'validated', 'rejected', 'withdrawn')", name="state"
        ),
        CheckConstraint("email_key IS NOT NULL OR reference IS NOT NULL", name="key"),
        CheckConstraint("seats >= 1", name="seats"),
        CheckConstraint("team_role IN ('applicant', 'member', 'manager')", name="team_role"),
        CheckConstraint("team_role = 'member' OR organisation_id IS NOT NULL", name="team"),
        Index(None, "account_id"),
        Index(None, "event_id", "organisation_id"),
        Index(None, "event_id", "type_code"),
    )

    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reference: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(320), default="")
    email_key: Mapped[str | None] = mapped_column(String(320))
    first_name: Mapped[str] = mapped_column(String(120), default="")
    last_name: Mapped[str] = mapped_column(String(120), default="")
    job: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    shares_email: Mapped[bool] = mapped_column(default=True)  # with partners of published meetings
    shares_phone: Mapped[bool] = mapped_column(default=True)
    type_code: Mapped[str | None] = mapped_column(String(60))  # of participation
    language: Mapped[str] = mapped_column(String(5), default="fr")  # of the agenda and mails
    spoken: Mapped[list[str]] = mapped_column(default=list)
    organisation_id: Mapped[str | None] = mapped_column(String(80))
    team_role: Mapped[str] = mapped_column(String(10), default="member")  # in the organisation
    lets_act: Mapped[bool] = mapped_column(default=False)  # colleagues in this person's name
    delegation_id: Mapped[str | None] = mapped_column(String(80))
    place_id: Mapped[str | None] = mapped_column(String(80))  # an own stand or table
    seats: Mapped[int] = mapped_column(default=1)
    remote: Mapped[bool] = mapped_column(default=False)
    attends_all: Mapped[bool] = mapped_column(default=True)  # sessions; else as Attendance says
    max_meetings: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default="registered")
    consent_version: Mapped[str | None] = mapped_column(String(20))
    consent_at: Mapped[datetime | None]
    agenda_secret: Mapped[str] = mapped_column(String(60), default=new_secret)
    imported: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def shown_name(self) -> str:
        return shown_name(self.id, self.first_name, self.last_name, self.reference)


class ParticipantSeat(Base):
    """The numbers 1 … seats of a participant: what a meeting may use, by foreign key."""

    __tablename__ = "participant_seat"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        CheckConstraint("seat >= 1", name="seat"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)


class Attendance(Base):
    """A session that somebody attends who does not attend all; somebody without a row attends
    none. A session that somebody chose cannot go.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        refers("session", "session_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    session_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class Absence(Base):
    """A slot in which a participant cannot meet; nobody else sees why."""

    __tablename__ = "absence"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        refers("slot", "slot_id", cascade=True),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class Answer(Base):
    """What somebody answered to an organiser's question: a text, or yes or no. A question with
    an answer cannot go.
    """

    __tablename__ = "answer"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        refers("question", "question_id"),
        Index(None, "event_id", "question_id"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class AnswerOption(Base):
    """A choice that somebody made; it cannot go either."""

    __tablename__ = "answer_option"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        ForeignKeyConstraint(
            ["event_id", "question_id", "code"],
            ["question_option.event_id", "question_option.question_id", "question_option.code"],
        ),
        Index(None, "event_id", "question_id", "code"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)


class Registration(OfEvent, Base):
    """What somebody has said so far, step by step; it becomes a participant at the end, and is
    empty then. Where the address was registered already it becomes nobody, and stays for whoever
    mistyped it. Whoever holds its token goes on with it; only the hash is kept.
    """

    __tablename__ = "registration"
    __table_args__ = (
        refers("participant", "participant_id", cascade=True),
        UniqueConstraint("token_hash"),
        Index(None, "changed_at"),
        Index(None, "event_id", "participant_id"),
    )

    token_hash: Mapped[str] = mapped_column(String(64))
    email_key: Mapped[str] = mapped_column(String(320), default="")
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by step
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    participant_id: Mapped[str | None] = mapped_column(String(80))  # who came of it
