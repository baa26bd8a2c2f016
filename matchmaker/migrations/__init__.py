"""The schema's history, and how a database is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.orm import Session

from matchmaker.catalogue.indexing import rebuild
from matchmaker.catalogue.triggers import install_triggers, remove_triggers
from matchmaker.database import Base

FEATURES = (
    "accounts", "journal", "mails", "events", "looks", "notices", "vocabularies", "participation",
    "organisations", "participants", "limits", "programme",
    "marketplace", "wishes", "catalogue", "imports", "schedules",
    "segments", "capacity", "drafts", "agendas", "mailings", "paper",
)  # fmt: skip


def metadata() -> MetaData:
    """Every table of every feature."""
    for feature in FEATURES:
        import_module(f"matchmaker.{feature}.models")
    return Base.metadata


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to this revision, in one transaction, and the catalogue with it."""
    with _migrating(engine) as connection:
        remove_triggers(connection)
        command.upgrade(_alembic(connection), revision)
        install_triggers(connection)
        if revision == "head":
            with Session(connection) as session:
                rebuild(session)


def downgrade(engine: Engine, revision: str) -> None:
    with _migrating(engine) as connection:
        remove_triggers(connection)
        command.downgrade(_alembic(connection), revision)
        install_triggers(connection)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite lets tables be made anew: it looks at foreign keys at the
    end, all of them, instead of at each step.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            _switch_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("The migration would leave rows that refer to nothing.")
        finally:
            if is_sqlite:
                _switch_foreign_keys(connection, "ON")


def _switch_foreign_keys(connection: Connection, to: str) -> None:
    """Past SQLAlchemy, which would begin the transaction in which this does nothing."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={to}")


def draft(engine: Engine, message: str) -> None:
    """Write a new migration from what the models say and the database lacks (developers)."""
    with engine.begin() as connection:
        command.revision(_alembic(connection), message, autogenerate=True)


def script_config() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def _alembic(connection: object) -> AlembicConfig:
    config = script_config()
    config.attributes["connection"] = connection
    return config
