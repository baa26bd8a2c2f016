"""Words found in documents: SQLite's FTS5 or PostgreSQL's own, behind a few functions.

Both get folded words and nothing else, so both find the same. ``document_words`` is a virtual
table of SQLite, and a table with vectors on PostgreSQL; triggers keep both (see ``triggers``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

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


class Ranks(NamedTuple):
    """Three columns, a line for each document found."""

    numbers: Sequence[int]
    depths: Sequence[int]  # 0: all words in names, 1: with those in titles, 2: anywhere
    ranks: Sequence[float]


TABLE = "document_words"
COUNTED = (TABLE, "document", "participant", "organisation", "entry", "attendance")
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


def ranks_of(session: Session, words: Words, within: Sequence[int]) -> Ranks:
    """The documents in which every word begins one, and how much that says: the less, the more.
    In names before titles before texts, and among these by what the database thinks of it.
    Of those ``within`` all are found; of others some may be.
    """
    if not _is_sqlite(session):
        return _postgres_ranks(session, words, within)
    named, titled, found = (
        literal(TABLE).op("MATCH")(_sqlite_question(words, depth))
        for depth in range(1, len(COLUMNS) + 1)
    )
    rank = func.bm25(literal(TABLE), 10.0, 4.0, 1.0)
    # The offset keeps SQLite from ranking inside the aggregate, where it cannot.
    ranked = select(_sqlite_words.c.rowid, rank.label("rank")).where(found).offset(0).subquery()
    first, second = (
        _numbers_of(session, select(_sqlite_words.c.rowid).where(those))
        for those in (named, titled)
    )
    numbers, ranks = columns_of(session, *ranked.c)
    depths = [0 if number in first else 1 if number in second else 2 for number in numbers]
    return Ranks(numbers, depths, ranks)


def _postgres_ranks(session: Session, words: Words, within: Sequence[int]) -> Ranks:
    """All in one question, which looks through the table once. Ranking takes longer than finding:
    of a letter that begins a word of everybody, only who matters is ranked.
    """
    kept = _postgres_words.c
    named, titled, found = (
        _postgres_question(words, depth) for depth in range(1, len(COLUMNS) + 1)
    )
    said = kept.words.op("@@")
    ranked = select(
        kept.number,
        case((said(named), 0), (said(titled), 1), else_=2).label("depth"),
        (-func.ts_rank(kept.words, found, 1)).label("rank"),
    ).where(said(found), among(session, kept.number, within))
    return Ranks(*columns_of(session, *ranked.subquery().c))


def _numbers_of(session: Session, query: Select[Any]) -> set[int]:
    """The numbers that a query of one column finds."""
    (numbers,) = columns_of(session, *query.subquery().c)
    return set(numbers)


def columns_of(session: Session, *columns: ColumnElement[Any]) -> list[list[Any]]:
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
