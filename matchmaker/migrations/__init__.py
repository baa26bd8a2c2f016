"""The schema's history, and how a database is brought up to date."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, MetaData

from matchmaker.database import Base

FEATURES = (
    "accounts", "journal", "mails", "events", "notices", "vocabularies", "organisations",
    "participants", "marketplace", "wishes", "imports", "schedules", "agendas",
)  # fmt: skip


def metadata() -> MetaData:
    """Every table of every feature."""
    for feature in FEATURES:
        import_module(f"matchmaker.{feature}.models")
    return Base.metadata


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to this revision, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(_alembic(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        command.downgrade(_alembic(connection), revision)


def draft(engine: Engine, message: str) -> None:
    """Write a new migration from what the models say and the database lacks (developers)."""
    with engine.begin() as connection:
        command.revision(_alembic(connection), message, autogenerate=True)


def _alembic(connection: object) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
