"""ParticipationType."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts
from matchmaker.vocabularies.models import LONGEST_CODE


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
