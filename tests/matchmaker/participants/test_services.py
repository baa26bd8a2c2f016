"""People are found by their key, changed without loss, and leave when they say so."""

from __future__ import annotations

import threading

import cast
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants import services
from matchmaker.participants.models import Absence, Attendance, Participant, ParticipantSeat
from matchmaker.schedules.models import PersonBooking


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session)


def seats_of(session: Session, participant: Participant) -> list[int]:
    return list(
        session.scalars(
            select(ParticipantSeat.seat)
            .where(ParticipantSeat.participant_id == participant.id)
            .order_by(ParticipantSeat.seat)
        )
    )


def test_the_key_is_the_address_case_and_spaces_aside(session: Session, forum: Event) -> None:
    amal = services.add_participant(session, forum, email=" Amal@People.Example ")
    assert amal.email == "Amal@People.Example"
    assert services.find_participant(session, forum, email="amal@PEOPLE.example ") is amal
    with pytest.raises(Refusal):
        services.add_participant(session, forum, email="amal @people.example")


def test_without_an_address_the_reference_is_the_key(session: Session, forum: Event) -> None:
    stand = services.add_participant(session, forum, reference=" S-12 ")
    other = services.add_participant(session, forum, reference="S-13")
    assert services.find_participant(session, forum, reference="S-12") is stand
    with pytest.raises(Refusal):
        services.rename_key(session, other, email="", reference="S-12")
    with pytest.raises(Refusal):
        services.add_participant(session, forum)


def test_another_event_does_not_know_the_key(session: Session, forum: Event) -> None:
    other = cast.make_event(session, "other")
    amal = services.add_participant(session, forum, email="amal@people.example")
    again = services.add_participant(session, other, email="amal@people.example")
    assert services.find_participant(session, forum, email=amal.email) is amal
    assert services.find_participant(session, other, email=amal.email) is again


def test_two_at_the_same_moment_make_one_person(app: Flask) -> None:
    with app.app_context():
        event_id = cast.make_event(db.session).id
        db.session.commit()
    ready, answers = threading.Barrier(6), []

    def register() -> None:
        with app.app_context():
            event = db.session.get(Event, event_id)
            db.session.rollback()
            ready.wait()
            try:
                services.add_participant(db.session, event, email="amal@people.example")
                db.session.commit()
                answers.append("added")
            except Refusal:
                answers.append("refused")

    threads = [threading.Thread(target=register) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["added"] + ["refused"] * 5


def test_state_after_registering_is_the_events_choice(session: Session, forum: Event) -> None:
    assert services.add_participant(session, forum, reference="1").state == "validated"
    forum.validates_by_hand = True
    assert services.add_participant(session, forum, reference="2").state == "registered"


def test_seat_rows_follow_the_seats(session: Session, forum: Event) -> None:
    stand = services.add_participant(session, forum, reference="S-12", seats=3)
    assert seats_of(session, stand) == [1, 2, 3]
    services.set_seats(session, stand, 1)
    assert (stand.seats, seats_of(session, stand)) == (1, [1])
    with pytest.raises(Refusal):
        services.set_seats(session, stand, 0)


def test_a_seat_that_a_schedule_uses_stays(session: Session, forum: Event) -> None:
    slots = cast.make_slots(session, forum)
    cast.make_place(session, forum)
    stand = cast.make_participant(session, forum, "Stand", seats=3)
    cast.make_participant(session, forum, "Amal")
    meeting = {"people": ["stand", "amal"], "slot": slots[0].id, "place": "T01", "seats": (2, 1)}
    cast.make_version(session, forum, [meeting])
    services.set_seats(session, stand, 1)
    assert (stand.seats, seats_of(session, stand)) == (1, [1, 2])
    assert session.scalars(select(PersonBooking.seat).order_by(PersonBooking.seat)).all() == [1, 2]


def test_what_is_too_long_is_refused_on_every_database(session: Session, forum: Event) -> None:
    amal = services.add_participant(session, forum, reference="1", last_name="x" * 120)
    for details in ({"last_name": "x" * 121}, {"job": "x" * 10_000}):
        with pytest.raises(Refusal):
            services.update(session, amal, **details)
        with pytest.raises(Refusal):
            services.add_participant(session, forum, reference="2", **details)


def test_every_session_is_the_same_as_none_named(session: Session, forum: Event) -> None:
    cast.make_slots(session, forum, 2, "am")
    amal = services.add_participant(session, forum, reference="1")
    services.set_sessions(session, amal, ["am"])
    assert session.scalars(select(Attendance.session_id)).all() == []
    with pytest.raises(Refusal):
        services.set_sessions(session, amal, ["pm"])


def test_absences_are_replaced_as_a_whole(session: Session, forum: Event) -> None:
    first, second, third, _fourth = (slot.id for slot in cast.make_slots(session, forum))
    bilal = services.add_participant(session, forum, reference="1")
    services.set_absences(session, bilal, [first, second])
    services.set_absences(session, bilal, [second, third])
    assert set(session.scalars(select(Absence.slot_id))) == {second, third}
    with pytest.raises(Refusal):
        services.set_absences(session, bilal, ["d9-0900"])


def test_an_own_place_is_a_table_or_stand_of_the_event(session: Session, forum: Event) -> None:
    other = cast.make_event(session, "other")
    cast.make_place(session, forum, "S1", kind="stand")
    cast.make_place(session, forum, "R1", kind="online")
    cast.make_place(session, other, "T9")
    bilal = services.add_participant(session, forum, reference="1")
    services.set_place(session, bilal, "S1")
    for wrong in ("R1", "T9"):
        with pytest.raises(Refusal):
            services.set_place(session, bilal, wrong)
    assert bilal.place_id == "S1"
    services.set_place(session, bilal, None)
    assert bilal.place_id is None


def test_many_change_state_at_once_and_only_here(session: Session, forum: Event) -> None:
    other = cast.make_event(session, "other")
    cast.make_participant(session, forum, "Amal", state="registered")
    cast.make_participant(session, forum, "Bilal", state="validated")
    chen = cast.make_participant(session, other, "Chen", state="registered")
    changed = services.change_states(session, forum, ["amal", "bilal", "chen"], "validated")
    assert [person.id for person in changed] == ["amal"]
    assert chen.state == "registered"


def test_a_new_secret_ends_the_old_one(session: Session, forum: Event) -> None:
    amal = cast.make_participant(session, forum, "Amal")
    before = amal.agenda_secret
    services.reset_agenda_secret(session, amal)
    assert amal.agenda_secret != before
    assert len(amal.agenda_secret) == 32


def test_signing_in_connects_what_organisers_entered(session: Session, forum: Event) -> None:
    amal = cast.make_participant(session, forum, "Amal")
    chen = cast.make_participant(session, forum, "Chen")
    account = cast.make_account(session, "Amal")
    assert services.connect_account(session, account) == 1
    assert (amal.account_id, chen.account_id) == (account.id, None)


def test_another_address_ends_the_connection(session: Session, forum: Event) -> None:
    account: Account = cast.make_account(session, "Amal")
    amal = cast.make_participant(session, forum, "Amal", account)
    services.rename_key(session, amal, email="AMAL@people.example", reference=None)
    assert amal.account_id == account.id
    services.rename_key(session, amal, email="successor@people.example", reference=None)
    assert amal.account_id is None
