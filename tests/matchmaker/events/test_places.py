"""Tables, stands and their seats; zones and walking; interpreters."""

from __future__ import annotations

import cast
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Place, PlaceSeat, Walk
from matchmaker.events.queries import closures_of, places_of, walks_of
from matchmaker.events.services import (
    add_interpreter,
    add_place,
    add_tables,
    add_zone,
    change_interpreter,
    change_place,
    close_place,
    remove_interpreter,
    remove_place,
    remove_zone,
    set_interpreter_absences,
    set_walk,
)
from matchmaker.schedules.models import PlaceBooking, ScheduledMeeting, Version


def seats(session: Session, place: Place) -> list[int]:
    return sorted(session.scalars(select(PlaceSeat.seat).where(PlaceSeat.place_id == place.id)))


def book(session: Session, event: Event, place: Place, *numbers: int) -> None:
    """A schedule uses these seats of the place."""
    (slot,) = cast.make_slots(session, event, 1)
    session.add(Version(event_id=event.id, id="v1"))
    session.flush()
    for number in numbers:
        meeting = {"event_id": event.id, "version_id": "v1", "meeting_id": f"m{number}"}
        session.add(ScheduledMeeting(**meeting, slot_id=slot.id, place_id=place.id))
        session.flush()
        session.add(PlaceBooking(**meeting, slot_id=slot.id, place_id=place.id, seat=number))
    session.flush()


def test_tables_are_numbered_with_a_seat_each(session: Session) -> None:
    event = cast.make_event(session)
    tables = add_tables(session, event, count=3, prefix="T", start=8)
    assert [table.code for table in tables] == ["T08", "T09", "T10"]
    assert [seats(session, table) for table in tables] == [[1], [1], [1]]


@pytest.mark.parametrize("count", [0, -1, 501])
def test_zero_tables_are_refused(session: Session, count: int) -> None:
    event = cast.make_event(session)
    with pytest.raises(Refusal, match="Number of tables"):
        add_tables(session, event, count=count)
    assert places_of(session, event.id) == []


def test_tables_whose_sign_is_taken_are_refused_together(session: Session) -> None:
    event = cast.make_event(session)
    add_place(session, event, code="T02")
    with pytest.raises(Refusal, match="T02"):
        add_tables(session, event, count=3)
    assert [place.code for place in places_of(session, event.id)] == ["T02"]


def test_the_database_holds_each_sign_once(session: Session) -> None:
    event = cast.make_event(session)
    add_place(session, event, code="T01")
    session.add(Place(event_id=event.id, code="T01"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_seats_follow_the_capacity(session: Session) -> None:
    event = cast.make_event(session)
    stand = add_place(session, event, code="A7", kind="stand", capacity=3)
    assert seats(session, stand) == [1, 2, 3]
    change_place(session, stand, code="A7", kind="stand", capacity=1)
    assert seats(session, stand) == [1]


def test_a_seat_that_a_schedule_uses_stays(session: Session) -> None:
    event = cast.make_event(session)
    stand = add_place(session, event, code="A7", kind="stand", capacity=3)
    book(session, event, stand, 1, 2)
    session.commit()
    with pytest.raises(Refusal, match="A7"):
        change_place(session, stand, code="A7", kind="stand", capacity=1)
    session.rollback()
    assert (stand.capacity, seats(session, stand)) == (3, [1, 2, 3])
    change_place(session, stand, code="A7", kind="stand", capacity=2)
    assert seats(session, stand) == [1, 2]


def test_a_place_goes_unless_a_schedule_or_somebody_uses_it(session: Session) -> None:
    event = cast.make_event(session)
    used, own, free = add_tables(session, event, count=3)
    book(session, event, used, 1)
    cast.make_participant(session, event, "Bilal", place_id=own.id)
    for place in (used, own):
        with pytest.raises(Refusal, match=place.code):
            remove_place(session, place)
    remove_place(session, free)
    assert [place.id for place in places_of(session, event.id)] == [used.id, own.id]


@pytest.mark.parametrize(
    "details",
    [
        {"code": ""},
        {"code": "x" * 10_000},
        {"kind": "cellar"},
        {"capacity": 0},
        {"zone_id": "elsewhere"},
        {"names": {"en": "x" * 10_000}},
    ],
)
def test_a_place_that_cannot_be_is_refused(session: Session, details: dict) -> None:
    event = cast.make_event(session)
    with pytest.raises(Refusal):
        add_place(session, event, **{"code": "T01", **details})
    assert places_of(session, event.id) == []


def test_a_zone_of_another_event_is_no_zone_here(session: Session) -> None:
    here, there = cast.make_event(session, "here"), cast.make_event(session, "there")
    hall = add_zone(session, there, names={"en": "Hall 1"})
    with pytest.raises(Refusal, match="zone"):
        add_place(session, here, code="T01", zone_id=hall.id)


def test_closing_names_the_slots_and_opens_the_others(session: Session) -> None:
    event = cast.make_event(session)
    first, second, *_ = (slot.id for slot in cast.make_slots(session, event))
    table = add_place(session, event, code="T01")
    close_place(session, table, [first])
    close_place(session, table, [second])
    assert closures_of(session, event.id, [table.id]) == {table.id: {second}}
    with pytest.raises(Refusal, match="slot"):
        close_place(session, table, ["d9-0900"])


def test_walking_is_the_same_in_both_directions(session: Session) -> None:
    event = cast.make_event(session)
    one = add_zone(session, event, names={"en": "Hall 1"})
    two = add_zone(session, event, names={"en": "Hall 2"})
    set_walk(session, event, one.id, two.id, 12)
    set_walk(session, event, two.id, one.id, 9)
    assert walks_of(session, event.id) == {frozenset((one.id, two.id)): 9}
    for other, minutes in ((one.id, 5), ("elsewhere", 5), (two.id, -1), (two.id, 1000)):
        with pytest.raises(Refusal):
            set_walk(session, event, one.id, other, minutes)


def test_the_database_holds_each_walk_once(session: Session) -> None:
    event = cast.make_event(session)
    ids = sorted(add_zone(session, event, names={"en": name}).id for name in ("A", "B"))
    session.add(Walk(event_id=event.id, from_id=ids[1], to_id=ids[0], minutes=5))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_zone_with_places_stays(session: Session) -> None:
    event = cast.make_event(session)
    hall = add_zone(session, event, names={"en": "Hall 1"})
    table = add_place(session, event, code="T01", zone_id=hall.id)
    with pytest.raises(Refusal, match="places"):
        remove_zone(session, hall)
    remove_place(session, table)
    remove_zone(session, hall)


def test_an_interpreter_speaks_two_languages(session: Session) -> None:
    event = cast.make_event(session)
    idris = add_interpreter(session, event, name="Idris", languages=["en", "ar"])
    assert idris.languages == ["ar", "en"]
    for languages in (["fr"], ["fr", "fr"], ["fr", "xx"]):
        with pytest.raises(Refusal):
            change_interpreter(session, idris, name="Idris", languages=languages)
    with pytest.raises(Refusal, match="slot"):
        set_interpreter_absences(session, idris, ["d9-0900"])


def test_an_interpreter_whom_a_schedule_uses_stays(session: Session) -> None:
    event = cast.make_event(session)
    (slot,) = cast.make_slots(session, event, 1)
    idris, free = (
        add_interpreter(session, event, name=name, languages=["en", "ar"])
        for name in ("Idris", "Salma")
    )
    session.add(Version(event_id=event.id, id="v1"))
    session.flush()
    session.add(
        ScheduledMeeting(
            event_id=event.id,
            version_id="v1",
            meeting_id="m1",
            slot_id=slot.id,
            interpreter_id=idris.id,
        )
    )
    session.flush()
    with pytest.raises(Refusal, match="Idris"):
        remove_interpreter(session, idris)
    remove_interpreter(session, free)
