"""What SQLite cannot change in place: a table is made anew beside itself, as its manual says.

Foreign keys are off while migrations run and all of them are checked before the commit, so
that taking the old table away takes nothing else away.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection, text


def add_constraint(table: str, constraint: str) -> None:
    """Add ``CONSTRAINT … FOREIGN KEY …`` and the like to a table that holds rows."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} ADD {constraint}")
        return
    statement = _statement_of(connection, table)
    _rebuild(connection, table, f"{statement.rstrip().removesuffix(')').rstrip()}, {constraint})")


def drop_constraint(table: str, name: str, constraint: str) -> None:
    """The way back; ``constraint`` as it was added."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        return
    _rebuild(connection, table, _statement_of(connection, table).replace(f", {constraint}", ""))


def change_check(table: str, name: str, before: str, after: str) -> None:
    """Another condition for a CHECK that is there; both as SQL."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({after})")
        return
    statement = _statement_of(connection, table)
    assert f"CHECK ({before})" in statement
    _rebuild(connection, table, statement.replace(f"CHECK ({before})", f"CHECK ({after})"))


def _statement_of(connection: Connection, table: str) -> str:
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return str(connection.execute(query, {"name": table}).scalar_one())


def _rebuild(connection: Connection, table: str, statement: str) -> None:
    """The same rows, indexes and triggers under another statement of the same columns."""
    query = text(
        "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = :name"
    )
    attached = [sql for (sql,) in connection.execute(query, {"name": table}) if sql]
    head, body = statement.split("(", 1)
    assert table in head
    new = f"new_{table}"
    for step in (
        f"CREATE TABLE {new} ({body}",
        f"INSERT INTO {new} SELECT * FROM {table}",
        f"DROP TABLE {table}",
        f"ALTER TABLE {new} RENAME TO {table}",
        *attached,
    ):
        connection.exec_driver_sql(step)
