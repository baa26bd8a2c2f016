"""Words found in documents: SQLite's FTS5 or PostgreSQL's own, behind a few functions.

Both get folded words and nothing else, so both find the same. ``document_words`` is a virtual
table of SQLite, and a table with vectors on PostgreSQL; triggers keep both (see ``triggers``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, bindparam, column, func, select, table
from sqlalchemy import literal_column as literal
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.orm import Session

Words = Sequence[Sequence[str]]  # each word as it may also be written

TABLE = "document_words"
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


def numbers_with(session: Session, words: Words, depth: int = len(COLUMNS)) -> set[int]:
    """The numbers of documents in whose first columns, down to this depth, every word begins
    one.
    """
    if _is_sqlite(session):
        found = literal(TABLE).op("MATCH")(_sqlite_question(words, depth))
        return set(session.scalars(select(_sqlite_words.c.rowid).where(found)))
    question = _postgres_question(words, depth)
    found = _postgres_words.c.words.op("@@")(question)
    return set(session.scalars(select(_postgres_words.c.number).where(found)))


def ranks_of(session: Session, words: Words) -> dict[int, float]:
    """The documents in which the words stand, and how much they say there: the less, the more."""
    rank: ColumnElement[float]
    if _is_sqlite(session):
        found = literal(TABLE).op("MATCH")(_sqlite_question(words, len(COLUMNS)))
        number, rank = _sqlite_words.c.rowid, func.bm25(literal(TABLE), 10.0, 4.0, 1.0)
    else:
        question = _postgres_question(words, len(COLUMNS))
        found = _postgres_words.c.words.op("@@")(question)
        number, rank = _postgres_words.c.number, -func.ts_rank(_postgres_words.c.words, question, 1)
    return dict(session.execute(select(number, rank.label("rank")).where(found)).all())


def among(session: Session, column: Any, numbers: Iterable[int]) -> ColumnElement[bool]:
    """Whether it is one of many numbers, which are sent as one value."""
    found: ColumnElement[bool]
    if _is_sqlite(session):
        sent = func.json_each(json.dumps(list(numbers))).table_valued("value")
        found = column.in_(select(sent.c.value))
    else:
        found = column == func.any(bindparam(None, list(numbers), ARRAY(Integer)))
    return found


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
