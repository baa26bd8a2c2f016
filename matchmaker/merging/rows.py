"""What hangs on a row and goes over to another: found by walking the schema.

A row that refers to the one that goes is made to refer to the one that stays. Where the database
knows such a row already, the two are compared: they say the same, or they are a conflict of which
somebody chooses one side. A table that a later feature adds is covered by its foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint, or_, select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.organisations.models import SINGLE
from matchmaker.participation.models import Question

Row = Mapping[str, Any]
# Seats belong to their person, and the catalogue's index is made anew by itself.
STAY = {"participant_seat", "document"}
# Of these it does not matter which of two is kept.
QUIET = {"agenda_known", "stopped_kind", "notice", "catalogue_number", "logo"}
# What says nothing of its own in a comparison.
IDLE = {"id", "created_at", "changed_at", "asked_at", "answered_at", "warned_at", "position",
        "rank", "since", "changes", "imported", "is_late", "cause", "due_at"}  # fmt: skip


@dataclass(frozen=True)
class Conflict:
    """Two rows of which the database can keep one; ``values`` are what differs."""

    table: str
    kept: Row
    other: Row
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """By which a form says which side is chosen."""
        key = Base.metadata.tables[self.table].primary_key.columns
        return "/".join(
            [self.table, *(str(self.kept[c.name]) for c in key if c.name != "event_id")]
        )


@dataclass
class Moves:
    """``moved``: rows that change over; ``twice``: rows that say what is said already; ``between``:
    rows of the two about each other, which go.
    """

    moved: list[tuple[Table, Row, Row]] = field(default_factory=list)  # as it is, as it becomes
    twice: list[tuple[Table, Row]] = field(default_factory=list)
    between: list[tuple[Table, Row]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def plan_moves(
    session: Session, target: str, event_id: str, stays: str, goes: str, moves: Moves | None = None
) -> Moves:
    """What becomes of everything that refers to the row that goes."""
    moves = moves or Moves()
    for table, columns in _referring(target):
        mine = _rows(session, table, columns, event_id, goes)
        if not mine:
            continue
        theirs = _rows(session, table, columns, event_id, stays)
        for row in mine:
            _plan_row(session, table, row, _becomes(row, columns, stays, goes), theirs, moves)
    return moves


def _plan_row(
    session: Session, table: Table, row: Row, new: Row, theirs: Sequence[Row], moves: Moves
) -> None:
    if _is_about_itself(table, new):
        moves.between.append((table, row))
        return
    known = next((other for other in theirs if _collide(session, table, new, other)), None)
    if known is None:
        moves.moved.append((table, row, new))
        return
    moves.twice.append((table, row))
    differing = tuple(name for name in row if name not in IDLE and new[name] != known[name])
    if differing and table.name not in QUIET:
        moves.conflicts.append(Conflict(table.name, known, new, differing))
    if "id" in row:  # what hangs on this row goes over to the one that is kept
        plan_moves(session, table.name, row["event_id"], known["id"], row["id"], moves)


def _referring(target: str) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """Tables with their columns that hold ids of the target."""
    for table in Base.metadata.sorted_tables:
        columns = tuple(
            key.column_keys[1] for key in table.foreign_key_constraints if _is_by_id(key, target)
        )
        if columns and table.name not in STAY:
            yield table, columns


def _is_by_id(key: ForeignKeyConstraint, target: str) -> bool:
    referred = [element.column.name for element in key.elements]
    return key.referred_table.name == target and referred == ["event_id", "id"]


def _rows(
    session: Session, table: Table, columns: Sequence[str], event_id: str, id_: str
) -> list[Row]:
    query = select(table).where(
        table.c["event_id"] == event_id, or_(*(table.c[name] == id_ for name in columns))
    )
    return [dict(row) for row in session.execute(query).mappings()]


def _becomes(row: Row, columns: Sequence[str], stays: str, goes: str) -> Row:
    return {
        name: stays if name in columns and value == goes else value for name, value in row.items()
    }


def _is_about_itself(table: Table, row: Row) -> bool:
    pairs = {"wish": ("from_id", "to_id"), "bookmark": ("from_id", "to_id"),
             "move_request": ("asker_id", "answerer_id")}  # fmt: skip
    one, other = pairs.get(table.name, ("", ""))
    return bool(one) and row[one] == row[other]


def _collide(session: Session, table: Table, new: Row, other: Row) -> bool:
    """Whether the database cannot keep both."""
    return any(
        all(new[name] is not None and new[name] == other[name] for name in names)
        for names in _unique_keys(session, table, new)
    )


def _unique_keys(session: Session, table: Table, row: Row) -> Iterator[tuple[str, ...]]:
    yield tuple(column.name for column in table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns)
    if table.name == "organisation_term" and row["kind"] in SINGLE:
        yield ("event_id", "organisation_id", "kind")
    if table.name == "answer_option" and not _takes_several(session, row):
        yield ("event_id", "participant_id", "question_id")


def _takes_several(session: Session, row: Row) -> bool:
    question = session.get_one(Question, (row["event_id"], row["question_id"]))
    return question.kind == "choices"
