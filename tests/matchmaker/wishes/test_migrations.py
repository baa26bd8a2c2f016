"""Wishes from before keep what hangs on them, and stand in the order in which they were made."""

from __future__ import annotations

from sqlalchemy import Connection, text

from matchmaker import migrations
from matchmaker.database import make_engine

EVENT = {
    "id": "e", "slug": "e", "names": "{}", "venue": "{}", "welcome": "{}", "zone": "UTC",
    "language": "fr", "slot_minutes": 20, "changeover_minutes": 5, "top_weight": 1,
    "like_weight": 1, "mutual_weight": 1, "top_limit": 5, "needs_acceptance": False,
    "validates_by_hand": False, "is_open": True, "consent_version": "1",
    "created_at": "2026-01-01 00:00:00",
}  # fmt: skip
PERSON = {
    "event_id": "e", "email": "", "first_name": "", "last_name": "", "job": "", "phone": "",
    "kind": "", "language": "fr", "spoken": "[]", "seats": 1, "remote": False,
    "state": "validated", "imported": "{}", "created_at": "2026-01-01 00:00:00",
}  # fmt: skip
WISH = {
    "event_id": "e", "id": "w", "from_id": "amal", "to_id": "bilal", "grade": "top",
    "state": "open", "message": "Pumps?", "position": 7, "imported": "{}",
    "created_at": "2026-01-02 00:00:00",
}  # fmt: skip
ENTRY = {
    "event_id": "e", "id": "n", "author_id": "bilal", "kind": "offer", "title": "Pumps",
    "text": "", "language": "fr", "is_active": True, "created_at": "2026-01-01 00:00:00",
}  # fmt: skip


def insert(connection: Connection, table: str, **values: object) -> None:
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def test_a_wish_keeps_its_entry_and_its_place(database_url: str) -> None:
    engine = make_engine(database_url)
    migrations.downgrade(engine, "0004")
    with engine.begin() as connection:
        insert(connection, "event", **EVENT)
        for name in ("amal", "bilal"):
            person = {**PERSON, "id": name, "reference": name, "agenda_secret": name}
            insert(connection, "participant", **person)
        insert(connection, "wish", **WISH)
        insert(connection, "entry", **ENTRY)
        insert(connection, "wish_entry", event_id="e", wish_id="w", entry_id="n")
    migrations.upgrade(engine)
    with engine.begin() as connection:
        wish = connection.execute(text("SELECT rank, message FROM wish")).one()
        about = connection.execute(text("SELECT wish_id, entry_id FROM wish_entry")).all()
    assert tuple(wish) == (7, "Pumps?")
    assert [tuple(row) for row in about] == [("w", "n")]
    engine.dispose()
