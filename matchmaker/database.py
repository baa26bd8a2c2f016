"""The model base, the session, and how both databases begin their transactions."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

Texts = dict[str, str]  # a text per language code; languages.pick chooses with fallback

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy()

_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
EMPTY: dict[str | bytes, type[list[Any] | dict[str, Any]]] = {"[]": list, "{}": dict}

# Whether the transaction about to begin may write. SQLite needs to know at BEGIN: a reading
# transaction that writes later fails at once when somebody else wrote in between.
_writing: ContextVar[bool] = ContextVar("writing", default=True)


class Instant(TypeDecorator[datetime]):
    """A moment, stored as UTC without zone and always handed out with UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: Instant,
        Texts: JSON,
        list[str]: JSON,
        dict[str, Any]: JSON,
    }


def new_id() -> str:
    """64 random bits: ids stand in addresses and must not be guessed."""
    return secrets.token_hex(8)


def now() -> datetime:
    return datetime.now(UTC)


class OfEvent:
    """A row of one event: the event stands in its key, so that no row can mix two events."""

    event_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(String(80), primary_key=True, default=new_id)


def insert_rows(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Many rows at once, past the mapper and in a third of its time; the names are those of the
    table's columns, and what is left out gets its default. Nothing notes them in the journal.
    """
    table = model.__table__
    assert isinstance(table, Table)
    if rows:
        session.connection().execute(insert(table), rows)


def refers(table: str, column: str, *, cascade: bool = False) -> ForeignKeyConstraint:
    """The foreign key (event, column) to a table of the same event."""
    return ForeignKeyConstraint(
        ["event_id", column],
        [f"{table}.event_id", f"{table}.id"],
        ondelete="CASCADE" if cascade else None,
    )


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin here do not write."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


def mark_reading(is_reading: bool) -> None:
    """Say for the current request whether its transactions only read."""
    _writing.set(not is_reading)


def read_json(text: str | bytes) -> Any:
    """Most lists and texts of a large table are empty: these need no parser. The others are read
    past what ``json.loads`` asks before it begins, which takes as long as to read them.
    """
    make = EMPTY.get(text)
    if make:
        return make()
    said = text if isinstance(text, str) else text.decode()
    if said.startswith(("[", "{")):
        value, end = _scan(said, 0)
        if end == len(said):
            return value
    return json.loads(said)


def make_engine(url: str) -> Engine:
    """An engine with the same guarantees that the application's own has."""
    engine = create_engine(url, **engine_options(url))
    prepare_engine(engine)
    return engine


def engine_options(url: str) -> dict[str, Any]:
    """Errors do not quote the rows: they end in logs."""
    shared = {"hide_parameters": True, "json_deserializer": read_json}
    return shared | ({} if url.startswith("sqlite") else {"pool_pre_ping": True})


def prepare_engine(engine: Engine) -> None:
    """Switch on what SQLite leaves off: foreign keys, WAL, waiting, and explicit BEGIN."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "mmap_size=268435456",  # bytes that are read in place: whole tables need no copy
        "busy_timeout=60000",  # who waits is not served in turn: when many write, some wait long
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
