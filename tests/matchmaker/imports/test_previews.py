"""A preview is worked out once, and anew as soon as anything of the event is another."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from flask import g
from flask_babel import refresh
from sqlalchemy.orm import Session

from matchmaker.imports import previews, remembering, services
from matchmaker.imports.models import Import
from matchmaker.imports.previews import Preview, preview_of

HEADER = ("Email", "First name", "Stand")
ROWS = (("amal@people.example", "Amal", "S1"), ("bilal@x.example", "Bilal", "S99"))


class Counting:
    """How often a preview is worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(previews, "look_at", self.look_at)

    def look_at(self, *given: Any) -> services.Preview:
        self.times += 1
        return services.look_at(*given)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(monkeypatch)


@pytest.fixture
def row(desk: Any) -> Import:
    return desk.upload("participants", HEADER, *ROWS)


def look(desk: Any, row: Import) -> Preview:
    return preview_of(desk.session, desk.event, row)


def kept_of(row: Import) -> list[remembering.Key]:
    return [key for key in remembering._ledgers if key.import_id == row.id]


def test_who_looks_again_gets_the_same_at_once(desk: Any, row: Import, counting: Counting) -> None:
    seen = look(desk, row)
    assert (seen.counts["new"], seen.counts["faulty"], seen.good) == (1, 1, 1)
    assert look(desk, row) is seen
    assert counting.times == 1


def test_it_is_worked_out_anew_once_anything_of_the_event_has_changed(
    desk: Any, row: Import, session: Session, counting: Counting
) -> None:
    look(desk, row)
    cast.make_place(session, desk.event, "S99", kind="stand")
    session.commit()
    assert look(desk, row).counts["new"] == 2
    cast.make_participant(session, desk.event, "Amal")
    session.commit()
    assert look(desk, row).counts["new"] == 1
    assert counting.times == 3


def test_what_another_import_brought_is_seen(desk: Any, row: Import, counting: Counting) -> None:
    look(desk, row)
    desk.take("organisations", ("Organisation", "Country"), ("Atlas", "Morocco"))
    look(desk, row)
    assert counting.times == 2


def test_each_reads_it_in_their_language(desk: Any, row: Import) -> None:
    assert look(desk, row).faults[0].sentence.startswith("The event has no stand")
    g.language = "fr"
    refresh()
    assert not look(desk, row).faults[0].sentence.startswith("The event has no stand")


def test_a_preview_that_was_refused_is_shown_anew(desk: Any, row: Import) -> None:
    seen = look(desk, row)
    with pytest.raises(services.Refusal):
        services.take_over(desk.session, desk.event, row, fingerprint="of another preview")
    assert look(desk, row) is not seen


def test_nothing_is_remembered_of_an_import_that_is_over(desk: Any, row: Import) -> None:
    look(desk, row)
    services.take_over(desk.session, desk.event, row)
    assert kept_of(row) == []
    dropped = desk.upload("participants", HEADER, *ROWS)
    look(desk, dropped)
    services.drop(desk.session, dropped)
    assert kept_of(dropped) == []
    earlier = desk.upload("participants", HEADER, *ROWS)
    look(desk, earlier)
    desk.upload("participants", HEADER, *ROWS)
    assert kept_of(earlier) == []
