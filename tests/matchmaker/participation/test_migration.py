"""Types that participants had as free text become types, and back; nothing else is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from matchmaker import migrations
from matchmaker.database import make_engine

KINDS = ("Acheteur", "acheteur", "Acheteur", "Exposant  étranger", "", "—")


def insert(connection: Connection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def add_old_rows(connection: Connection) -> None:
    insert(
        connection, "event", id="e", slug="e", names="{}", venue="{}", welcome="{}", zone="UTC",
        language="fr", slot_minutes=20, changeover_minutes=5, top_weight=1, like_weight=1,
        mutual_weight=1, top_limit=5, needs_acceptance=False, validates_by_hand=True,
        is_open=False, consent_version="1", created_at="2026-01-01 00:00:00",
    )  # fmt: skip
    for number, kind in enumerate(KINDS):
        insert(
            connection, "participant", event_id="e", id=f"p{number}", email="",
            reference=f"P{number}", first_name="", last_name="", job="", phone="", kind=kind,
            language="fr", spoken="[]", seats=1, remote=False, state="validated",
            agenda_secret=f"s{number}", imported=json.dumps({"kind": kind, "job": "x"}),
            created_at="2026-01-01 00:00:00",
        )  # fmt: skip
    insert(connection, "wish", event_id="e", id="w", from_id="p0", to_id="p1", grade="top",
           state="open", message="", position=1, imported="{}",
           created_at="2026-01-01 00:00:00")  # fmt: skip


def rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


def test_words_become_types_and_nothing_is_lost(database_url: str) -> None:
    engine = make_engine(database_url)
    migrations.downgrade(engine, "0006")
    with engine.begin() as connection:
        add_old_rows(connection)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        codes = rows(connection, "SELECT type_code FROM participant ORDER BY id")
        buyer, foreign, dash = codes[0][0], codes[3][0], codes[5][0]
        assert (buyer, foreign, bool(dash)) == ("acheteur", "exposant-etranger", True)
        assert codes == [(buyer,), (buyer,), (buyer,), (foreign,), (None,), (dash,)]
        types = rows(
            connection, "SELECT code, names, at_registration, by_hand FROM participation_type"
        )
        named = {code: json.loads(texts) if isinstance(texts, str) else texts
                 for code, texts, *_ in types}  # fmt: skip
        assert named == {buyer: {"fr": "Acheteur"}, foreign: {"fr": "Exposant étranger"},
                         dash: {"fr": "—"}}  # fmt: skip
        assert {tuple(map(bool, row[2:])) for row in types} == {(False, True)}
        assert rows(connection, "SELECT count(*) FROM wish") == [(1,)]
        assert rows(connection, "SELECT name FROM phase ORDER BY name") == [
            ("registration",), ("wishes",),
        ]  # fmt: skip
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE participant SET type_code = 'nobody-knows'"))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE participant SET seats = 0"))  # as before
    migrations.downgrade(engine, "0006")
    with engine.begin() as connection:
        assert rows(connection, "SELECT kind FROM participant ORDER BY id") == [
            ("Acheteur",), ("Acheteur",), ("Acheteur",), ("Exposant étranger",), ("",), ("—",),
        ]  # fmt: skip
        assert [bool(one) for (one,) in rows(connection, "SELECT is_open FROM event")] == [False]
        assert rows(connection, "SELECT count(*) FROM wish") == [(1,)]
    migrations.upgrade(engine)
    engine.dispose()
