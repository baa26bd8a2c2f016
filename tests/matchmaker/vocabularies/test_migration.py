"""Kinds and areas that organisations had as free text become terms, and back."""

from __future__ import annotations

import json

from sqlalchemy import Connection, text

from matchmaker import migrations
from matchmaker.database import make_engine

SAID = {
    "o1": ("PME", ["Eau", "Dessalement  d’eau"]),
    "o2": ("Bureau d’études", ["eau", "dessalement d'eau"]),
    "o3": ("", []),
    "o4": ("bureau d'etudes", ["Water", "x" * 190]),
}


def insert(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def add_old_rows(connection: Connection) -> None:
    insert(
        connection, "event", id="e", slug="e", names="{}", venue="{}", welcome="{}", zone="UTC",
        language="fr", slot_minutes=20, changeover_minutes=5, top_weight=1, like_weight=1,
        mutual_weight=1, top_limit=5, needs_acceptance=False, validates_by_hand=False,
        is_open=True, consent_version="1", created_at="2026-01-01 00:00:00",
    )  # fmt: skip
    for id_, (kind, areas) in SAID.items():
        imported = {"organisation_kind": kind, "areas": areas, "city": "Fès"}
        insert(
            connection, "organisation", event_id="e", id=id_, name=id_, name_key=id_, kind=kind,
            description="", website="", street="", postal_code="", city="Fès", country="MA",
            areas=json.dumps(areas), imported=json.dumps(imported),
        )  # fmt: skip
    insert(
        connection, "participant", event_id="e", id="p", email="", reference="P", first_name="",
        last_name="", job="", phone="", kind="", language="fr", spoken="[]", seats=1, remote=False,
        state="validated", agenda_secret="s", imported="{}", created_at="2026-01-01 00:00:00",
        organisation_id="o1",
    )  # fmt: skip
    insert(
        connection, "wish", event_id="e", id="w", from_id="p", to_organisation_id="o2",
        grade="top", state="open", message="", position=1, imported="{}",
        created_at="2026-01-01 00:00:00",
    )  # fmt: skip


def words(connection: Connection) -> dict[str, set[tuple[str, str]]]:
    rows = connection.execute(
        text(
            "SELECT o.organisation_id, o.kind, t.labels FROM organisation_term o JOIN term t "
            "ON t.event_id = o.event_id AND t.kind = o.kind AND t.code = o.code"
        )
    )
    found: dict[str, set[tuple[str, str]]] = {id_: set() for id_ in SAID}
    for id_, kind, labels in rows:
        said = json.loads(labels) if isinstance(labels, str) else labels
        found[id_].add((kind, said["fr"]))
    return found


def test_free_text_becomes_terms_and_no_word_is_lost(database_url: str) -> None:
    engine = make_engine(database_url)
    migrations.downgrade(engine, "0001")
    with engine.begin() as connection:
        add_old_rows(connection)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        found = words(connection)
        assert found == {
            "o1": {("type", "PME"), ("sector", "Eau"), ("sector", "Dessalement d’eau")},
            "o2": {("type", "Bureau d’études"), ("sector", "Eau"), ("sector", "Dessalement d’eau")},
            "o3": set(),
            "o4": {("type", "Bureau d’études"), ("sector", "Eau"), ("sector", "x" * 190)},
        }
        imported = connection.execute(text("SELECT imported FROM organisation WHERE id = 'o2'"))
        said = imported.scalar_one()
        said = json.loads(said) if isinstance(said, str) else said
        assert said == {
            "organisation_kind": "bureau-d'etudes",
            "areas": ["dessalement-d'eau", "water"],
            "city": "Fès",
        }
        assert connection.execute(text("SELECT count(*) FROM wish")).scalar_one() == 1
    migrations.downgrade(engine, "0001")
    with engine.begin() as connection:
        kind, areas = connection.execute(
            text("SELECT kind, areas FROM organisation WHERE id = 'o2'")
        ).one()
        listed = json.loads(areas) if isinstance(areas, str) else areas
        assert (kind, set(listed)) == ("Bureau d’études", {"Eau", "Dessalement d’eau"})
        assert connection.execute(text("SELECT count(*) FROM wish")).scalar_one() == 1
    migrations.upgrade(engine)
    engine.dispose()
