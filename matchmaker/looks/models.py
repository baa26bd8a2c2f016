"""Look, LookPicture."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, Texts


class Look(Base):
    """The colour as it was chosen; what is shown on a page is made from it."""

    __tablename__ = "look"
    __table_args__ = (
        CheckConstraint("colour = '' OR (colour LIKE '#%' AND length(colour) = 7)", name="colour"),
    )

    event_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    colour: Mapped[str] = mapped_column(String(7), default="")  # empty: Matchmaker's own
    footers: Mapped[Texts] = mapped_column(default=dict)  # of pages, mails and prints
    senders: Mapped[Texts] = mapped_column(default=dict)  # with what mails are signed


class LookPicture(Base):
    """The logo, drawn by us: ``picture`` for paper, ``small`` for screens with slow networks."""

    __tablename__ = "look_picture"

    event_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(32))  # stands in its address
