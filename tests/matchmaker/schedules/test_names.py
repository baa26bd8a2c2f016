"""Whoever a page names is named, however few the page said it would name."""

from __future__ import annotations

import cast
import statements
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.names import Names


def forum_of(session: Session) -> Event:
    event = cast.make_event(session)
    atlas = cast.make_organisation(session, event, "Atlas")
    for name in ("Amal", "Bilal", "Chen"):
        cast.make_participant(session, event, name, organisation_id=atlas.id)
    session.commit()
    return event


def test_a_few_are_read_alone(session: Session) -> None:
    names = Names(session, forum_of(session).id, {"amal", "bilal"})
    assert "Amal" in names.person("amal")
    assert names.organisation("bilal") == "Atlas"
    assert set(names.people) == {"amal", "bilal"}


def test_somebody_else_is_named_as_well(session: Session) -> None:
    names = Names(session, forum_of(session).id, {"amal"})
    assert "Chen" in names.person("chen")
    assert "Amal" in names.person("amal")


def test_an_organisation_is_nobody_to_look_for(session: Session) -> None:
    event = forum_of(session)
    names = Names(session, event.id, {"amal"})
    names.person("amal")
    with statements.counted() as sent:
        assert names.person(f"o:{next(iter(names.organisations))[2:]}") == "Atlas"
    assert not any("FROM participant" in statement for statement in sent)
