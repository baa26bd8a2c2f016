"""The engine works on a draft: it fills gaps or improves, and one takes over what it found."""

from __future__ import annotations

import cast
import pytest
import schedule_cast
from flask import Flask
from schedule_cast import Forum
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.services import Hand, lock, move, undo
from matchmaker.drafts.solving import start, take_over
from matchmaker.drafts.ways import Cell
from matchmaker.errors import Refusal
from matchmaker.schedules import bridge
from matchmaker.schedules.models import Run, ScheduledMeeting, Version
from matchmaker.schedules.queries import meetings_of

AB, AC, BC = "amal~bilal", "amal~chen", "bilal~chen"


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@pytest.fixture
def draft(session: Session, forum: Forum) -> Version:
    """Amal – Bilal at nine; the two others are not placed."""
    meeting = {"people": ["bilal", "amal"], "slot": "d1-0900", "place": "T01"}
    version = cast.make_version(session, forum.event, [meeting])
    version.problem, _hash = bridge.write_problem(session, forum.event, "most_wishes")
    session.commit()
    return open_draft(session, forum.event, version)


def solved(app: Flask, session: Session, forum: Forum, draft: Version, **form: object) -> Run:
    wanted: MultiDict[str, str] = MultiDict({"seconds": "5", **form})  # type: ignore[dict-item]
    run = schedule_cast.finish_run(app, start(session, forum.event, draft, wanted))
    assert run.version_id, run.failure
    return run


def slots(session: Session, draft: Version) -> dict[str, str]:
    session.expire_all()
    return {row.id: row.slot_id for row in meetings_of(session, draft)}


def test_filling_the_gaps_moves_nothing(
    app: Flask, session: Session, forum: Forum, draft: Version
) -> None:
    run = solved(app, session, forum, draft, aim="fill")
    assert slots(session, draft) == {AB: "d1-0900"}  # nothing before it is taken over
    take_over(session, Hand(forum.event, draft, 0), run)
    now = slots(session, draft)
    assert set(now) == {AB, AC, BC}
    assert now[AB] == "d1-0900"


def test_only_the_marked_are_placed(
    app: Flask, session: Session, forum: Forum, draft: Version
) -> None:
    run = solved(app, session, forum, draft, aim="marked", ids=[BC])
    take_over(session, Hand(forum.event, draft, 0), run)
    assert set(slots(session, draft)) == {AB, BC}
    with pytest.raises(Refusal, match="Mark the meetings"):
        start(session, forum.event, draft, MultiDict({"aim": "marked"}))


def test_what_is_locked_stays_and_stays_locked_while_the_rest_is_improved(
    app: Flask, session: Session, forum: Forum, draft: Version
) -> None:
    move(session, Hand(forum.event, draft, 0), AB, Cell("d1-1015", "T02"))
    lock(session, Hand(forum.event, draft, 1), AB)
    run = solved(app, session, forum, draft, aim="improve")
    take_over(session, Hand(forum.event, draft, 2), run)
    now = slots(session, draft)
    assert (now[AB], set(now)) == ("d1-1015", {AB, AC, BC})
    assert session.get_one(ScheduledMeeting, (draft.event_id, draft.id, AB)).locked


def test_what_was_taken_over_is_undone_in_one_step(
    app: Flask, session: Session, forum: Forum, draft: Version
) -> None:
    run = solved(app, session, forum, draft, aim="fill")
    change = take_over(session, Hand(forum.event, draft, 0), run)
    undo(session, Hand(forum.event, draft, 1), change.number)
    assert slots(session, draft) == {AB: "d1-0900"}
    with pytest.raises(Refusal):
        undo(session, Hand(forum.event, draft, 2), change.number)


def test_a_change_made_while_the_engine_worked_is_not_overwritten(
    app: Flask, session: Session, forum: Forum, draft: Version
) -> None:
    ester = cast.make_account(session, "Ester")
    session.commit()
    run = solved(app, session, forum, draft, aim="fill")
    move(session, Hand(forum.event, draft, 0, ester.id), BC, Cell("d1-1015", "T02"))
    with pytest.raises(Refusal, match="Ester"):
        take_over(session, Hand(forum.event, draft, 1, forum.dounia.id), run)
    assert slots(session, draft) == {AB: "d1-0900", BC: "d1-1015"}
