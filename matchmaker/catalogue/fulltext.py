"""Words found in documents: SQLite's FTS5 or PostgreSQL's own, behind three functions.

Both get folded words and nothing else, so both find the same. ``document_words`` is a virtual
table of SQLite, and a table with vectors on PostgreSQL; triggers keep both (see ``triggers``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, bindparam, case, column, func, select, table
from sqlalchemy import literal_column as literal
from sqlalchemy.dialects.postgresql import REGCONFIG

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


def numbers_with(dialect: str, words: Words, depth: int = len(COLUMNS)) -> Select[Any]:
    """The numbers of documents in whose first columns, down to this depth, every word begins
    one.
    """
    if dialect == "sqlite":
        found = literal(TABLE).op("MATCH")(_sqlite_question(words, depth))
        return select(_sqlite_words.c.rowid).where(found)
    return select(_postgres_words.c.number).where(
        _postgres_words.c.words.op("@@")(_postgres_question(words, depth))
    )


def ranked(
    found: Select[Any], number: ColumnElement[int], dialect: str, words: Words
) -> Select[Any]:
    """Those of the found in which the words stand, best first: in names before titles before
    texts, and among these where they say more.
    """
    order: ColumnElement[float]
    if dialect == "sqlite":
        found = found.join(_sqlite_words, _sqlite_words.c.rowid == number)
        found = found.where(literal(TABLE).op("MATCH")(_sqlite_question(words, len(COLUMNS))))
        order = func.bm25(literal(TABLE), 10.0, 4.0, 1.0, type_=Float)
    else:
        question = _postgres_question(words, len(COLUMNS))
        found = found.join(_postgres_words, _postgres_words.c.number == number)
        found = found.where(_postgres_words.c.words.op("@@")(question))
        order = -func.ts_rank(_postgres_words.c.words, question, 1, type_=Float)
    level = case(
        *((number.in_(numbers_with(dialect, words, depth)), depth) for depth in (1, 2)), else_=3
    )
    return found.order_by(level, order)


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
