"""The pages of a large version show a part at a time, and cost the same however large it is."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from statements import counted

from matchmaker.events.models import Event
from matchmaker.schedules import board
from matchmaker.schedules.models import PersonBooking, ScheduledMeeting, UnplacedMeeting, Version
from matchmaker.schedules.queries import count_meetings
from matchmaker.schedules.unplaced import count_missing

NAMES = ["Amal", "Bilal", "Chen", "Driss", "Emna", "Farah"]


@pytest.fixture
def forum(session: Session, client: FlaskClient) -> Event:
    forum = cast.make_event(session)
    cast.make_slots(session, forum)
    for code in ("T01", "T02", "T03"):
        cast.make_place(session, forum, code)
    for name in NAMES:
        cast.make_participant(session, forum, name)
    cast.sign_in(client, cast.make_organiser(session, forum))
    return forum


def make_version(session: Session, forum: Event, pairs: int) -> Version:
    """So many pairs meet at tables, and as many do not meet."""
    meetings = []
    for number in range(pairs):
        one, other = (name.lower() for name in NAMES[2 * number : 2 * number + 2])
        meetings.append({"people": [one, other], "slot": "d1-0900", "place": f"T0{number + 1}"})
    version = cast.make_version(session, forum, meetings, number=pairs)
    for number in range(pairs):
        one, other = NAMES[2 * number].lower(), NAMES[(2 * number + 3) % 6].lower()
        sides = {"sides": [[one], [other]]}
        reason = {"rule": "busy", "participants": [one], "slots": ["d1-0900"]}
        session.add(
            UnplacedMeeting(
                event_id=forum.id, version_id=version.id, meeting_id=f"{one}~{other}",
                sides=sides, weight=number + 1, rule="busy", reason=reason,
            )
        )  # fmt: skip
    session.commit()
    return version


def home(version: Version) -> str:
    return f"/organise/{version.event_id}/schedule/versions/{version.id}/"


def signs(client: FlaskClient, address: str) -> list[str]:
    """What stands before the rows of a board."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r'<th scope="row">(?:<bdi>)?([^<]+)', answer.text)


@pytest.mark.parametrize(
    "page", ["", "board", "board/whole", "people/", "people/amal", "not-placed", "compare/{}"]
)
def test_one_meeting_and_three_take_the_same_statements(
    client: FlaskClient, session: Session, forum: Event, page: str
) -> None:
    small, large = (make_version(session, forum, pairs) for pairs in (1, 3))
    taken = []
    for version, other in ((small, large), (large, small)):
        address = home(version) + page.format(other.id)
        client.get(address)  # the session knows the account and the event from now on
        with counted() as statements:
            assert client.get(address).status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_the_board_shows_some_places_at_a_time_and_all_to_print(
    client: FlaskClient, session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "ROWS", 2)
    version = make_version(session, forum, 3)
    assert signs(client, home(version) + "board") == ["T01", "T02"]
    assert signs(client, home(version) + "board?page=2") == ["T03"]
    assert signs(client, home(version) + "board?page=99") == ["T03"]
    assert signs(client, home(version) + "board/whole") == ["T01", "T02", "T03"]
    assert "Emna Test" not in client.get(home(version) + "board").text
    assert "Emna Test" in client.get(home(version) + "board?page=2").text
    assert all(f"{name} Test" in client.get(home(version) + "board/whole").text for name in NAMES)


def test_meetings_without_a_place_have_the_last_row(
    client: FlaskClient, session: Session, forum: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "ROWS", 3)
    online = [{"people": ["amal", "chen"], "slot": "d1-0925"}]
    version = cast.make_version(session, forum, online)
    session.commit()
    assert signs(client, home(version) + "board?page=2") == ["Online"]
    assert "Chen Test" in client.get(home(version) + "board?page=2").text


def test_a_name_on_the_board_cannot_be_markup(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, forum, "Zora", first_name="<b>Zora")
    version = cast.make_version(
        session, forum, [{"people": ["zora", "amal"], "slot": "d1-0900", "place": "T01"}]
    )
    session.commit()
    answer = client.get(home(version) + "board").text
    assert "&lt;b&gt;Zora" in answer
    assert "<b>Zora" not in answer


def test_everybodys_meetings_are_counted_once_each(session: Session, forum: Event) -> None:
    version = make_version(session, forum, 2)
    assert count_meetings(session, version) == {"amal": 1, "bilal": 1, "chen": 1, "driss": 1}
    assert count_missing(session, version) == {"amal": 1, "driss": 1, "chen": 1, "farah": 1}


def test_a_meeting_of_two_slots_counts_once(session: Session, forum: Event) -> None:
    version = make_version(session, forum, 1)
    meeting = session.scalars(select(ScheduledMeeting)).one()
    meeting.length = 2
    for side, person in enumerate(("amal", "bilal")):
        key = {"event_id": forum.id, "version_id": version.id, "meeting_id": "amal~bilal"}
        where = {"slot_id": "d1-0925", "participant_id": person, "seat": 1, "side": side}
        session.add(PersonBooking(**key, **where))
    session.commit()
    assert count_meetings(session, version) == {"amal": 1, "bilal": 1}


def test_the_heaviest_that_is_not_placed_stands_first(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    version = make_version(session, forum, 3)
    text = client.get(home(version) + "not-placed").text
    rows = re.findall(r'<td class="number">(\d+)</td>', text)
    assert rows == ["3", "2", "1"]


def test_a_person_sees_what_was_not_placed_of_that_person(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    version = make_version(session, forum, 3)
    text = client.get(home(version) + "people/amal").text
    assert re.findall(r'<td class="number">(\d+)</td>', text) == ["1"]
