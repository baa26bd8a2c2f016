"""The ground everything stands on."""

from __future__ import annotations

import cast
import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from matchmaker import migrations
from matchmaker.catalogue.fulltext import is_word_table
from matchmaker.database import Base, make_engine
from matchmaker.journal.models import JournalEntry


def test_migrations_make_what_the_models_say(database_url: str) -> None:
    engine = make_engine(database_url)
    there = set(inspect(engine).get_table_names()) - {"alembic_version"}
    tables = {name for name in there if not is_word_table(name)}
    assert tables == set(migrations.metadata().tables)
    assert tables != there
    for name in sorted(tables):
        columns = {column["name"] for column in inspect(engine).get_columns(name)}
        assert columns == {column.name for column in Base.metadata.tables[name].columns}
    engine.dispose()


def test_schema_can_go_down_and_up_again(database_url: str) -> None:
    engine = make_engine(database_url)
    migrations.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(engine)
    assert "event" in inspect(engine).get_table_names()
    engine.dispose()


def test_every_change_leaves_an_entry_without_values(session: Session) -> None:
    event = cast.make_event(session)
    amal = cast.make_participant(session, event, "Amal")
    amal.job = "Buyer of pumps"
    session.commit()
    entries = session.scalars(
        select(JournalEntry).where(JournalEntry.row_id == "amal").order_by(JournalEntry.at)
    ).all()
    assert sorted((entry.action, tuple(entry.columns)) for entry in entries) == [
        ("added", ()),
        ("changed", ("job",)),
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_stands_at_an_unknown_address(client, method: str) -> None:
    assert getattr(client, method)("/no/such/page").status_code == 404
