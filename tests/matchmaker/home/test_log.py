"""The log of an event: who did what and when, in words, without anybody's data."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import cast
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

import matchmaker
from matchmaker.database import Base, now
from matchmaker.home.deed_words import ACTIONS, TABLES
from matchmaker.home.deeds import deeds_of
from matchmaker.journal.models import JournalEntry
from matchmaker.journal.services import SILENT, act_as, note, note_many


def test_every_kind_of_row_and_every_verb_has_its_words() -> None:
    tables = {mapper.class_.__tablename__ for mapper in Base.registry.mappers}
    assert set(TABLES) == tables - SILENT
    assert set(ACTIONS) >= {"added", "changed", "removed"} | verbs_in_the_code()


def verbs_in_the_code() -> set[str]:
    """The third argument of each call of note and note_many."""
    found = set()
    for path in Path(matchmaker.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(call, "func", None), "id", "")
            if isinstance(call, ast.Call) and name in ("note", "note_many") and len(call.args) > 2:
                verb = call.args[2]
                assert isinstance(verb, ast.Constant), path
                found.add(str(verb.value))
    return found


def test_the_page_says_who_did_what_and_when(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    act_as(dounia.id)
    amal = cast.make_participant(session, event, "Amal", phone="+212 600 123 456")
    note(session, event.id, "published", "version", "v1")
    session.commit()
    act_as(None)
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{event.id}/log").text
    assert "Participants: added" in page
    assert "Schedules: published" in page
    assert f"/participants/{amal.id}" in page
    assert "Dounia" in page
    assert "600 123" not in page
    only = client.get(f"/organise/{event.id}/log?table=version").text
    assert "Schedules: published" in only
    assert "Participants: added" not in only


def test_an_import_of_thousands_is_one_line(session: Session) -> None:
    event = cast.make_event(session)
    session.flush()
    note_many(session, event.id, "added", "participant", [f"p{n}" for n in range(2_000)])
    session.commit()
    lines = [deed for deed in deeds_of(session, event.id)[0] if len(deed.ids) > 1]
    assert [(deed.action, deed.table) for deed in lines][:1] == [("added", "participant")]
    assert sum(len(deed.ids) for deed in lines if deed.table == "participant") == 2_000


def test_earlier_deeds_follow_page_by_page(session: Session) -> None:
    event = cast.make_event(session)
    session.commit()
    for minute in range(250):
        session.add(
            JournalEntry(
                event_id=event.id,
                action="changed",
                table="place",
                row_id="T1",
                at=now() - timedelta(minutes=minute + 1),
            )
        )
    session.commit()
    seen, before = 0, None
    for _page in range(3):
        deeds, before = deeds_of(session, event.id, table="place", before=before)
        seen += len(deeds)
    assert (seen, before) == (250, None)


def test_another_events_deeds_are_not_there(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    other = cast.make_event(session, "salon")
    dounia = cast.make_organiser(session, event)
    note(session, other.id, "published", "version", "v1")
    session.commit()
    cast.sign_in(client, dounia)
    assert "Schedules: published" not in client.get(f"/organise/{event.id}/log").text
