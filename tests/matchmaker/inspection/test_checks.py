"""The check names what contradicts and what is missing, with the page that mends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import cast
import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.events.interpreters import add_interpreter, set_interpreter_absences
from matchmaker.events.models import Event, PlaceClosure
from matchmaker.events.phases import set_phase
from matchmaker.inspection.checks import findings
from matchmaker.limits.services import add_pause
from matchmaker.participation.services import add_type
from matchmaker.wishes.rules import set_allowed, set_rules

LATER = date(2027, 10, 14)


@pytest.fixture
def event(session: Session) -> Event:
    """In which nothing is wrong: four slots, two tables, Amal and Bilal, who want each other."""
    g.language = "en"
    event = cast.make_event(
        session, venue={"en": "Hall"}, contact_email="team@forum.example", needs_acceptance=False
    )
    cast.make_slots(session, event, day=LATER)
    cast.make_place(session, event, "T01")
    amal = cast.make_participant(session, event, "Amal")
    bilal = cast.make_participant(session, event, "Bilal")
    cast.make_wish(session, amal, bilal)
    close_wishes(session, event, datetime(2027, 10, 7, 18))
    session.commit()
    return event


def close_wishes(session: Session, event: Event, moment: datetime) -> None:
    set_phase(session, event, "wishes", opens_at=None, closes_at=moment)


def texts(session: Session, event: Event) -> list[str]:
    session.flush()
    return [row.text for row in findings(session, event)]


def test_a_set_up_that_holds_is_said_to_hold(session: Session, event: Event) -> None:
    assert texts(session, event) == []


def close_everything(session: Session, event: Event) -> None:
    for hour in ("0900", "0925"):
        session.add(PlaceClosure(event_id=event.id, place_id="T01", slot_id=f"d1-{hour}"))


def want_much(session: Session, event: Event) -> None:
    people = [cast.make_participant(session, event, f"P{number}") for number in range(4)]
    for one in people:
        for other in people:
            if one.id < other.id:
                cast.make_wish(session, one, other)


def make_mute(session: Session, event: Event) -> None:
    li = cast.make_participant(session, event, "Li", spoken=["zh"])
    omar = cast.make_participant(session, event, "Omar", spoken=["ar"])
    cast.make_wish(session, li, omar)
    add_interpreter(session, event, name="Idris", languages=["ar", "fr"])


def keep_away(session: Session, event: Event) -> None:
    idris = add_interpreter(session, event, name="Idris", languages=["ar", "fr"])
    hours = ("0900", "0925", "0950", "1015")
    set_interpreter_absences(session, idris, [f"d1-{hour}" for hour in hours])


def bar_everybody(session: Session, event: Event) -> None:
    add_type(session, event, {"en": "Guest"})
    set_allowed(session, event, set())


def pause_all_day(session: Session, event: Event) -> None:
    hours = ("0900", "0925", "0950", "1015")
    add_pause(
        session, event, names={"en": "Feast"}, kind="other", free=None, by_choice=False,
        slots=[f"d1-{hour}" for hour in hours],
    )  # fmt: skip


def turn_phases_round(session: Session, event: Event) -> None:
    set_phase(session, event, "registration", opens_at=datetime(2027, 9, 1), closes_at=None)
    set_phase(session, event, "wishes", opens_at=datetime(2027, 8, 1), closes_at=None)


def share(session: Session, event: Event, **values: Any) -> None:
    for name, value in values.items():
        setattr(event, name, value)


def make_stands(session: Session, event: Event) -> None:
    for number in (3, 1, *range(4, 12), 2):
        cast.make_place(session, event, f"S{number:02}", kind="stand")


FAULTS: list[tuple[Callable[[Session, Event], object], str, str]] = [
    (lambda s, e: cast.make_place(s, e, "S01", kind="stand"), "1 stand belongs to nobody: S01.",
     "events.places"),
    (make_stands, "nobody: S01, S02, S03, S04, S05, S06, S07, S08 and 3 more.", "events.places"),
    (lambda s, e: cast.make_participant(s, e, "Chen", place_id="T01", seats=2),
     "more meetings at once than their own place holds", "events.places"),
    (lambda s, e: cast.make_participant(s, e, "Chen", remote=True), "there is no online room",
     "events.places"),
    (close_everything, "In 2 slots every table and stand is closed.", "events.places"),
    (want_much, "room for 4 meetings at most, and 7 are asked for", "capacity.index"),
    (make_mute, "1 meeting that is asked for needs an interpreter", "events.interpreters"),
    (keep_away, "Idris is absent in every slot.", "events.interpreters"),
    (bar_everybody, "Guest: they ask nobody and nobody asks them", "wishes.rules"),
    (lambda s, e: set_rules(s, e, outgoing=2), "Each may name 5 as “top” but send 2",
     "wishes.rules"),
    (lambda s, e: set_rules(s, e, hours=2), "Requests expire, though nobody", "wishes.rules"),
    (lambda s, e: add_type(s, e, {"en": "Guest"}, at_registration=False),
     "No type of participation can be chosen", "participation.index"),
    (pause_all_day, "2 confirmed participants can meet in no slot.", "participants.index"),
    (turn_phases_round, "opens before", "events.phases"),
    (lambda s, e: close_wishes(s, e, datetime(2027, 10, 15)), "closes after the last meeting",
     "events.phases"),
    (lambda s, e: set_phase(s, e, "published", opens_at=datetime(2027, 10, 14, 9), closes_at=None),
     "only after the first meeting begins", "events.phases"),
    (lambda s, e: share(s, e, venue={}), "does not say where", "events.edit"),
    (lambda s, e: share(s, e, contact_email=""), "does not say whom to ask", "events.edit"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "sentence", "link"), FAULTS)
def test_each_fault_is_named_with_where_to_mend_it(
    session: Session,
    event: Event,
    fault: Callable[[Session, Event], object],
    sentence: str,
    link: str,
) -> None:
    fault(session, event)
    session.flush()
    found = [row for row in findings(session, event) if sentence in row.text]
    assert [row.link for row in found] == [link], texts(session, event)


def test_an_empty_event_lacks_times_and_places(session: Session) -> None:
    g.language = "en"
    event = cast.make_event(session)
    said = texts(session, event)
    assert "There is no session yet, so nobody can meet." in said
    assert "There is no table and no stand yet." in said
    assert "No phase has dates: registration and wishes stay open." in said


def test_sessions_of_the_past_are_named(session: Session) -> None:
    g.language = "en"
    event = cast.make_event(session)
    cast.make_slots(session, event)
    assert "All sessions are over." in texts(session, event)


def test_the_page_leads_to_where_each_is_mended(
    client: FlaskClient, session: Session, event: Event
) -> None:
    dounia = cast.make_organiser(session, event)
    event.venue = {}
    session.commit()
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{event.id}/set-up/check", headers={"Accept-Language": "en"}).text
    assert f'href="/organise/{event.id}/set-up"' in page
