"""Which change outdates whose documents: triggers, so that no writing path can forget it.

They are drawn anew around every change of the schema. SQLite refuses to rename a table that a
trigger reads, and a table that is rebuilt loses its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from matchmaker.catalogue.fulltext import keep_words

PREFIX = "catalogue_"
VERBS = ("INSERT", "UPDATE", "DELETE")
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
OF_ORGANISATION = (
    "SELECT event_id, id FROM participant"
    " WHERE event_id = {row}.event_id AND organisation_id = {row}."
)


@dataclass(frozen=True)
class Source:
    """A table from whose rows documents are made, and whose documents a row concerns."""

    table: str
    whose: str
    columns: tuple[str, ...] = ()  # an update of others concerns nobody
    verbs: tuple[str, ...] = VERBS


SOURCES = (
    Source(
        "participant",
        "VALUES ({row}.event_id, {row}.id)",
        ("first_name", "last_name", "job", "type_code", "attends_all", "spoken",
         "organisation_id", "state", "consent_version", "created_at"),
    ),
    Source("organisation", OF_ORGANISATION + "id"),
    Source("organisation_term", OF_ORGANISATION + "organisation_id"),
    Source("entry", "VALUES ({row}.event_id, {row}.author_id)"),
    Source(
        "entry_term",
        "SELECT event_id, author_id FROM entry"
        " WHERE event_id = {row}.event_id AND id = {row}.entry_id",
    ),
    Source("attendance", "VALUES ({row}.event_id, {row}.participant_id)"),
    Source(
        "session",
        "SELECT event_id, id FROM participant WHERE event_id = {row}.event_id",
        verbs=("INSERT", "DELETE"),
    ),
    Source(
        "term",
        "SELECT p.event_id, p.id FROM participant p JOIN organisation_term t"
        " ON t.event_id = p.event_id AND t.organisation_id = p.organisation_id"
        " WHERE t.event_id = {row}.event_id AND t.kind = {row}.kind AND t.code = {row}.code"
        " UNION SELECT e.event_id, e.author_id FROM entry e JOIN entry_term t"
        " ON t.event_id = e.event_id AND t.entry_id = e.id"
        " WHERE t.event_id = {row}.event_id AND t.kind = {row}.kind AND t.code = {row}.code",
        ("labels",),
        verbs=("UPDATE",),
    ),
)  # fmt: skip


def install_triggers(connection: Connection) -> None:
    if not inspect(connection).has_table("document"):  # a schema of before
        return
    remove_triggers(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _statements(is_sqlite):
        connection.execute(text(statement))


def remove_triggers(connection: Connection) -> None:
    """Ours, also those that a former version drew."""
    if connection.dialect.name == "sqlite":
        found, drop = "SELECT name FROM sqlite_master WHERE type = 'trigger'", "TRIGGER {}"
    else:
        found = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        drop = "FUNCTION {} CASCADE"
    for name in connection.scalars(text(found)).all():
        if name.startswith(PREFIX):
            connection.execute(text("DROP " + drop.format(name)))


def _statements(is_sqlite: bool) -> Iterator[str]:
    drawn = [_marking(source, verb) for source in SOURCES for verb in source.verbs]
    for table, verb, columns, body in [*drawn, *keep_words(is_sqlite)]:
        name = f"{PREFIX}{table}_{verb}".lower()
        when = f"AFTER {verb}{' OF ' + ', '.join(columns) if columns else ''} ON {table}"
        if is_sqlite:
            yield f"CREATE TRIGGER {name} {when} BEGIN {body} END"
        else:
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {body} RETURN NULL; END $$"
            )
            yield f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _marking(source: Source, verb: str) -> tuple[str, str, tuple[str, ...], str]:
    body = " ".join(
        f"INSERT INTO outdated (event_id, participant_id) {source.whose.format(row=row)};"
        for row in ROWS[verb]
    )
    return source.table, verb, source.columns if verb == "UPDATE" else (), body
