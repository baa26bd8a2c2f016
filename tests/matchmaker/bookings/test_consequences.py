"""Whoever gives up times reads first what is lost with them."""

from __future__ import annotations

from datetime import date, datetime

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Slot
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import absences_of
from matchmaker.participants.services import set_absences
from matchmaker.schedules import cancelling

PROFILE = "/events/forum/me/profile"


@pytest.fixture(autouse=True)
def _eve(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day before the forum."""
    eve = datetime.combine(date(2026, 10, 13), datetime.min.time())
    monkeypatch.setattr(cancelling, "wall_now", lambda zone: eve)


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session, needs_acceptance=True)


@pytest.fixture
def slots(session: Session, forum: Event) -> list[Slot]:
    return cast.make_slots(session, forum, 3)


@pytest.fixture
def amal(client: FlaskClient, session: Session, forum: Event, slots: list[Slot]) -> Participant:
    """She has agreed to meet Bilal and Chen, who are there in the first slot only, and Farah."""
    account = cast.make_account(session, "Amal")
    house = cast.make_organisation(session, forum, "Atlas")
    shown = {"consent_version": "1", "consent_at": forum.created_at}
    amal = cast.make_participant(session, forum, "Amal", account, organisation_id=house.id, **shown)
    for name in ("Bilal", "Chen", "Farah"):
        other = cast.make_participant(session, forum, name, **shown)
        cast.make_wish(session, other, amal, state="accepted")
        if name != "Farah":
            set_absences(session, other, [slots[1].id, slots[2].id])
    cast.sign_in(client, account)
    session.commit()
    return amal


def save(client: FlaskClient, *absences: Slot, **more: str) -> str:
    form = {
        "first_name": "Amal", "last_name": "Test", "organisation": "Atlas", "language": "en",
        "sessions": ["am"], "absences": [slot.id for slot in absences], **more,
    }  # fmt: skip
    return client.post(PROFILE, data=form, follow_redirects=True).text


def stored(session: Session, amal: Participant) -> set[str]:
    session.rollback()
    return set(absences_of(session, amal))


def test_agreed_meetings_without_another_time_are_named_before_anything_is_saved(
    client: FlaskClient, session: Session, amal: Participant, slots: list[Slot]
) -> None:
    page = save(client, slots[0])
    assert "Not saved yet." in page
    assert (
        "2 accepted meetings have no other time: <bdi>Bilal Test</bdi>, <bdi>Chen Test</bdi>."
        in page
    )
    assert stored(session, amal) == set()
    assert f'value="{slots[0].id}" checked' in page  # nothing of the form is lost
    assert "Saved." in save(client, slots[0], sure="yes")
    assert stored(session, amal) == {slots[0].id}


def test_a_meeting_at_that_time_is_named_and_stays(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    cast.make_place(session, forum, "T01")
    meeting = {"people": ["amal", "farah"], "slot": slots[2].id, "place": "T01"}
    cast.make_version(session, forum, [meeting])
    session.commit()
    page = save(client, slots[2])
    assert "You have a meeting at 09:50 with <bdi>Farah Test</bdi>." in page


def test_the_wishes_that_still_fit_are_counted(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, slots: list[Slot]
) -> None:
    for name in ("Ghita", "Hind"):
        shown = {"consent_version": "1", "consent_at": forum.created_at}
        cast.make_wish(session, amal, cast.make_participant(session, forum, name, **shown))
    session.commit()
    page = save(client, slots[1], slots[2])
    assert "Of your wishes 2 can take place now, and 1 then." in page
    assert "accepted meeting" not in page


def test_what_costs_nothing_is_saved_at_once(
    client: FlaskClient, session: Session, amal: Participant, slots: list[Slot]
) -> None:
    assert "Saved." in save(client, slots[2])
    assert stored(session, amal) == {slots[2].id}
    assert "Saved." in save(client)  # and coming back is never a loss
    assert stored(session, amal) == set()
