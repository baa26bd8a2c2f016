"""A database of another age than the program is refused at the start, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from matchmaker import migrations
from matchmaker.config import Config, Misconfigured
from matchmaker.database import make_engine
from matchmaker.installation import check_database


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    return Config(instance=tmp_path, secret_key="x" * 40, database_url=database_url)


@pytest.fixture
def engine(config: Config) -> Iterator[Engine]:
    engine = make_engine(config.database)
    yield engine
    engine.dispose()


def test_a_database_of_the_programs_age_is_served(config: Config) -> None:
    check_database(config)


def test_an_older_one_is_refused_and_told_how_it_is_brought_up_to_date(
    config: Config, engine: Engine
) -> None:
    migrations.downgrade(engine, "-1")
    with pytest.raises(Misconfigured, match=r"older than this program.*backup.*set-up"):
        check_database(config)


def test_a_newer_one_is_refused(config: Config, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    with pytest.raises(Misconfigured, match="newer than this program"):
        check_database(config)


def test_an_empty_one_is_refused(config: Config, tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path / 'new.sqlite'}"
    with pytest.raises(Misconfigured, match=r"empty.*set-up"):
        check_database(replace(config, database_url=new))
