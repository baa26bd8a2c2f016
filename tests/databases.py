"""A PostgreSQL database for one test after the other: made once, emptied between them.

Making one from a template takes as long as most tests. Emptying says exactly which tables hold
rows and deletes only there; where a test changed the schema, or what migrations wrote, the next
test gets a new database.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, StaticPool, create_engine, make_url, text

LEASES = 100  # deleted rows stay in the files: a new one now and then

# Every change of a schema writes or removes rows here.
SCHEMA = "SELECT " + " || ',' || ".join(
    f"(SELECT count(*) || ' ' || max(xmin::text::bigint) FROM {catalogue})"
    for catalogue in ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc")
)
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"


class EmptyDatabases:
    """Hands out an empty database with the schema of a template."""

    def __init__(self, server: Engine, template: str) -> None:
        self.server = server
        self.template = template
        self.name = ""
        self.leases = 0

    @contextmanager
    def lease(self) -> Iterator[str]:
        """The address of an empty database, for one test."""
        if not self.name:
            self._make()
        yield address(self.server, self.name)
        self.leases += 1
        if self.leases >= LEASES or not self._empty():
            self.drop()

    def drop(self) -> None:
        if self.name:
            self.engine.dispose()
            drop_database(self.server, self.name)
        self.name = ""

    def _make(self) -> None:
        self.name, self.leases = make_database(self.server, f"TEMPLATE {self.template}"), 0
        self.engine = create_engine(
            address(self.server, self.name), isolation_level="AUTOCOMMIT", poolclass=StaticPool
        )
        with self.engine.connect() as connection:
            connection.execute(text("SET session_replication_role = replica"))  # no triggers
            self.schema = connection.scalar(text(SCHEMA))
            tables = connection.scalars(text(TABLES)).all()
            asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
            self.filled = text(" UNION ALL ".join(asked))
            self.kept = {table: _rows(connection, table) for table in self._filled(connection)}

    def _empty(self) -> bool:
        """Whether the database is again as it was made."""
        with self.engine.connect() as connection:
            connection.execute(text(OTHERS))
            if connection.scalar(text(SCHEMA)) != self.schema:
                return False
            for table in self._filled(connection) - set(self.kept):
                connection.execute(text(f"DELETE FROM {table}"))
            return all(_rows(connection, table) == rows for table, rows in self.kept.items())

    def _filled(self, connection: Connection) -> set[str]:
        """The tables that hold a row."""
        return set(connection.scalars(self.filled).all())


def make_database(server: Engine, made_from: str = "") -> str:
    """The name of a new database."""
    name = f"mm_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} {made_from}"))
    return name


def drop_database(server: Engine, name: str) -> None:
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _rows(connection: Connection, table: str) -> list[str]:
    return sorted(connection.scalars(text(f"SELECT t::text FROM {table} t")))


def address(server: Engine, name: str) -> str:
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)
