"""A throw-away installation with the demonstration forum of a given size."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from matchmaker import create_app, migrations, translations
from matchmaker.config import Config
from matchmaker.database import db, make_engine
from matchmaker.demo.loading import load_demo
from matchmaker.events.models import Event

SECRET = "benchmark-" + "x" * 40
POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)


@contextmanager
def postgres_database() -> Iterator[str | None]:
    """A database that goes away; None where no server answers."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = f"mm_benchmark_{uuid.uuid4().hex[:10]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        yield None
        return
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@contextmanager
def application(database_url: str = "") -> Iterator[Flask]:
    """An application on a fresh SQLite database in a folder that goes away, or on another."""
    translations.compile_catalogues()
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            instance=Path(folder), secret_key=SECRET, testing=True, database_url=database_url
        )
        engine = make_engine(config.database)
        migrations.upgrade(engine)
        engine.dispose()
        app = create_app(config)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            yield app
            db.session.close()
            db.engine.dispose()


@contextmanager
def forum(participants: int, seed: int = 1) -> Iterator[tuple[Flask, Event]]:
    """The application with the demonstration forum imported, nothing solved."""
    with application() as app:
        yield app, load_demo(db.session, participants=participants, seed=seed)
