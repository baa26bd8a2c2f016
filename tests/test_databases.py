"""What one test writes, the next does not find."""

from __future__ import annotations

from collections.abc import Iterator

import cast
import databases
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matchmaker.database import make_engine

TRACES = {
    "a table more": "CREATE TABLE note (id int)",
    "a column more": "ALTER TABLE slot ADD COLUMN note text",
    "a guard less": "ALTER TABLE wish DISABLE TRIGGER ALL",
    "what migrations wrote": "UPDATE alembic_version SET version_num = 'v0001'",
}


@pytest.fixture
def empty(empty_databases: databases.EmptyDatabases) -> Iterator[databases.EmptyDatabases]:
    own = databases.EmptyDatabases(empty_databases.server, empty_databases.template)
    yield own
    own.drop()


def run(url: str, *statements: str) -> list[object]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        answers = [connection.execute(text(statement)) for statement in statements]
        values = [answer.scalar() if answer.returns_rows else None for answer in answers]
    engine.dispose()
    return values


def test_rows_are_gone(empty: databases.EmptyDatabases) -> None:
    with empty.lease() as url:
        engine = make_engine(url)
        with Session(engine) as session:
            event = cast.make_event(session)
            cast.make_participant(session, event, "Amal")
            session.commit()
        engine.dispose()
        first = url
    with empty.lease() as url:
        assert url == first
        assert run(url, "SELECT count(*) FROM event", "SELECT count(*) FROM alembic_version") == [
            0,
            1,
        ]


@pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES)
def test_other_traces_end_with_the_database(empty: databases.EmptyDatabases, trace: str) -> None:
    with empty.lease() as url:
        first = url
        run(url, trace)
    with empty.lease() as url:
        assert url != first


def test_who_still_holds_a_connection_loses_it(empty: databases.EmptyDatabases) -> None:
    with empty.lease() as url:
        engine = create_engine(url)
        left_behind = engine.connect()
        left_behind.execute(text("LOCK TABLE event"))
    with empty.lease() as url:
        assert run(url, "SELECT count(*) FROM event") == [0]
    with pytest.raises(OperationalError):
        left_behind.execute(text("SELECT 1"))
    left_behind.invalidate()
    engine.dispose()
