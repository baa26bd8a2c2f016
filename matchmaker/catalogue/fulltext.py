"""Words found in documents: SQLite's FTS5 or PostgreSQL's own, behind a few functions.

Both get folded words and nothing else, so both find the same. ``document_words`` is a virtual
table of SQLite, and a table with vectors on PostgreSQL; triggers keep both (see ``triggers``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    column,
    func,
    select,
    table,
    text,
)
from sqlalchemy import literal_column as literal
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.orm import Session

Words = Sequence[Sequence[str]]  # each word as it may also be written
Rank = tuple[int, float]

TABLE = "document_words"
COUNTED = (TABLE, "document", "document_code", "participant", "organisation", "entry", "attendance")
COLUMNS = ("names", "titles", "texts")  # the weightier first
_sqlite_words = table(TABLE, column("rowid"))
_postgres_words = table(TABLE, column("number"), column("words"))
_ADD = f"INSERT INTO {TABLE} (rowid, names, titles, texts)" \
    " VALUES (NEW.number, NEW.names, NEW.titles, NEW.texts);"  # fmt: skip
_TAKE = f"INSERT INTO {TABLE} ({TABLE}, rowid, names, titles, texts)" \
    " VALUES ('delete', OLD.number, OLD.names, OLD.titles, OLD.texts);"  # fmt: skip
_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple', NEW.{name}), '{weight}')"
    for name, weight in zip(COLUMNS, "ABC", strict=True)
)
_PUT = f"INSERT INTO {TABLE} (number, words) VALUES (NEW.number, {_VECTOR})" \
    " ON CONFLICT (number) DO UPDATE SET words = EXCLUDED.words;"  # fmt: skip


def is_word_table(name: str | None) -> bool:
    """Whether a table of the database is this module's and stands in no model."""
    return (name or "").startswith(TABLE)


def keep_words(is_sqlite: bool) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Table, verb, columns and body of the triggers that keep the words as the documents are."""
    if is_sqlite:
        return [
            ("document", "INSERT", (), _ADD),
            ("document", "DELETE", (), _TAKE),
            ("document", "UPDATE", COLUMNS, _TAKE + _ADD),
        ]
    return [("document", "INSERT", (), _PUT), ("document", "UPDATE", COLUMNS, _PUT)]


def ranks_of(session: Session, words: Words) -> dict[int, Rank]:
    """The documents in which every word begins one, and how much that says: the less, the more.
    In names before titles before texts, and among these by what the database thinks of it.
    """
    if not _is_sqlite(session):
        return _postgres_ranks(session, words)
    named, titled, found = (
        literal(TABLE).op("MATCH")(_sqlite_question(words, depth))
        for depth in range(1, len(COLUMNS) + 1)
    )
    rank = func.bm25(literal(TABLE), 10.0, 4.0, 1.0)
    # The offset keeps SQLite from ranking inside the aggregate, where it cannot.
    ranked = select(_sqlite_words.c.rowid, rank.label("rank")).where(found).offset(0).subquery()
    first, second = (
        numbers_of(session, select(_sqlite_words.c.rowid).where(those)) for those in (named, titled)
    )
    return {
        number: (0 if number in first else 1 if number in second else 2, rank)
        for number, rank in zip(*_columns_of(session, *ranked.c), strict=True)
    }


def _postgres_ranks(session: Session, words: Words) -> dict[int, Rank]:
    """All in one question, which looks through the table once."""
    kept = _postgres_words.c
    named, titled, found = (
        _postgres_question(words, depth) for depth in range(1, len(COLUMNS) + 1)
    )
    said = kept.words.op("@@")
    ranked = select(
        kept.number,
        case((said(named), 0), (said(titled), 1), else_=2).label("where"),
        (-func.ts_rank(kept.words, found, 1)).label("rank"),
    ).where(said(found))
    numbers, places, ranks = _columns_of(session, *ranked.subquery().c)
    return dict(zip(numbers, zip(places, ranks, strict=True), strict=True))


def numbers_of(session: Session, query: Select[Any]) -> set[int]:
    """The numbers that a query of one column finds."""
    (numbers,) = _columns_of(session, *query.subquery().c)
    return set(numbers)


def _columns_of(session: Session, *columns: ColumnElement[Any]) -> list[list[Any]]:
    """Whole columns, each sent as one value: thousands of rows take longer to read than to find."""
    if _is_sqlite(session):
        sent = session.execute(select(*map(func.json_group_array, columns))).one()
        return [json.loads(column) for column in sent]
    sent = session.execute(select(*map(func.array_agg, columns))).one()
    return [column or [] for column in sent]


def among(session: Session, column: Any, numbers: Iterable[int]) -> ColumnElement[bool]:
    """Whether it is one of many numbers, which are sent as one value."""
    found: ColumnElement[bool]
    if _is_sqlite(session):
        sent = func.json_each(json.dumps(list(numbers))).table_valued("value")
        found = column.in_(select(sent.c.value))
    else:
        found = column == func.any(bindparam(None, list(numbers), ARRAY(Integer)))
    return found


def take_stock(session: Session) -> None:
    """Let PostgreSQL count at once what came, or until its next round it plans for empty tables."""
    if not _is_sqlite(session):
        session.execute(text(f"ANALYZE {', '.join(COUNTED)}"))


def _is_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def _sqlite_question(words: Words, depth: int) -> ColumnElement[str]:
    every = " AND ".join(
        "(" + " OR ".join(f'"{form}" *' for form in forms) + ")" for forms in words
    )
    return bindparam(None, f"{{{' '.join(COLUMNS[:depth])}}} : ({every})")


def _postgres_question(words: Words, depth: int) -> ColumnElement[Any]:
    weights = "ABC"[:depth]
    every = " & ".join(
        "(" + " | ".join(f"{form}:*{weights}" for form in forms) + ")" for forms in words
    )
    return func.to_tsquery(literal("'simple'", REGCONFIG), every)
