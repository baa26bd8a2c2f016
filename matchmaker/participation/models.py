"""ParticipationType, Question, QuestionOption, QuestionType."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts, refers
from matchmaker.vocabularies.models import LONGEST_CODE

QUESTION_KINDS = ("text", "long", "choice", "choices", "yes_no")
AUDIENCES = ("organisers", "participants")


class ParticipationType(OfEvent, Base):
    """As what somebody takes part. Participants refer to (event, code): the code never changes,
    and a type that somebody has cannot go.
    """

    __tablename__ = "participation_type"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("max_meetings >= 1", name="max_meetings"),
        CheckConstraint("request_limit >= 0", name="request_limit"),
        CheckConstraint("incoming_limit >= 0", name="incoming_limit"),
        Index(None, "event_id", "position"),
    )

    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    names: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    at_registration: Mapped[bool] = mapped_column(default=True)  # people may choose it themselves
    by_hand: Mapped[bool] = mapped_column(default=False)  # an organiser validates each
    max_meetings: Mapped[int | None]  # of each participant who has no number of their own
    request_limit: Mapped[int | None]  # wishes that each may send; None: as the event says
    incoming_limit: Mapped[int | None]  # and that each may get


class Question(OfEvent, Base):
    """What an organiser asks at registration beside what every event asks."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'long', 'choice', 'choices', 'yes_no')", name="kind"),
        CheckConstraint("audience IN ('organisers', 'participants')", name="audience"),
        Index(None, "event_id", "position"),
    )

    kind: Mapped[str] = mapped_column(String(10))
    labels: Mapped[Texts] = mapped_column(default=dict)
    hints: Mapped[Texts] = mapped_column(default=dict)
    is_required: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(String(15), default="organisers")  # who sees answers
    is_active: Mapped[bool] = mapped_column(default=True)  # asked
    position: Mapped[int] = mapped_column(default=0)


class QuestionOption(Base):
    """A choice of a question; one that somebody chose cannot go."""

    __tablename__ = "question_option"
    __table_args__ = (refers("question", "question_id", cascade=True),)

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    code: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True)
    labels: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)


class QuestionType(Base):
    """Of which types a question is asked; without a row, of everybody."""

    __tablename__ = "question_type"
    __table_args__ = (
        refers("question", "question_id", cascade=True),
        ForeignKeyConstraint(
            ["event_id", "type_code"],
            ["participation_type.event_id", "participation_type.code"],
            ondelete="CASCADE",
        ),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    type_code: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True)
