"""A large ground is made beside the pages: none of them waits, and soon each has the new one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import cast
import pytest
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.suggestions import remembering
from matchmaker.suggestions.remembering import ground_of, remember_largest

WITHIN = 20.0  # seconds


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    join(session, event, "Amal")
    return event


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    remembering._kept.clear()
    yield
    remembering._kept.clear()


def join(session: Session, event: Event, name: str) -> None:
    cast.make_participant(session, event, name, consent_version="1", state="validated")
    session.commit()


def people_in(session: Session, event: Event) -> int:
    size = len(ground_of(session, event.id).people)
    session.rollback()
    return size


def test_a_small_one_is_as_the_catalogue_is(session: Session, forum: Event) -> None:
    assert people_in(session, forum) == 1
    join(session, forum, "Bilal")
    assert people_in(session, forum) == 2


def test_a_slow_one_goes_on_until_it_is_old(
    session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "QUICK", -1)
    monkeypatch.setattr(remembering, "PATIENCE", 1e9)
    assert people_in(session, forum) == 1
    join(session, forum, "Bilal")
    assert people_in(session, forum) == 1
    assert remembering._renewing == set()


def test_an_old_slow_one_is_made_again_beside_the_page(
    session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "QUICK", -1)
    monkeypatch.setattr(remembering, "PATIENCE", -1)
    assert people_in(session, forum) == 1
    join(session, forum, "Bilal")
    assert people_in(session, forum) == 1  # this page did not wait
    until = time.monotonic() + WITHIN
    while people_in(session, forum) == 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert people_in(session, forum) == 2


def test_the_largest_are_there_before_anybody_asks(session: Session, forum: Event) -> None:
    engine = session.connection().engine
    session.rollback()
    remember_largest(engine).join(WITHIN)
    assert set(remembering._kept) == {forum.id}


def test_the_oldest_is_forgotten(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_KEPT", 2)
    events = [cast.make_event(session, f"forum-{number}") for number in range(3)]
    session.commit()
    for event in events:
        ground_of(session, event.id)
    assert list(remembering._kept) == [event.id for event in events[1:]]
