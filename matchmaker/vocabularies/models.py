"""Term."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Connection, Index, String, UniqueConstraint, event, insert
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from matchmaker.database import Base, OfEvent, Texts, new_id
from matchmaker.events.models import Event
from matchmaker.vocabularies.starting import starting_rows

LONGEST_CODE = 60


class Term(OfEvent, Base):
    """One line of a list. What uses it refers to (event, kind, code): the code never changes,
    the labels may, and a used term cannot go.
    """

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("event_id", "kind", "code"),
        CheckConstraint("code <> ''", name="code"),
        Index(None, "event_id", "kind", "position"),
    )

    kind: Mapped[str] = mapped_column(String(20))  # which list
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    labels: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)  # offered in forms


@event.listens_for(Event, "after_insert")
def give_starting_lists(_mapper: Mapper[Any], connection: Connection, row: Event) -> None:
    """Every event has its lists from its first moment, whoever makes it."""
    rows = [{"id": new_id(), **line} for line in starting_rows(row.id)]
    connection.execute(insert(Term), rows)
