"""What waits when the server starts is looked at before anybody asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.imports import previews, remembering, services
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.previews import preview_of
from matchmaker.imports.waiting import LATELY, remember_waiting
from matchmaker.spreadsheets.reading import Table

STRANGE = Table(header=("What", "Whom"), rows=((2, ("a", "b")),))
WITHIN = 20.0  # seconds
HEADER = ("Email", "First name", "Stand")
ROWS = (("amal@people.example", "Amal", "S1"), ("bilal@x.example", "Bilal", "S99"))


def start(app: Flask) -> None:
    remembering._ledgers.clear()
    thread = remember_waiting(app)
    thread.join(WITHIN)
    assert not thread.is_alive()


def kept() -> set[str]:
    return {key.import_id for key in remembering._ledgers}


@pytest.fixture
def row(desk: Any, session: Session) -> Import:
    desk.account.language = "en"
    return desk.upload("participants", HEADER, *ROWS)


def test_whoever_uploaded_it_finds_it_worked_out(
    desk: Any, row: Import, app: Flask, session: Session, event: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    start(app)
    monkeypatch.setattr(previews, "look_at", lambda *given: pytest.fail("worked out anew"))
    seen = preview_of(session, event, row)
    assert (seen.good, seen.counts["faulty"]) == (1, 1)
    assert seen.faults[0].sentence.startswith("The event has no stand")


def test_what_is_over_and_what_is_old_is_left_alone(
    desk: Any, row: Import, app: Flask, session: Session
) -> None:
    services.take_over(session, desk.event, row)
    old = desk.upload("organisations", ("Organisation",), ("Atlas Eau",))
    waits = desk.upload("participants", HEADER, *ROWS)
    old.created_at -= LATELY
    session.commit()
    start(app)
    assert kept() == {waits.id}


def test_one_whose_columns_are_not_assigned_keeps_none_of_the_others_from_it(
    desk: Any, row: Import, app: Flask, session: Session
) -> None:
    services.add_unassigned(
        session, desk.event, desk.account, kind="wishes", table=STRANGE, file_name="list.csv"
    )
    start(app)
    assert row.id in kept()


def test_one_that_fails_keeps_none_of_the_others_from_it(
    desk: Any, row: Import, app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = desk.upload("organisations", ("Organisation",), ("Atlas Eau",))
    older.created_at -= LATELY / 2
    session.commit()
    session.rollback()
    broken = replace(KINDS["organisations"], plan=lambda *given: 1 // 0)
    monkeypatch.setitem(KINDS, "organisations", broken)
    start(app)
    ledger = remembering.ledger_of(remembering.Key(desk.event.id, "participants", row.id))
    assert ("preview", "en") in ledger._kept


def test_the_newest_is_the_last_to_be_forgotten(
    desk: Any, row: Import, app: Flask, session: Session
) -> None:
    older = desk.upload("organisations", ("Organisation",), ("Atlas Eau",))
    older.created_at -= LATELY / 2
    session.commit()
    start(app)
    assert [key.import_id for key in remembering._ledgers] == [older.id, row.id]
