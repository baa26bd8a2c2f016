"""Changes of a draft by hand: what may be, what is refused and why, and what is undone."""

from __future__ import annotations

import json
from typing import Any

import cast
import pytest
import schedule_cast
from flask import Flask
from schedule_cast import Forum
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from matchmaker.drafts.models import Change
from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.options import Options
from matchmaker.drafts.services import Hand, cancel, lock, move, swap, undo
from matchmaker.drafts.ways import Cell
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Interpreter, InterpreterAbsence, PlaceClosure
from matchmaker.notices.models import Notice
from matchmaker.schedules import bridge
from matchmaker.schedules.handwriting import files_of
from matchmaker.schedules.models import UnplacedMeeting, Version
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import meetings_of

AB, AC, BC = "amal~bilal", "amal~chen", "bilal~chen"


@pytest.fixture
def forum(session: Session) -> Forum:
    """Amal wants Bilal and Chen, Chen wants Bilal; four slots, two tables."""
    return schedule_cast.make_forum(session)


@pytest.fixture
def draft(session: Session, forum: Forum) -> Version:
    """Amal – Bilal at nine, Amal – Chen next, Bilal – Chen not placed."""
    version = cast.make_version(
        session,
        forum.event,
        [
            {"people": ["bilal", "amal"], "slot": "d1-0900", "place": "T01"},
            {"people": ["chen", "amal"], "slot": "d1-0925", "place": "T01"},
        ],
    )
    version.problem, _hash = bridge.write_problem(session, forum.event, "most_wishes")
    session.commit()
    return open_draft(session, forum.event, version, forum.dounia.id)


def hand(forum: Forum, draft: Version, seen: int = 0, account_id: str | None = None) -> Hand:
    return Hand(forum.event, draft, seen, account_id or forum.dounia.id)


def cells(session: Session, draft: Version) -> dict[str, tuple[str, str]]:
    session.expire_all()
    return {row.id: (row.slot_id, row.place_code) for row in meetings_of(session, draft)}


def test_others_write_while_what_is_asked_for_is_worked_out(
    session: Session, forum: Forum, draft: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes a second in a large event, and SQLite has one writer at a time."""
    base, work_out = session.get_one(Version, (forum.event.id, draft.base_id)), bridge.asked_now

    def meanwhile(*arguments: Any) -> str:
        with Session(session.get_bind()) as other:
            if session.get_bind().dialect.name == "sqlite":
                other.execute(text("PRAGMA busy_timeout=100"))
            other.get_one(Event, forum.event.id).venue = {"en": "Hall 2"}
            other.commit()
        return work_out(*arguments)

    monkeypatch.setattr(bridge, "asked_now", meanwhile)
    second = open_draft(session, forum.event, base)
    assert second.id != draft.id
    assert forum.event.venue == {"en": "Hall 2"}


def test_a_draft_is_a_copy_and_what_it_was_made_from_stays(
    session: Session, forum: Forum, draft: Version
) -> None:
    base = session.get_one(Version, (forum.event.id, draft.base_id))
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    assert cells(session, draft)[AB] == ("d1-0950", "T02")
    assert cells(session, base)[AB] == ("d1-0900", "T01")
    assert (base.revision, draft.revision) == (None, 1)


def test_what_is_asked_for_since_waits_to_be_placed(
    session: Session, forum: Forum, draft: Version
) -> None:
    row = session.scalars(select(UnplacedMeeting)).one()
    assert (row.version_id, row.meeting_id, row.rule) == (draft.id, BC, "late")
    change = move(session, hand(forum, draft), BC, Cell("d1-0950", "T02"))
    assert change.kind == "place"
    assert cells(session, draft)[BC] == ("d1-0950", "T02")
    assert session.scalars(select(UnplacedMeeting)).all() == []


def test_every_change_is_one_row_of_the_log(session: Session, forum: Forum, draft: Version) -> None:
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    opened, moved = session.scalars(select(Change).order_by(Change.number)).all()
    assert (opened.number, opened.kind) == (0, "open")
    assert (moved.number, moved.kind, moved.account_id) == (1, "move", forum.dounia.id)
    assert moved.before[AB]["slot"], moved.after[AB]["slot"] == ("d1-0900", "d1-0950")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell("d1-0925", "T02"), "Amal Test has another meeting at 09:25"),
        (Cell("d1-0925", "T01"), "T01 is taken at 09:25"),
        (Cell("d1-1015", "T02"), "Bilal Test is absent at 10:15"),
        (Cell("d1-0950", "T01"), "T01 is closed at 09:50"),
        (Cell("d1-0950", None), "A meeting on site takes place at a table or a stand."),
    ],
)
def test_the_engines_rules_decide_and_say_who(
    session: Session, forum: Forum, draft: Version, cell: Cell, said: str
) -> None:
    schedule_cast.make_absent(session, forum.bilal, forum.slots[3])
    session.add(PlaceClosure(event_id=forum.event.id, place_id="T01", slot_id="d1-0950"))
    session.commit()
    before = cells(session, draft)
    with pytest.raises(Refusal) as refusal:
        move(session, hand(forum, draft), AB, cell)
    assert said in _plain(refusal)
    assert (cells(session, draft), draft.revision) == (before, 0)


def test_who_has_left_or_said_never_is_not_moved_anywhere(
    session: Session, forum: Forum, draft: Version
) -> None:
    cast.make_wish(session, forum.bilal, forum.chen, "never")
    session.commit()
    with pytest.raises(Refusal) as refusal:
        move(session, hand(forum, draft), BC, Cell("d1-0950", "T02"))
    assert "must not meet" in _plain(refusal)
    forum.amal.state = "withdrawn"
    session.commit()
    with pytest.raises(Refusal) as refusal:
        move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    assert "Amal Test takes part no longer" in _plain(refusal)


def test_what_was_broken_before_does_not_hold_up_what_has_nothing_to_do_with_it(
    session: Session, forum: Forum, draft: Version
) -> None:
    schedule_cast.make_absent(session, forum.amal, forum.slots[0])
    move(session, hand(forum, draft), AC, Cell("d1-0950", "T02"))
    assert cells(session, draft)[AC] == ("d1-0950", "T02")


def test_two_meetings_change_places(session: Session, forum: Forum, draft: Version) -> None:
    swap(session, hand(forum, draft), AB, AC)
    assert cells(session, draft) == {AB: ("d1-0925", "T01"), AC: ("d1-0900", "T01")}


def test_a_swap_that_breaks_a_rule_for_either_changes_neither(
    session: Session, forum: Forum, draft: Version
) -> None:
    schedule_cast.make_absent(session, forum.chen, forum.slots[0])
    before = cells(session, draft)
    with pytest.raises(Refusal) as refusal:
        swap(session, hand(forum, draft), AB, AC)
    assert "Chen Test is absent" in _plain(refusal)
    assert cells(session, draft) == before


def test_a_locked_meeting_stays_until_it_is_unlocked(
    session: Session, forum: Forum, draft: Version
) -> None:
    lock(session, hand(forum, draft), AB)
    for deed in (
        lambda: move(session, hand(forum, draft, 1), AB, Cell("d1-0950", "T02")),
        lambda: swap(session, hand(forum, draft, 1), AC, AB),
        lambda: cancel(session, hand(forum, draft, 1), AB),
    ):
        with pytest.raises(Refusal, match="locked"):
            deed()
    lock(session, hand(forum, draft, 1), AB, locked=False)
    move(session, hand(forum, draft, 2), AB, Cell("d1-0950", "T02"))


def test_a_cancelled_meeting_stands_among_those_not_placed(
    session: Session, forum: Forum, draft: Version
) -> None:
    cancel(session, hand(forum, draft), AB)
    row = session.get_one(UnplacedMeeting, (forum.event.id, draft.id, AB))
    assert (row.rule, row.sides) == ("by_hand", {"sides": [["bilal"], ["amal"]]})
    assert AB not in cells(session, draft)


def test_who_had_a_meeting_that_was_cancelled_is_told_when_the_draft_is_published(
    session: Session, forum: Forum, draft: Version
) -> None:
    cancel(session, hand(forum, draft), AB)
    assert session.scalars(select(Notice)).all() == []
    publish(session, forum.event, draft, seen=1)
    told = {(row.participant_id, row.kind) for row in session.scalars(select(Notice))}
    assert told == {("amal", "changed"), ("bilal", "changed")}


def test_an_interpreter_is_found_where_one_is_needed(
    session: Session, forum: Forum, draft: Version
) -> None:
    forum.chen.spoken = ["ar"]
    session.add(
        Interpreter(event_id=forum.event.id, id="ines", name="Inès", languages=["fr", "ar"])
    )
    session.commit()
    move(session, hand(forum, draft), BC, Cell("d1-0950", "T02"))
    session.expire_all()
    (placed,) = [row for row in meetings_of(session, draft) if row.id == BC]
    assert placed.interpreter_id == "ines"


def test_where_the_interpreter_is_busy_nobody_is_told_that_none_speaks_so(
    session: Session, forum: Forum, draft: Version
) -> None:
    forum.chen.spoken = ["ar"]
    session.add(
        Interpreter(event_id=forum.event.id, id="ines", name="Inès", languages=["fr", "ar"])
    )
    session.add(
        InterpreterAbsence(event_id=forum.event.id, interpreter_id="ines", slot_id="d1-0950")
    )
    session.commit()
    with pytest.raises(Refusal, match="need an interpreter who is free then"):
        move(session, hand(forum, draft), BC, Cell("d1-0950", "T02"))


def test_an_undo_is_a_new_change_and_can_be_undone(
    session: Session, forum: Forum, draft: Version
) -> None:
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    assert undo(session, hand(forum, draft, 1), 1).number == 2
    assert cells(session, draft)[AB] == ("d1-0900", "T01")
    undo(session, hand(forum, draft, 2), 2)
    assert cells(session, draft)[AB] == ("d1-0950", "T02")
    undo(session, hand(forum, draft, 3), 1)
    assert cells(session, draft)[AB] == ("d1-0900", "T01")


def test_an_undo_is_refused_with_who_and_what_has_changed_it_since(
    session: Session, forum: Forum, draft: Version
) -> None:
    ester = cast.make_account(session, "Ester")
    session.commit()
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    move(session, hand(forum, draft, 1, ester.id), AB, Cell("d1-1015", "T02"))
    with pytest.raises(Refusal) as refusal:
        undo(session, hand(forum, draft, 2), 1)
    assert "Ester has moved Amal Test – Bilal Test: 10:15, T02." in _plain(refusal)


def test_an_undo_has_to_keep_the_rules(session: Session, forum: Forum, draft: Version) -> None:
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    schedule_cast.make_absent(session, forum.bilal, forum.slots[0])
    with pytest.raises(Refusal) as refusal:
        undo(session, hand(forum, draft, 1), 1)
    assert "Bilal Test is absent" in _plain(refusal)


def test_nobody_overwrites_what_somebody_else_has_changed_unseen(
    session: Session, forum: Forum, draft: Version
) -> None:
    ester = cast.make_account(session, "Ester")
    session.commit()
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    with pytest.raises(Refusal) as refusal:
        move(session, hand(forum, draft, 0, ester.id), AB, Cell("d1-1015", "T02"))
    assert "Dounia has moved Amal Test – Bilal Test: 09:50, T02." in _plain(refusal)
    move(session, hand(forum, draft, 0, ester.id), AC, Cell("d1-0900", "T01"))


def test_the_options_of_a_meeting_are_what_the_changes_would_answer(
    session: Session, forum: Forum, draft: Version
) -> None:
    schedule_cast.make_absent(session, forum.bilal, forum.slots[3])
    move(session, hand(forum, draft), BC, Cell("d1-0950", "T02"))
    seen, slots = 1, [slot.id for slot in forum.slots]
    found = Options(session, forum.event, draft, AB, (slots, ["T01", "T02", None])).all()
    session.commit()
    assert found[Cell("d1-0900", "T01")].state == "here"
    for cell, option in found.items():
        if option.state == "here":
            continue
        other = option.other if option.state == "swap" else None
        try:
            if other:
                swap(session, hand(forum, draft, seen), AB, other)
            else:
                move(session, hand(forum, draft, seen), AB, cell)
        except Refusal:
            assert option.state == "no", cell
        else:
            assert option.state == ("swap" if other else "free"), cell
            undo(session, hand(forum, draft, seen + 1), seen + 1)
            seen += 2
    assert {option.state for option in found.values()} == {"here", "free", "swap", "no"}


def test_a_slot_is_told_as_if_each_of_its_places_had_been_asked(
    session: Session, forum: Forum, draft: Version
) -> None:
    """Places of one use are asked once; a hall for two and a closed table stand for themselves."""
    hall = cast.make_place(session, forum.event, "S01", kind="stand", capacity=2)
    cast.make_place(session, forum.event, "T03")
    session.add(PlaceClosure(event_id=forum.event.id, place_id="T03", slot_id="d1-0950"))
    session.commit()
    move(session, hand(forum, draft), BC, Cell("d1-0950", hall.id))
    slots, places = [slot.id for slot in forum.slots], ["S01", "T01", "T02", "T03", None]
    for meeting in (AB, AC, BC):
        cells = slots, places
        each = Options(session, forum.event, draft, meeting, cells).all(swaps=False)
        briefly = Options(session, forum.event, draft, meeting, cells)
        for slot in slots:
            asked = [each[Cell(slot, place)] for place in places]
            found = briefly.in_slot(slot)
            assert found.free == sum(option.state == "free" for option in asked)
            assert {option.state for option in found.options} == {one.state for one in asked}
    session.commit()


def test_what_was_made_by_hand_is_checked_and_published(
    app: Flask, session: Session, forum: Forum, draft: Version
) -> None:
    move(session, hand(forum, draft), AB, Cell("d1-0950", "T02"))
    move(session, hand(forum, draft, 1), BC, Cell("d1-0900", "T02"))
    problem, schedule = files_of(session, draft)
    assert bridge.objections(problem, schedule) == []
    published = publish(session, forum.event, draft, seen=1)
    assert (published.number, published.is_open) == (2, False)
    rows = {row["meeting"]: row["slot"] for row in json.loads(published.schedule)["meetings"]}
    assert rows == {AB: "d1-0950", AC: "d1-0925", BC: "d1-0900"}
    with pytest.raises(Refusal, match="not open for changes"):
        move(session, hand(forum, draft, 2), AB, Cell("d1-0900", "T01"))


def test_a_version_made_by_a_run_is_not_changed(
    session: Session, forum: Forum, draft: Version
) -> None:
    base = session.get_one(Version, (forum.event.id, draft.base_id))
    with pytest.raises(Refusal, match="not open for changes"):
        move(session, hand(forum, base), AB, Cell("d1-0950", "T02"))


def _plain(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return str(refusal.value).replace("<bdi>", "").replace("</bdi>", "")
