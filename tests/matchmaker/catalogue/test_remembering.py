"""What is remembered from page to page is as true as what would be read anew."""

from __future__ import annotations

from collections.abc import Iterator

import cast
import pytest
from catalogue_checks import faults_of
from sqlalchemy import delete
from sqlalchemy.orm import Session

from matchmaker.catalogue import remembering
from matchmaker.catalogue.queries import Asked, Search, search_people
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    for name in ("Amal", "Bilal", "Farah"):
        join(session, event, name)
    return event


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    remembering._kept.clear()
    yield
    remembering._kept.clear()


def join(session: Session, event: Event, name: str) -> None:
    cast.make_participant(session, event, name, consent_version="1", spoken=["fr"])
    session.commit()


def search(session: Session, forum: Event) -> Search:
    return search_people(session, session.get_one(Participant, (forum.id, "amal")), Asked())


def names(session: Session, forum: Event) -> list[str]:
    found = [row.participant_id for row in search(session, forum).rows(0, 9)]
    session.rollback()
    return found


def test_another_server_sees_every_change_at_once(
    session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers are two memories on one database."""
    memories: tuple[dict[str, object], ...] = (type(remembering._kept)(), remembering._kept)
    for change in (
        lambda: join(session, forum, "Chen"),
        lambda: rename(session, forum, "Zineb"),
        lambda: leave(session, forum),
    ):
        change()
        seen = []
        for memory in memories:
            monkeypatch.setattr(remembering, "_kept", memory)
            seen.append(names(session, forum))
            assert faults_of(session) == []
            session.rollback()
        assert seen[0] == seen[1]
    assert seen[0] == ["chen", "bilal"]


def rename(session: Session, forum: Event, last_name: str) -> None:
    session.get_one(Participant, (forum.id, "bilal")).last_name = last_name
    session.commit()


def leave(session: Session, forum: Event) -> None:
    """As a bulk statement, by which the documents go unseen with their people."""
    session.execute(delete(Participant).where(Participant.id == "farah"))
    session.commit()


def test_what_was_never_committed_is_not_remembered(session: Session, forum: Event) -> None:
    assert names(session, forum) == ["bilal", "farah"]
    session.get_one(Participant, (forum.id, "bilal")).state = "withdrawn"
    session.flush()
    session.rollback()
    assert names(session, forum) == ["bilal", "farah"]


def test_only_what_changed_is_read_again(
    session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    reading = remembering._read
    monkeypatch.setattr(
        remembering, "_read", lambda *given: read.append(len(given[1])) or reading(*given)
    )
    assert names(session, forum) == ["bilal", "farah"]
    assert names(session, forum) == ["bilal", "farah"]
    rename(session, forum, "Aa")
    assert names(session, forum) == ["bilal", "farah"]
    assert read == [3, 1]


def test_an_event_without_documents_is_no_error(session: Session) -> None:
    event = cast.make_event(session)
    inventory = remembering.inventory_of(session, event.id)
    assert (inventory.counts(inventory.entries), inventory.places_of([7]).tolist()) == ({}, [-1])


def test_the_event_asked_for_longest_ago_is_forgotten(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MOST_KEPT", 2)
    events = [cast.make_event(session, f"forum-{number}") for number in range(3)]
    session.commit()
    for event in events:
        remembering.inventory_of(session, event.id)
    assert list(remembering._kept) == [event.id for event in events[1:]]
