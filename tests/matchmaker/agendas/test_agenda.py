"""One shape of an agenda: its meetings, its free times, and who stays where."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import cast
import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import SlotTime, free_times, plain
from matchmaker.agendas.presence import Stop, staying
from matchmaker.agendas.queries import agenda_of, agendas_of, cards_of


def rows(agenda: Any) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"{meeting.starts_at:%H:%M}",
            meeting.place,
            meeting.partners[0].name,
            meeting.presence.value,
        )
        for meeting in agenda.meetings
    ]


def test_owner_of_the_stand_stays_and_the_guest_comes(session: Session, forum: Any) -> None:
    amal = agenda_of(session, forum.event, forum.version, "amal")
    bilal = agenda_of(session, forum.event, forum.version, "bilal")
    assert rows(amal) == [
        ("09:00", "S01", "Bilal Haddad", "stays"),
        ("09:50", "Q01 · R1", "Chen Test", "comes"),
        ("10:15", "S01", "ديمة المشتريات", "stays"),
    ]
    assert rows(bilal) == [
        ("09:00", "S01", "Amal Test", "comes"),
        ("09:25", "T01", "ديمة المشتريات", "both_come"),
    ]


def test_whoever_is_remote_sees_the_room_only(session: Session, forum: Any) -> None:
    chen = agenda_of(session, forum.event, forum.version, "chen")
    assert rows(chen) == [("09:50", "R1", "Amal Test", "online")]
    assert chen.meetings[0].spot is None


def test_free_times_leave_out_absences_and_join(session: Session, forum: Any) -> None:
    def spans(participant: str) -> list[tuple[str, str, int]]:
        agenda = agenda_of(session, forum.event, forum.version, participant)
        return [(f"{f.starts_at:%H:%M}", f"{f.ends_at:%H:%M}", f.slots) for f in agenda.free]

    assert spans("amal") == [("09:25", "09:45", 1), ("10:40", "11:00", 1)]
    assert spans("bilal") == [("10:40", "11:00", 1)]
    assert spans("chen") == [("09:00", "09:45", 2), ("10:15", "11:00", 2)]


def test_one_agenda_is_the_same_alone_and_among_all(session: Session, forum: Any) -> None:
    together = agendas_of(session, forum.event, forum.version)
    assert [agenda.person.id for agenda in together] == ["bilal", "amal", "chen", "dima"]
    for agenda in together:
        alone = agenda_of(session, forum.event, forum.version, agenda.person.id)
        assert (alone.meetings, alone.free) == (agenda.meetings, agenda.free)


def test_whoever_withdrew_without_a_meeting_gets_no_agenda(session: Session, forum: Any) -> None:
    cast.make_participant(session, forum.event, "Ester", state="withdrawn")
    forum.bilal.state = "withdrawn"
    session.flush()
    ids = [agenda.person.id for agenda in agendas_of(session, forum.event, forum.version)]
    assert ids == ["bilal", "amal", "chen", "dima"]


def test_statements_do_not_grow_with_people(session: Session, forum: Any) -> None:
    count = 0

    def tick(*_arguments: Any) -> None:
        nonlocal count
        count += 1

    def statements() -> int:
        nonlocal count
        count = 0
        session.expire_all()
        agendas_of(session, forum.event, forum.version)
        return count

    engine = session.get_bind()
    sqlalchemy_event.listen(engine, "before_cursor_execute", tick)
    statements()  # writes what is still pending
    few = statements()
    for number in range(20):
        cast.make_participant(session, forum.event, f"guest{number}")
    assert statements() == few
    sqlalchemy_event.remove(engine, "before_cursor_execute", tick)


def test_cards_show_who_meets_and_when_nobody_does(session: Session, forum: Any) -> None:
    cards = {card.spot.code: card for card in cards_of(session, forum.event, forum.version)}
    assert list(cards) == ["Q01", "S01", "T01"]
    stand = cards["S01"]
    assert [person.name for person in stand.owners] == ["Amal Test"]
    assert [[person.id for person in meeting.people] for meeting in stand.meetings] == [
        ["amal", "bilal"],
        ["dima", "amal"],
    ]
    assert [(f"{free.starts_at:%H:%M}", free.slots) for free in stand.free] == [
        ("09:25", 2),
        ("10:40", 1),
    ]


def stop(meeting: str, hour: int, place: str | None = "T01", session_id: str = "am") -> Stop:
    return Stop(meeting, session_id, place, datetime(2026, 10, 14, hour))


@pytest.mark.parametrize(
    ("ways", "stays"),
    [
        ({}, set()),
        ({"a": [stop("x", 9), stop("m", 10)], "b": [stop("m", 10), stop("y", 11)]}, {"a"}),
        ({"b": [stop("m", 10), stop("y", 11)]}, {"b"}),
        ({"a": [stop("x", 9), stop("m", 10)], "b": [stop("z", 9), stop("m", 10)]}, {"a", "b"}),
        ({"a": [stop("m", 10), stop("y", 11)], "b": [stop("m", 10), stop("z", 11)]}, set()),
        ({"a": [stop("x", 9, "T02"), stop("m", 10)]}, set()),
        ({"a": [stop("x", 9, session_id="early"), stop("m", 10)]}, set()),
    ],
)
def test_at_a_table_whoever_is_there_before_or_after_stays(
    ways: dict[str, list[Stop]], stays: set[str]
) -> None:
    assert staying(["a", "b"], stop("m", 10), {}, ways) == stays


def test_owner_stays_whoever_was_there_before() -> None:
    ways = {"a": [stop("x", 9), stop("m", 10)]}
    assert staying(["a", "b"], stop("m", 10), {"b": "T01"}, ways) == {"b"}


def test_nobody_stays_where_there_is_no_place() -> None:
    assert staying(["a", "b"], stop("m", 10, None), {"a": None, "b": None}, {}) == set()


def test_free_times_end_with_the_session() -> None:
    slots = [
        SlotTime("1", "am", datetime(2026, 10, 14, 11), datetime(2026, 10, 14, 11, 20)),
        SlotTime("2", "pm", datetime(2026, 10, 14, 14), datetime(2026, 10, 14, 14, 20)),
    ]
    assert [free.slots for free in free_times(slots, set())] == [1, 1]


def test_a_name_cannot_turn_the_direction_of_what_follows() -> None:
    assert plain("A\u202eB\u2069 C\n\x07D\t E ") == "AB C D E"
