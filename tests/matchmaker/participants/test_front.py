"""The public page says what there is, when, where and by whom, and nobody's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Zone
from matchmaker.events.phases import set_phase
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.terms import set_terms
from matchmaker.participants.attendance import who_comes
from matchmaker.participation.services import add_type

NAMES = ("Amal", "Bilal", "Chen", "Dalila", "Emil", "Farah")


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session, venue={"en": "Exhibition centre"})
    cast.make_slots(session, event, 2)
    session.commit()
    return event


def fill(session: Session, event: Event, **more: Any) -> list[Organisation]:
    """Six confirmed people of two organisations, and one who waits."""
    atlas = cast.make_organisation(session, event, "Atlas")
    bahr = cast.make_organisation(session, event, "Bahr")
    atlas.country, bahr.country, atlas.is_public = "MA", "FR", True
    set_terms(session, atlas, {"sector": ["water", "energy"]})
    set_terms(session, bahr, {"sector": ["water"]})
    add_type(session, event, {"en": "Buyer"})
    for number, name in enumerate(NAMES):
        home = bahr if number == 5 else atlas
        cast.make_participant(session, event, name, organisation_id=home.id,
                              type_code="buyer" if number < 2 else None)  # fmt: skip
    cast.make_participant(session, event, "Waiting", state="registered", organisation_id=bahr.id)
    session.commit()
    return [atlas, bahr]


def page(client: FlaskClient) -> str:
    return client.get("/events/forum/").text


def test_numbers_say_who_comes(session: Session, forum: Event) -> None:
    fill(session, forum)
    crowd = who_comes(session, forum, "en")
    assert crowd is not None
    assert (crowd.people, crowd.organisations, crowd.countries) == (6, 2, 2)
    assert list(crowd.by_type) == [("Buyer", 2)]
    assert list(crowd.by_country) == [("Morocco", 1), ("France", 1)]
    assert list(crowd.by_sector) == [("Water", 2), ("Energy", 1)]


def test_only_organisations_that_agree_are_named_and_no_person(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    fill(session, forum)
    shown = page(client)
    assert "Atlas" in shown
    assert "Bahr" not in shown
    assert not [name for name in NAMES if name in shown]


def test_of_a_handful_nothing_is_told(client: FlaskClient, session: Session, forum: Event) -> None:
    for name in NAMES[:4]:
        cast.make_participant(session, forum, name)
    session.commit()
    assert who_comes(session, forum, "en") is None
    assert "Who takes part" not in page(client)


def test_the_organisers_may_keep_it_to_themselves(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    fill(session, forum)
    assert "Who takes part" in page(client)
    forum.tells_who_comes = False
    session.commit()
    assert "Who takes part" not in page(client)


def test_programme_dates_and_places_stand_there(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    session.add(Zone(event_id=forum.id, id="hall", names={"en": "Great hall"}))
    session.flush()
    cast.make_place(session, forum, "T1", zone_id="hall")
    cast.make_place(session, forum, "S1", kind="stand", zone_id="hall")
    set_phase(session, forum, "wishes", opens_at=None, closes_at=datetime(2030, 3, 1, 18))
    session.commit()
    shown = page(client)
    for text in ("14 October 2026", "09:00–09:45", "Morning", "Exhibition centre",
                 "Great hall", "Tables: 1", "Stands: 1",
                 "You can choose whom to meet until Fri 1 Mar 2030, 18:00."):  # fmt: skip
        assert text in shown, text


def test_an_organiser_says_whom_to_write_to(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    form = {"name_en": "Forum", "slug": "forum", "zone": "Africa/Casablanca", "language": "en",
            "slot_minutes": 20, "changeover_minutes": 5, "top_weight": 10, "like_weight": 4,
            "mutual_weight": 5,
            "top_limit": 5, "consent_version": "1", "host_en": "Cluster network",
            "contact_email": "desk@forum.example", "website": "https://forum.example"}  # fmt: skip
    edit = f"/organise/{forum.id}/set-up"
    assert "no e-mail address" in client.post(edit, data={**form, "contact_email": "x"}).text
    assert "must begin with" in client.post(edit, data={**form, "website": "javascript:x"}).text
    assert client.post(edit, data=form).status_code == 302
    shown = page(client)
    assert "Cluster network" in shown
    assert 'href="mailto:desk@forum.example"' in shown
    assert 'href="https://forum.example"' in shown


def test_who_takes_part_goes_on_from_there(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    assert 'href="/events/forum/register"' in page(client)
    amal = cast.make_account(session, "Amal")
    cast.make_participant(session, forum, "Amal", amal)
    cast.sign_in(client, amal)
    shown = page(client)
    assert 'href="/events/forum/register"' not in shown
    assert 'href="/events/forum/me/"' in shown
