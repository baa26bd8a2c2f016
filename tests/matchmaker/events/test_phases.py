"""A phase decides what is open; the organiser's hand comes first; every page says until when."""

from __future__ import annotations

from datetime import datetime, timedelta

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.errors import Refusal
from matchmaker.events import phases
from matchmaker.events.models import PHASES, Event, Phase

NOON = datetime(2026, 9, 1, 12)
EVENING = datetime(2026, 9, 1, 18)


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    session.commit()
    return event


def test_without_dates_registration_and_wishes_are_open(session: Session, forum: Event) -> None:
    states = {name: span.state for name, span in phases.spans_of(session, forum, NOON).items()}
    assert states == {"registration": "open", "wishes": "open", "day": "later"}
    assert not phases.is_open(session, forum, "published", NOON)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (NOON - timedelta(minutes=1), "You can choose whom to meet from Tue 1 Sept 2026, 12:00."),
        (NOON, "You can choose whom to meet until Tue 1 Sept 2026, 18:00."),
        (
            EVENING - timedelta(minutes=1),
            "You can choose whom to meet until Tue 1 Sept 2026, 18:00.",
        ),
        (EVENING, "Choosing whom to meet ended on Tue 1 Sept 2026, 18:00."),
    ],
)
def test_dates_open_and_close_to_the_minute(
    session: Session, forum: Event, at: datetime, sentence: str
) -> None:
    phases.set_phase(session, forum, "wishes", opens_at=NOON, closes_at=EVENING)
    assert phases.spans_of(session, forum, at)["wishes"].sentence == sentence
    assert phases.is_open(session, forum, "wishes", at) == ("meet until" in sentence)


@pytest.mark.parametrize("hand", [True, False])
def test_the_hand_comes_before_the_dates(session: Session, forum: Event, hand: bool) -> None:
    phases.set_phase(session, forum, "wishes", opens_at=NOON, closes_at=EVENING, by_hand=hand)
    for at in (NOON - timedelta(days=1), NOON, EVENING):
        assert phases.is_open(session, forum, "wishes", at) is hand


def test_the_meetings_last_from_the_first_session_to_the_last(
    session: Session, forum: Event
) -> None:
    assert phases.is_open(session, forum, "day", datetime(2026, 10, 14, 9, 30))
    assert not phases.is_open(session, forum, "day", datetime(2026, 10, 14, 12))


def test_a_phase_closes_after_it_opens(session: Session, forum: Event) -> None:
    with pytest.raises(Refusal, match="Wishes: it must close after it opens"):
        phases.set_phase(session, forum, "wishes", opens_at=EVENING, closes_at=NOON)
    session.add(Phase(event_id=forum.id, name="wishes", opens_at=EVENING, closes_at=NOON))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_time_that_the_clock_skips_is_refused(session: Session, forum: Event) -> None:
    forum.zone = "Europe/Paris"
    skipped = datetime(2026, 3, 29, 2, 30)
    with pytest.raises(Refusal, match="there is no Sun 29 Mar 2026, 02:30"):
        phases.set_phase(session, forum, "wishes", opens_at=skipped, closes_at=None)


def test_what_is_closed_is_refused_with_its_date(session: Session, forum: Event) -> None:
    phases.set_phase(session, forum, "registration", opens_at=None, closes_at=NOON)
    with pytest.raises(Refusal, match=r"Registration closed on Tue 1 Sept 2026, 12:00\. Ask"):
        phases.require_open(session, forum, "registration")


def test_only_events_that_take_registrations_are_listed(session: Session, forum: Event) -> None:
    assert [event.id for event in phases.open_events(session, "registration")] == [forum.id]
    phases.set_phase(session, forum, "registration", opens_at=None, closes_at=NOON)
    assert phases.open_events(session, "registration") == []


def test_an_organiser_sets_phases_and_people_read_them(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    page = f"/organise/{forum.id}/set-up/phases"
    amal = cast.make_account(session, "Amal")
    cast.make_participant(session, forum, "Amal", amal)
    cast.sign_in(client, cast.make_organiser(session, forum))
    ends = wall_now(forum.zone) + timedelta(days=3)
    form = {f"{name}-by_hand": "" for name in PHASES}
    form |= {"wishes-closes_at": ends.isoformat(timespec="minutes"), "scheduling-opens_at":
            "01/09/2026 12:00", "registration-by_hand": "closed"}  # fmt: skip
    assert client.post(page, data=form).status_code == 302
    shown = client.get(page).text
    assert f'value="{ends.isoformat(timespec="minutes")}"' in shown
    assert 'value="2026-09-01T12:00"' in shown
    cast.sign_in(client, amal)
    for path in ("me/", "me/people", "me/wishes", "me/profile", "me/agenda"):
        text = client.get(f"/events/forum/{path}").text
        assert "You can choose whom to meet until" in text, path
        assert "The organisers are making the schedule." in text
        assert "Registration" not in text.split("open-until")[1].split("</p>")[0]


def test_a_wrong_date_is_said_at_its_field(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    page = f"/organise/{forum.id}/set-up/phases"
    answer = client.post(page, data={"wishes-opens_at": "tomorrow", "day-by_hand": "closed"})
    assert "Write day and time as 2026-10-14 18:00" in answer.text
    assert 'value="tomorrow"' in answer.text
    session.expire_all()
    assert phases.phase_rows(session, forum.id) == {}
