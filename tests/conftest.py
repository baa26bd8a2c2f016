"""Databases, application, browsers: what every test may ask for.

``database_url`` runs a test on SQLite and on PostgreSQL. The schema is migrated once per test
process; each test finds it empty. Where PostgreSQL does not answer, its tests skip and say so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compilations
import databases
import pytest
from argon2 import PasswordHasher
from flask import Flask, g
from flask.testing import FlaskClient
from page_checks import check_answers
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matchmaker import create_app, migrations
from matchmaker.accounts import passwords
from matchmaker.config import Config
from matchmaker.database import db, make_engine
from matchmaker.translations import compile_catalogues

POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)


class EnglishBrowser(FlaskClient):
    """Its person chose English, so that tests find the sentences that stand in the code."""

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.set_cookie("language", "en")


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """French and Arabic as they are in the tree now."""
    compile_catalogues()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "matchmaker.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Engine]:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    try:
        engine.connect().close()
    except OperationalError:
        pytest.skip(f"PostgreSQL does not answer at {make_url(POSTGRES).render_as_string()}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def empty_databases(postgres_server: Engine) -> Iterator[databases.EmptyDatabases]:
    template = databases.make_database(postgres_server)
    engine = make_engine(databases.address(postgres_server, template))
    migrations.upgrade(engine)
    engine.dispose()
    empty = databases.EmptyDatabases(postgres_server, template)
    yield empty
    empty.drop()
    databases.drop_database(postgres_server, template)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "matchmaker.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(empty_databases: databases.EmptyDatabases) -> Iterator[str]:
    with empty_databases.lease() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    return Config(
        instance=tmp_path,
        secret_key="only-for-tests-" + "x" * 32,
        database_url=database_url,
        base_url="http://forum.example",
        testing=True,
    )


@pytest.fixture(scope="session", autouse=True)
def _rules_compiled_once() -> None:
    compilations.keep_rules()


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash at a price that tests can pay."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", cheap)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    app.test_client_class = EnglishBrowser
    compilations.keep_templates(app)
    check_answers(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the application, inside its context; services answer in English."""
    with app.app_context():
        g.language = "en"
        yield db.session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of nobody. Sign in with ``cast.sign_in(client, account)``."""
    app.config["WTF_CSRF_ENABLED"] = False  # its own tests switch it on again
    return app.test_client()
