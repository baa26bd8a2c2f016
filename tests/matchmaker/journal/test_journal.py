"""Every change of a row leaves an entry with ids, never with what people entered."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import cast
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.database import Base, new_id
from matchmaker.journal.models import JournalEntry
from matchmaker.journal.queries import stamp_of
from matchmaker.journal.services import SILENT, note, note_many
from matchmaker.participants.models import Absence, Participant

CANARY = "Zerzoura"
# Tables whose rows come and go with a row that has its own entry, or are written by bulk
# statements whose services note the deed.
NOTED_BY_DEED = {
    "person_booking", "place_booking", "interpreter_booking", "scheduled_meeting",
    "unplaced_meeting", "publication", "version",
}  # fmt: skip


def entries(session: Session) -> list[tuple[str, str, str]]:
    rows = session.scalars(select(JournalEntry).order_by(JournalEntry.at, JournalEntry.id))
    return [(row.action, row.table, row.row_id) for row in rows]


def value_for(column: Any) -> Any:
    """Something of the column's type: the canary where a person could type."""
    kind = column.type.python_type
    return {
        str: CANARY, int: 1, bool: False, dict: {"en": CANARY}, list: [CANARY],
        date: date(2026, 10, 14), time: time(9),
    }.get(kind)  # fmt: skip


def test_every_table_is_noted_without_its_values(session: Session) -> None:
    """Rows of every table, full of canaries; nothing is written, since only the entry counts."""
    from matchmaker.journal.services import _entry_of

    noted = []
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ in SILENT:
            continue
        keys = {column.key for column in mapper.primary_key}
        values = {
            attribute.key: f"id-{attribute.columns[0].name}"
            if attribute.columns[0].key in keys or attribute.columns[0].foreign_keys
            else value_for(attribute.columns[0])
            for attribute in mapper.column_attrs
        }
        row = mapper.class_(**values)
        entry = _entry_of(row, "added")
        assert CANARY not in json.dumps(entry)
        noted.append(entry["table_name"])
    assert sorted(noted) == sorted(set(Base.metadata.tables) - SILENT)


def test_adding_changing_and_removing_are_noted(session: Session) -> None:
    forum = cast.make_event(session)
    amal = cast.make_participant(session, forum, "Amal", id="p1", last_name=CANARY)
    session.commit()
    amal.phone = CANARY
    session.commit()
    session.delete(amal)
    session.commit()
    found = [entry for entry in entries(session) if entry[2] == "p1"]
    assert found == [
        ("added", "participant", "p1"),
        ("changed", "participant", "p1"),
        ("removed", "participant", "p1"),
    ]
    columns = [entry.columns for entry in session.scalars(select(JournalEntry))]
    assert ["phone"] in columns
    everything = [
        str(getattr(entry, column.key))
        for entry in session.scalars(select(JournalEntry))
        for column in JournalEntry.__mapper__.column_attrs
    ]
    assert [text for text in everything if CANARY in text or "people.example" in text] == []


def test_a_rolled_back_change_leaves_no_entry(session: Session) -> None:
    cast.make_event(session)
    session.rollback()
    assert entries(session) == []


def test_a_row_written_twice_the_same_is_no_change(session: Session) -> None:
    forum = cast.make_event(session)
    amal = cast.make_participant(session, forum, "Amal")
    session.commit()
    before = len(entries(session))
    amal.job = str(amal.job)
    session.commit()
    assert len(entries(session)) == before


def test_deeds_and_bulk_statements_are_noted_by_their_services(session: Session) -> None:
    forum = cast.make_event(session)
    note(session, forum.id, "published", "version", "v1")
    note_many(session, forum.id, "removed", "absence", ["p1/s1", "p2/s1"])
    note_many(session, forum.id, "removed", "absence", [])
    session.execute(delete(Absence))
    session.commit()
    found = {entry for entry in entries(session) if entry[1] in {"version", "absence"}}
    assert found == {
        ("published", "version", "v1"),
        ("removed", "absence", "p1/s1"),
        ("removed", "absence", "p2/s1"),
    }


def test_the_actor_is_who_is_signed_in(client: FlaskClient, session: Session) -> None:
    amal = cast.make_account(session, "Amal")
    cast.sign_in(client, amal)
    client.post("/account", data={"name": CANARY, "language": "ar"})
    changed = session.scalars(select(JournalEntry).where(JournalEntry.action == "changed")).one()
    assert (changed.actor_id, changed.table, changed.row_id) == (amal.id, "account", amal.id)
    assert changed.columns == ["language", "name"]


def test_an_entry_outlives_its_row(session: Session) -> None:
    forum = cast.make_event(session)
    cast.make_participant(session, forum, "Amal", id=new_id())
    session.commit()
    before = len(entries(session))
    session.execute(delete(Participant))
    session.commit()
    assert len(entries(session)) == before


def test_the_stamp_of_an_event_is_another_once_something_of_it_is_noted(session: Session) -> None:
    event, other = cast.make_event(session), cast.make_event(session, slug="other")
    session.commit()
    before = stamp_of(session, event.id)
    cast.make_place(session, other, "T1")
    session.commit()
    assert stamp_of(session, event.id) == before
    cast.make_place(session, event, "T1")
    session.commit()
    assert stamp_of(session, event.id) != before
