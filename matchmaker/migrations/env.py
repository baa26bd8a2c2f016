"""Alembic runs this for every command; the connection comes from ``migrations.upgrade``."""

from __future__ import annotations

from alembic import context

from matchmaker.catalogue.fulltext import is_word_table
from matchmaker.migrations import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_name=lambda name, kind, _parents: kind != "table" or not is_word_table(name),
)
with context.begin_transaction():
    context.run_migrations()
