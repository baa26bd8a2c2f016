"""A throw-away installation with the demonstration forum of a given size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from matchmaker import create_app, migrations, translations
from matchmaker.config import Config
from matchmaker.database import db, make_engine
from matchmaker.demo.loading import load_demo
from matchmaker.events.models import Event


@contextmanager
def application() -> Iterator[Flask]:
    """An application on a fresh SQLite database in a folder that goes away."""
    translations.compile_catalogues()
    with tempfile.TemporaryDirectory() as folder:
        config = Config(instance=Path(folder), secret_key="benchmark-" + "x" * 40, testing=True)
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
