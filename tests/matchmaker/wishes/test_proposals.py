"""A proposal is remembered, and never an old one is shown: whatever changed, by whatever path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import cast
import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import text
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.wishes import proposals
from matchmaker.wishes.meetings import Proposal, propose_meetings
from matchmaker.wishes.proposals import proposal_of

WISHED_AGAIN = "UPDATE wish SET {} WHERE from_id = 'amal' AND to_id = 'bilal'"
DECLARED = "UPDATE participant SET {} WHERE id = 'bilal'"


@pytest.fixture
def forum(session: Session) -> Event:
    proposals._kept.clear()
    forum = cast.make_event(session)
    for name in ("atlas", "rif"):
        organisation = cast.make_organisation(session, forum, name)
        organisation.id = name
    session.flush()
    amal = cast.make_participant(session, forum, "Amal")
    bilal = cast.make_participant(session, forum, "Bilal", organisation_id="atlas")
    chen = cast.make_participant(session, forum, "Chen")
    cast.make_wish(session, amal, bilal, "top", id="w1", position=1)
    cast.make_wish(session, bilal, amal, "like", id="w2", position=2)
    cast.make_wish(session, chen, bilal, "like", id="w3", position=3)
    session.commit()
    return forum


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)


def test_what_was_computed_is_not_computed_again(session: Session, forum: Event) -> None:
    first = proposal_of(session, forum)
    assert first == propose_meetings(session, forum)
    assert forum.top_weight
    with counted() as statements:
        assert proposal_of(session, forum) is first
    assert len(statements) == 2


@pytest.mark.parametrize(
    "change",
    [
        WISHED_AGAIN.format("grade = 'never'"),
        WISHED_AGAIN.format("state = 'declined'"),
        WISHED_AGAIN.format("position = 9"),
        WISHED_AGAIN.format("to_id = 'chen'"),
        WISHED_AGAIN.format("to_id = NULL, to_organisation_id = 'rif'"),
        "UPDATE wish SET from_id = 'chen' WHERE id = 'w2'",
        "DELETE FROM wish WHERE id = 'w3'",
        DECLARED.format("state = 'withdrawn'"),
        "UPDATE event SET top_weight = 100",
        "UPDATE event SET needs_acceptance = true",
    ],
)
def test_a_change_that_told_nobody_is_seen(session: Session, forum: Event, change: str) -> None:
    before = proposal_of(session, forum)
    session.execute(text(change))
    session.commit()
    after = proposal_of(session, forum)
    assert after == propose_meetings(session, forum)
    assert after != before


@pytest.mark.parametrize("house", ["rif", "atlas"])
def test_the_house_of_somebody_asked_for_is_seen(
    session: Session, forum: Event, house: str
) -> None:
    session.execute(text(WISHED_AGAIN.format("to_id = NULL, to_organisation_id = 'rif'")))
    session.execute(text("DELETE FROM wish WHERE id = 'w2'"))
    proposal_of(session, forum)
    session.execute(text(DECLARED.format(f"organisation_id = '{house}'")))
    asked_for = {meeting.id for meeting in proposal_of(session, forum).meetings}
    assert ("amal~o:rif" in asked_for) == (house == "rif")


def test_what_changed_while_it_was_computed_is_not_remembered(
    session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def propose_late(session: Session, event: Event) -> Proposal:
        session.execute(text(WISHED_AGAIN.format("grade = 'never'")))
        return propose_meetings(session, event)

    monkeypatch.setattr(proposals, "propose_meetings", propose_late)
    proposal_of(session, forum)
    monkeypatch.undo()
    session.execute(text(WISHED_AGAIN.format("grade = 'top'")))
    assert proposal_of(session, forum) == propose_meetings(session, forum)


def test_only_the_last_few_are_kept(session: Session, forum: Event) -> None:
    for position in range(10, 20):
        session.execute(text(WISHED_AGAIN.format(f"position = {position}")))
        proposal_of(session, forum)
    assert len(proposals._kept) == proposals.MOST_KEPT
