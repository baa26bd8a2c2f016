"""The set-up in a browser: one page makes an event, each further page one part of it."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, MeetingSession, Place, Slot, Zone
from matchmaker.events.places import close_place
from matchmaker.events.queries import interpreters_of, sessions_of, walks_of

NEW = {
    "name_fr": "Forum A", "name_ar": "", "name_en": "", "slug": "", "zone": "Africa/Casablanca",
    "language": "fr", "slot_minutes": "20", "changeover_minutes": "5", "top_weight": "10",
    "like_weight": "4", "mutual_weight": "5", "top_limit": "5", "first_day": "14/10/2026",
    "days": "2", "hours-0-starts": "09:00", "hours-0-ends": "12:00", "hours-1-starts": "14:00",
    "hours-1-ends": "17:00",
}  # fmt: skip


@pytest.fixture
def event(session: Session, client: FlaskClient) -> Event:
    """Dounia's event, and Dounia at the browser."""
    event = cast.make_event(session, changeover_minutes=5)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    return event


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_one_page_makes_an_event_of_two_days(
    client: FlaskClient, session: Session, event: Event
) -> None:
    answer = client.post("/organise/new", data=NEW)
    made = session.scalars(select(Event).where(Event.slug == "forum-a")).one()
    assert (answer.status_code, answer.location) == (302, f"/organise/{made.id}/")
    days = [row.day.isoformat() for row in sessions_of(session, made.id)]
    assert days == ["2026-10-14", "2026-10-14", "2026-10-15", "2026-10-15"]
    assert client.get(answer.location).status_code == 200


def links(page: str, nav: str) -> dict[str, str]:
    """What a navigation of this name leads to, by its words."""
    found = re.search(rf'<nav[^>]*aria-label="{nav}">(.*?)</nav>', page, re.S)
    assert found
    rows = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', found[1])
    return {label: address for address, label in rows}


def test_every_page_of_the_set_up_is_two_clicks_from_every_other(
    client: FlaskClient, event: Event
) -> None:
    client.set_cookie("language", "en")
    groups = links(client.get(f"/organise/{event.id}/set-up").text, "Set-up")
    assert list(groups) == ["Event", "Times and places", "Participants", "Meetings", "Check"]
    reached = {groups.pop("Check")}
    for label, address in groups.items():
        pages = links(client.get(address).text, label)
        assert address in pages.values()
        for name, page in pages.items():
            shown = client.get(page).text
            assert links(shown, "Set-up")[label] == address
            assert f'<a href="{page}" aria-current="page">{name}</a>' in shown
        reached |= set(pages.values())
    assert len(reached) == 16


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_fr", ""),
        ("name_fr", "x" * 10_000),
        ("first_day", "October the 14th"),
        ("hours-0-starts", "9 o'clock"),
        ("hours-0-ends", ""),
        ("hours-0-ends", "14:30"),
        ("slot_minutes", "0"),
        ("days", "many"),
        ("zone", "Casablanca"),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_makes_nothing(
    client: FlaskClient, session: Session, event: Event, field: str, value: str
) -> None:
    answer = client.post("/organise/new", data=NEW | {field: value})
    assert (answer.status_code, 'role="alert"' in answer.text) == (200, True)
    assert (count(session, Event), count(session, MeetingSession)) == (1, 0)


def test_whoever_organises_nothing_makes_no_event(client: FlaskClient, session: Session) -> None:
    chen = cast.make_account(session, "Chen")
    session.commit()
    cast.sign_in(client, chen)
    assert client.get("/organise/new").status_code == 404
    assert client.post("/organise/new", data=NEW).status_code == 404
    assert count(session, Event) == 0


def test_sessions_are_added_changed_and_removed(
    client: FlaskClient, session: Session, event: Event
) -> None:
    address = f"/organise/{event.id}/set-up/sessions"
    said = {"day": "2026-10-14", "starts": "09:00", "ends": "10:10", "name_en": "Morning"}
    client.post(address, data=said)
    (row,) = sessions_of(session, event.id)
    assert (count(session, Slot), row.names) == (3, {"en": "Morning"})
    answer = client.post(address, data=said | {"starts": "10:00", "ends": "11:00"})
    assert (answer.status_code, count(session, Slot)) == (200, 3)
    client.post(f"{address}/{row.id}", data=said | {"ends": "10:35"})
    assert count(session, Slot) == 4
    client.post(f"{address}/{row.id}/remove")
    assert (count(session, MeetingSession), count(session, Slot)) == (0, 0)


def test_places_zones_and_walking_are_set_up(
    client: FlaskClient, session: Session, event: Event
) -> None:
    base = f"/organise/{event.id}/set-up"
    client.post(f"{base}/zones/new", data={"name_en": "Hall 1"})
    hall = session.scalars(select(Zone)).one()
    client.post(f"{base}/zones/new", data={"name_en": "Hall 2", f"walk_{hall.id}": "12"})
    assert list(walks_of(session, event.id).values()) == [12]
    tables = {"count": "3", "prefix": "T", "start": "1", "zone_id": hall.id}
    client.post(f"{base}/places", data=tables)
    assert client.post(f"{base}/places", data=tables | {"count": "0"}).status_code == 200
    stand = {"code": "A7", "kind": "stand", "zone_id": "", "capacity": "2"}
    client.post(f"{base}/places/new", data=stand)
    places = session.scalars(select(Place).order_by(Place.code)).all()
    assert [place.code for place in places] == ["A7", "T01", "T02", "T03"]
    client.post(f"{base}/places/{places[1].id}/remove")
    assert "T02" in client.get(f"{base}/places").text
    assert count(session, Place) == 3


def test_an_interpreter_is_added_with_a_shift(
    client: FlaskClient, session: Session, event: Event
) -> None:
    slots = cast.make_slots(session, event)
    session.commit()
    base = f"/organise/{event.id}/set-up/interpreters"
    said = {"name": "Idris", "languages": ["ar", "es"], "absent": [slots[0].id]}
    client.post(f"{base}/new", data=said)
    (idris,) = interpreters_of(session, event.id)
    page = client.get(f"{base}/{idris.id}").text
    assert page.count("checked") == 3


def test_the_public_page_shows_dates_and_the_way_in(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session, venue={"en": "Casablanca fair"})
    cast.make_slots(session, event)
    session.commit()
    page = client.get("/events/forum/", headers={"Accept-Language": "en"}).text
    assert "Wednesday" in page
    assert "Casablanca fair" in page
    assert client.get("/events/elsewhere/").status_code == 404


def test_no_page_of_another_events_rows_opens(
    client: FlaskClient, session: Session, event: Event
) -> None:
    other = cast.make_event(session, "other")
    cast.make_slots(session, other)
    place = cast.make_place(session, other)
    session.commit()
    for path in (f"places/{place.id}", "sessions/am"):
        assert client.get(f"/organise/{event.id}/set-up/{path}").status_code == 404
        assert client.post(f"/organise/{event.id}/set-up/{path}/remove").status_code == 404
        assert client.get(f"/organise/{other.id}/set-up/{path}").status_code == 404


def test_many_places_come_in_pages_with_their_closures(
    client: FlaskClient, session: Session, event: Event
) -> None:
    slot = cast.make_slots(session, event)[0]
    for number in range(51):
        place = cast.make_place(session, event, f"T{number:02}")
    close_place(session, place, [slot.id])
    session.commit()
    base = f"/organise/{event.id}/set-up/places"
    first, second = client.get(base).text, client.get(f"{base}?page=2").text
    assert ("T49" in first, "T50" in first, "(51)" in first) == (True, False, True)
    assert ("T49" in second, "T50" in second) == (False, True)
    assert '<td class="number">1</td>\n    </tr>' in second
