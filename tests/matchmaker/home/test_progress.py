"""The overview counts what an event holds and names the next step."""

from __future__ import annotations

import cast
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.home.progress import Counts, count, steps_of
from matchmaker.schedules.models import Publication, Version


def states(counts: Counts) -> list[str]:
    return [step.state for step in steps_of(counts)]


def test_a_bare_event_begins_with_its_sessions(session: Session) -> None:
    event = cast.make_event(session)
    counts = count(session, event.id)
    assert counts == Counts(0, 0, 0, 0, 0, 0, 0, None, 0)
    assert states(counts) == ["next", *["later"] * 6]


def test_counts_are_those_of_this_event_alone(session: Session) -> None:
    event, other = cast.make_event(session), cast.make_event(session, "other")
    for place in (event, other):
        cast.make_slots(session, place, 3)
        cast.make_place(session, place)
    amal = cast.make_participant(session, event, "Amal")
    bilal = cast.make_participant(session, event, "Bilal", state="registered")
    cast.make_organisation(session, event, "Atlas")
    cast.make_wish(session, amal, bilal)
    session.add(Version(event_id=event.id, id="v1", number=1))
    session.flush()
    session.add(Publication(event_id=event.id, version_id="v1", zone=event.zone))
    session.flush()
    counts = count(session, event.id)
    assert counts == Counts(3, 1, 1, 1, 1, 1, 1, 1, 0)
    assert states(counts) == [*["done"] * 6, "next"]
    assert states(count(session, other.id)) == ["done", "done", "next", *["later"] * 4]


def test_a_preliminary_schedule_is_not_the_end_of_publishing(
    client: FlaskClient, session: Session
) -> None:
    event = cast.make_event(session)
    session.add(Version(event_id=event.id, id="v1", number=1, is_preliminary=True))
    session.flush()
    session.add(Publication(event_id=event.id, version_id="v1", zone=event.zone))
    dounia = cast.make_organiser(session, event)
    session.commit()
    counts = count(session, event.id)
    assert (counts.published, counts.is_preliminary) == (1, True)
    publish = steps_of(counts)[5]
    assert (publish.name, publish.state) == ("Publish", "later")
    cast.sign_in(client, dounia)
    client.set_cookie("language", "en")
    page = client.get(f"/organise/{event.id}/").text
    assert 'data-state="waiting">Preliminary<' in page
    assert "Publish it as final: then people are written to." in page


def test_a_step_done_out_of_order_counts_and_the_first_open_one_is_next(session: Session) -> None:
    event = cast.make_event(session)
    cast.make_place(session, event)
    assert states(count(session, event.id))[:3] == ["next", "done", "later"]


def test_dounia_sees_her_event_and_the_step_to_do(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{event.id}/", headers={"Accept-Language": "en"}).text
    assert page.count("Do this next") == 1
    assert page.count('class="later"') == 6
