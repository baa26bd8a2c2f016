"""An import is all or nothing, once, and forgets its rows."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.imports import services
from matchmaker.imports.models import Import
from matchmaker.imports.people import saving
from matchmaker.journal.models import JournalEntry
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.participants.models import Participant

HEADER = ("Email", "Organization name", "Delegation", "Absent", "Last name")
ROWS = [(f"p{n}@x.example", f"Company {n}", "CISE", "d1-0900", "Name") for n in range(5)]


def counts(session: Session) -> list[int]:
    return [
        session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Participant, Organisation, Delegation, JournalEntry, Mail)
    ]


def test_an_import_that_breaks_in_the_middle_leaves_nothing(
    desk: Any, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.upload("participants", HEADER, *ROWS)
    before = counts(session)

    def break_off(*_arguments: object) -> None:
        assert session.scalar(select(func.count()).select_from(Participant)) == 5
        raise KeyboardInterrupt

    monkeypatch.setattr(saving, "_save_seats", break_off)
    with pytest.raises(KeyboardInterrupt):
        services.take_over(session, desk.event, row)
    assert counts(session) == before
    monkeypatch.undo()
    session.refresh(row)
    assert row.state == "preview"
    assert services.take_over(session, desk.event, row)["new"] == 5


def test_the_rows_are_forgotten_once_they_are_taken_over_or_dropped(
    desk: Any, session: Session
) -> None:
    taken = desk.upload("participants", HEADER, *ROWS)
    services.take_over(session, desk.event, taken)
    dropped = desk.upload("participants", HEADER, *ROWS)
    services.drop(session, dropped)
    older = desk.upload("participants", HEADER, *ROWS)
    newer = desk.upload("participants", HEADER, *ROWS)
    session.expire_all()
    assert [(row.state, row.rows, row.header) for row in (taken, dropped, older)] == [
        ("taken", {}, []), ("dropped", {}, []), ("dropped", {}, []),
    ]  # fmt: skip
    assert (newer.state, len(newer.rows["rows"])) == ("preview", 5)
    assert taken.report == {"new": 5, "changed": 0, "faulty": 0, "unchanged": 0}


def test_an_import_is_taken_over_once(desk: Any, session: Session) -> None:
    row = desk.upload("participants", HEADER, *ROWS)
    services.take_over(session, desk.event, row)
    for refused in (
        lambda: services.take_over(session, desk.event, row),
        lambda: services.plan_import(session, desk.event, row),
    ):
        with pytest.raises(Refusal, match="This import is over"):
            refused()


def test_who_comes_second_with_an_old_preview_is_told(desk: Any, session: Session) -> None:
    row = desk.upload("participants", HEADER, *ROWS)
    stale = session.get_one(Import, (desk.event.id, row.id))
    fingerprint = services.plan_import(session, desk.event, row).fingerprint
    cast.make_participant(session, desk.event, "Amal", email_key="p1@x.example")
    session.commit()
    with pytest.raises(Refusal, match="The event was changed since this preview was made"):
        services.take_over(session, desk.event, stale, fingerprint=fingerprint)
    assert counts(session)[:3] == [1, 0, 0]
    assert stale.state == "preview"


def test_an_unknown_choice_is_refused(desk: Any, session: Session) -> None:
    row = desk.upload("participants", HEADER, *ROWS)
    with pytest.raises(Refusal, match="Choose what happens"):
        services.take_over(session, desk.event, row, choice="all")


def test_only_good_rows_are_imported(desk: Any, session: Session) -> None:
    counted = desk.take("participants", HEADER, *ROWS, ("no address",))
    assert counted == {"new": 5, "changed": 0, "faulty": 1, "unchanged": 0}


def test_a_row_that_the_database_refuses_is_a_refusal_and_nothing_else(
    desk: Any, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody registers between plan and insert: the unique key speaks."""
    row = desk.upload("participants", HEADER, *ROWS)
    before = counts(session)
    add = saving._add

    def register_first(inner: Session, around: Any, new: Any, homes: Any) -> None:
        add(inner, around, new[:1], homes)
        add(inner, around, new, homes)

    monkeypatch.setattr(saving, "_add", register_first)
    with pytest.raises(Refusal, match="The event was changed since"):
        services.take_over(session, desk.event, row)
    assert counts(session) == before
