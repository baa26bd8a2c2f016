"""The dashboard: what is wrong, and charts that say the same as their tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from statements import counted

from matchmaker.agendas.models import PrintedSheet
from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.home.charts import Chart, Row
from matchmaker.home.ground import Ground
from matchmaker.home.numbers import charts_of, who_meets_nobody
from matchmaker.home.troubles import troubles_of
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Delegation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.participation.models import ParticipationType
from matchmaker.schedules.models import Run
from matchmaker.wishes.models import Wish
from matchmaker.wishes.rules import set_rules


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal (Atlas, Morocco, a buyer of the delegation) meets Bilal; Chen meets nobody."""
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    cast.make_place(session, event)
    session.add(ParticipationType(event_id=event.id, id="b", code="buyer", names={"en": "Buyer"}))
    session.add(Delegation(event_id=event.id, id="d", code="CISE", names={"en": "Cluster"}))
    atlas = cast.make_organisation(session, event, "Atlas")
    atlas.country = "MA"
    session.flush()
    session.add(
        OrganisationTerm(event_id=event.id, organisation_id=atlas.id, kind="sector", code="water")
    )
    buyer = {"organisation_id": atlas.id, "type_code": "buyer", "delegation_id": "d"}
    amal = cast.make_participant(session, event, "Amal", **buyer)
    bilal = cast.make_participant(session, event, "Bilal")
    chen = cast.make_participant(session, event, "Chen")
    cast.make_participant(session, event, "Dima", state="registered")
    cast.make_wish(session, amal, bilal, "top")
    cast.make_wish(session, bilal, amal)
    cast.make_wish(session, amal, chen)
    cast.make_wish(session, chen, amal, "never")
    cast.make_version(
        session, event, [{"people": ["amal", "bilal"], "slot": "d1-0900", "place": "T01"}]
    )
    session.commit()
    return event


def charts(session: Session, event: Event) -> dict[str, Chart]:
    found = charts_of(session, event, Ground(session, event), "en")
    return {chart.id: chart for chart in found}


def rows(chart: Chart) -> list[tuple[str, int, int | None]]:
    return [(row.label, row.value, row.of) for row in chart.rows]


def test_registrations_add_up_day_by_day(session: Session, forum: Event) -> None:
    for name, day in (("amal", 1), ("bilal", 1), ("chen", 3), ("dima", 3)):
        person = session.get_one(Participant, (forum.id, name))
        person.created_at = datetime(2026, 9, day, 23, 30, tzinfo=UTC)
    session.flush()
    chart = charts(session, forum)["registrations"]
    # Half past eleven in London is the next day in Casablanca.
    assert [(r.label, r.value, r.beside) for r in chart.rows] == [
        ("Wed 2 Sept", 2, 2),
        ("Thu 3 Sept", 2, 0),
        ("Fri 4 Sept", 4, 2),
    ]


def test_a_long_time_of_registrations_is_drawn_by_weeks(session: Session, forum: Event) -> None:
    session.get_one(Participant, (forum.id, "amal")).created_at = now() - timedelta(days=200)
    session.flush()
    chart = charts(session, forum)["registrations"]
    assert len(chart.rows) == 29
    assert chart.rows[-1].value == 4


def test_wishes_by_state(session: Session, forum: Event) -> None:
    """A never is no wish; what both want is mutual, whatever was answered."""
    assert rows(charts(session, forum)["requests"]) == [
        ("from both sides", 2, 3),
        ("accepted", 0, 3),
        ("open", 1, 3),
        ("declined", 0, 3),
        ("expired", 0, 3),
    ]


def test_a_wish_whose_time_is_over_is_counted_as_expired(session: Session, forum: Event) -> None:
    """But one that both sides have agreed on, and one that was answered."""
    forum.needs_acceptance = True
    set_rules(session, forum, hours=48)
    for wish in session.scalars(select(Wish)):
        wish.asked_at = now() - timedelta(hours=49)
    amal, dima = (session.get_one(Participant, (forum.id, name)) for name in ("amal", "dima"))
    cast.make_wish(session, dima, amal)
    session.flush()
    found = {label: value for label, value, _of in rows(charts(session, forum)["requests"])}
    assert found == {
        "from both sides": 2, "accepted": 0, "open": 1, "declined": 0, "expired": 1,
    }  # fmt: skip


def test_who_has_met_is_known_from_both_sides(session: Session, forum: Event) -> None:
    ground = Ground(session, forum)
    assert ground.met == {("amal", "bilal"), ("bilal", "amal")}
    assert ground.meetings == {"amal": 1, "bilal": 1}


@pytest.mark.parametrize("page", ["", "numbers", "set-up/check"])
def test_more_people_and_wishes_take_no_more_statements(
    client: FlaskClient, session: Session, forum: Event, page: str
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    session.commit()
    taken = []
    for number in range(2):
        for one in range(3 * number):
            person = cast.make_participant(session, forum, f"P{one}")
            cast.make_wish(session, person, session.get_one(Participant, (forum.id, "amal")))
        session.commit()
        assert client.get(f"/organise/{forum.id}/{page}").status_code == 200
        with counted() as statements:
            assert client.get(f"/organise/{forum.id}/{page}").status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_demand_by_sector_and_country(session: Session, forum: Event) -> None:
    found = charts(session, forum)
    for chart, label in ((found["countries"], "Morocco"), (found["sectors"], None)):
        (row,) = chart.rows
        assert label in (None, row.label)
        assert (row.value, row.beside) == (1, 1)  # Bilal's wish; one person is there


def test_how_full_each_slot_is(session: Session, forum: Event) -> None:
    chart = charts(session, forum)["fill"]
    assert [(row.value, row.of) for row in chart.rows] == [(1, 1), (0, 1)]
    assert chart.marked == {0}


def test_met_wishes_by_type_and_delegation(session: Session, forum: Event) -> None:
    found = charts(session, forum)
    assert rows(found["types"]) == [("Buyer", 1, 2), ("without", 1, 1)]
    assert rows(found["delegations"]) == [("Cluster", 1, 2), ("without", 1, 1)]
    assert [row.share for row in found["types"].rows] == [50, 100]


def test_a_wish_for_an_organisation_is_met_by_any_of_its_people(
    session: Session, forum: Event
) -> None:
    atlas = session.get_one(Participant, (forum.id, "amal")).organisation_id
    for asker in ("bilal", "chen"):
        session.add(Wish(event_id=forum.id, from_id=asker, to_organisation_id=atlas, grade="like"))
    session.flush()
    ground = Ground(session, forum)
    assert ground.made == {"amal": 2, "bilal": 2, "chen": 1}
    assert ground.fulfilled == {"amal": 1, "bilal": 2}
    assert ground.demand == {atlas: 3, "": 2}


def test_who_meets_nobody(session: Session, forum: Event) -> None:
    ground = Ground(session, forum)
    assert [(who.name, made, got) for who, made, got in who_meets_nobody(ground)] == [
        ("Chen Test", 0, 1)
    ]
    assert [row.value for row in charts(session, forum)["each"].rows] == [1, 2]


def texts(session: Session, event: Event, ground: Ground | None = None) -> list[str]:
    return [row.text for row in troubles_of(session, event, ground or Ground(session, event))]


def test_what_is_wrong_is_named_and_goes_when_it_is_right(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    with client.application.test_request_context():
        said = texts(session, forum)
        assert said == [
            "1 registration waits to be validated.",
            "1 confirmed person meets nobody.",
            "1 confirmed person has wished for nobody yet.",
        ]
        session.get_one(Participant, (forum.id, "dima")).state = "withdrawn"
        session.get_one(Participant, (forum.id, "chen")).state = "withdrawn"
        session.flush()
        assert texts(session, forum) == []


def test_every_other_trouble_is_seen(client: FlaskClient, session: Session, forum: Event) -> None:
    with client.application.test_request_context():
        known = set(texts(session, forum))
        session.add(Run(event_id=forum.id, id="r", state="failed"))
        session.get_one(Participant, (forum.id, "bilal")).state = "withdrawn"
        old = {"event_id": forum.id, "subject": "S", "body": "B"}
        session.add(Mail(**old, address="amal@people.example", state="bounced"))
        session.add(Mail(**old, address="x@people.example", created_at=now() - timedelta(hours=1)))
        amal = session.get_one(Participant, (forum.id, "amal"))
        cast.make_wish(session, session.get_one(Participant, (forum.id, "dima")), amal)
        session.add(
            PrintedSheet(
                event_id=forum.id, kind="agendas", subject_id="amal", digest="x", version_number=0
            )
        )
        session.flush()
        found = set(texts(session, forum)) - known
    assert {text.split(":")[0] for text in found} >= {
        "The last run failed.",
        "1 person has published meetings and takes no part any more.",
        "Mails to 1 person came back.",
        "1 mail waits to be sent for more than ten minutes",
        "1 wish is younger than the published schedule.",
        "Agendas were printed of version 0; version 1 is published. Print what has changed.",
    }


def test_each_chart_is_drawn_and_stands_as_a_table(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    """Every number of a chart is in its table, which needs no eyes for colours."""
    shown = charts(session, forum)
    dounia = cast.make_organiser(session, forum)
    session.commit()
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{forum.id}/numbers").text
    figures = re.findall(r'<figure class="chart" id="(\w+)">(.*?)</figure>', page, re.DOTALL)
    assert [name for name, _html in figures] == list(shown)
    for name, html in figures:
        assert "<svg" in html
        assert html.count("<tr>") == len(shown[name].rows) + 1
    assert "Chen Test" in page
    assert "Look at it" in client.get(f"/organise/{forum.id}/").text


def test_columns_stay_in_their_field() -> None:
    chart = Chart("x", "x", "", tuple(Row(str(n), n, 10) for n in range(12)), (), "columns")
    for column in chart.columns():
        assert 0 <= column.x <= column.x + column.width <= 480
        assert 0 <= column.y <= column.y + column.height <= 150
        assert column.line is not None
        assert 0 <= column.line <= 150
    assert sum(column.has_tick for column in chart.columns()) <= 8


def test_labels_below_columns_do_not_run_into_each_other() -> None:
    label = "Wed 14 Oct 09:00–09:20"
    chart = Chart("x", "x", "", tuple(Row(label, n) for n in range(30)), (), "columns")
    ticks = [column.x for column in chart.columns() if column.has_tick]
    assert all(second - first > 5 * len(label) for first, second in pairwise(ticks))


def test_an_empty_event_says_so(client: FlaskClient, session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    assert "nothing to count yet" in client.get(f"/organise/{event.id}/numbers").text
    assert "Nothing at the moment." in client.get(f"/organise/{event.id}/").text
