"""A new event in ten minutes: from a template, or from an earlier edition without its people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

import cast
import pictures
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.editions.copying import COPIED, copy_edition
from matchmaker.editions.services import create_from
from matchmaker.editions.templates import TEMPLATES
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Phase, Place, PlaceClosure
from matchmaker.events.phases import set_phase
from matchmaker.events.queries import sessions_of, slots_of
from matchmaker.limits.queries import pause_slots
from matchmaker.limits.services import add_pause, set_limits
from matchmaker.looks.queries import look_of
from matchmaker.looks.services import set_look, set_picture
from matchmaker.migrations import metadata
from matchmaker.participation.models import ParticipationType, Question
from matchmaker.participation.questions import QuestionDetails, add_question
from matchmaker.participation.services import add_type
from matchmaker.schedules.modes import mode_of
from matchmaker.vocabularies.queries import terms_of
from matchmaker.wishes.rules import barred_pairs, set_allowed, set_rules

FIRST = date(2027, 11, 3)
# Made anew with the copy, or never taken along: people, what they say, and what is made of it.
LEFT = {
    "absence", "agenda_known", "answer", "answer_option", "attendance", "booking", "bookmark",
    "cancellation", "cancelled_meeting", "capacity_study", "catalogue_number", "delegation",
    "document", "document_stamp", "draft_change", "entry", "entry_term", "import", "interpreter",
    "interpreter_absence", "interpreter_booking", "journal_entry", "list_columns", "logo", "mail",
    "mailing", "mailing_recipient", "meeting_note", "member_count", "membership", "move_request",
    "notice",
    "organisation", "organisation_term", "outdated", "participant", "participant_seat",
    "pause_taker", "person_booking", "place_booking", "print_pack", "printed_sheet",
    "programme_signup", "publication",
    "registration", "remark", "rest_wish", "run", "scheduled_meeting", "segment", "session", "slot",
    "stopped_kind", "unplaced_meeting", "version", "wish", "wish_entry",
}  # fmt: skip


@pytest.fixture
def dounia(session: Session) -> Account:
    account = cast.make_account(session, "Dounia")
    session.commit()
    return account


@pytest.fixture
def earlier(session: Session, dounia: Account) -> Event:
    """With everything that is set up, and with people."""
    event = cast.make_event(session, "earlier", needs_acceptance=True, venue={"en": "Hall"})
    cast.make_organiser(session, event, "Ester")
    slots = cast.make_slots(session, event)
    place = cast.make_place(session, event, "T01", capacity=2)
    session.add(PlaceClosure(event_id=event.id, place_id=place.id, slot_id=slots[1].id))
    buyer = add_type(session, event, {"en": "Buyer"}, max_meetings=5)
    set_allowed(session, event, set())
    set_rules(session, event, hours=48)
    said = QuestionDetails(
        labels={"en": "Why?"}, hints={}, is_required=True, audience="organisers", is_active=True,
        types=[buyer.code], options=[("", {"en": "Because"}), ("", {"en": "So"})],
    )  # fmt: skip
    add_question(session, event, "choice", said)
    set_limits(session, event, in_a_row=3, organisations_once=True, by_session={"am": 2})
    add_pause(
        session, event, names={"en": "Lunch"}, kind="lunch", slots=[slots[3].id], free=None,
        by_choice=False,
    )  # fmt: skip
    set_phase(
        session, event, "wishes", opens_at=None, closes_at=datetime(2026, 10, 7, 18), by_hand=False
    )
    set_look(session, event, colour="#7a1fa2", welcome={}, footers={"en": "Us"}, senders={})
    set_picture(session, event, pictures.png())
    session.delete(terms_of(session, event.id, "sector")[0])
    amal = cast.make_participant(session, event, "Amal", type_code=buyer.code)
    bilal = cast.make_participant(session, event, "Bilal")
    cast.make_wish(session, amal, bilal)
    session.commit()
    return event


def copy(session: Session, dounia: Account, earlier: Event) -> Event:
    event = copy_edition(
        session, dounia, earlier, names={"en": "Later"}, slug="later", first_day=FIRST
    )
    session.commit()
    return event


def test_every_table_is_copied_or_left_on_purpose() -> None:
    """A new one fails here until somebody has thought about it."""
    of_events = {name for name, table in metadata().tables.items() if "event_id" in table.c}
    assert of_events == {*COPIED} | LEFT
    assert not {*COPIED} & LEFT


def test_nothing_that_is_copied_points_at_people() -> None:
    for name in COPIED:
        for key in metadata().tables[name].foreign_key_constraints:
            assert key.referred_table.name in {*COPIED, "event", "session", "slot"}


def test_the_set_up_comes_along_to_the_new_day(
    session: Session, dounia: Account, earlier: Event
) -> None:
    event = copy(session, dounia, earlier)
    assert [row.day for row in sessions_of(session, event.id)] == [FIRST]
    assert [row.starts_at.strftime("%H:%M") for row in slots_of(session, event.id)][:2] == [
        "09:00", "09:25",
    ]  # fmt: skip
    (closed,) = session.scalars(
        select(PlaceClosure.slot_id).where(PlaceClosure.event_id == event.id)
    )
    assert closed == slots_of(session, event.id)[1].id
    assert [set(rows) for rows in pause_slots(session, event.id).values()] == [
        {slots_of(session, event.id)[3].id}
    ]
    wishes = session.get_one(Phase, (event.id, "wishes"))
    assert wishes.closes_at == datetime(2026, 10, 7, 18) + (FIRST - cast.DAY)
    assert wishes.by_hand is None
    assert (event.needs_acceptance, event.venue, event.slug) == (True, {"en": "Hall"}, "later")
    assert barred_pairs(session, event.id)
    assert look_of(session, event.id) == look_of(session, earlier.id)
    kept = len(terms_of(session, earlier.id, "sector"))
    assert len(terms_of(session, event.id, "sector")) == kept
    for name in COPIED:
        table = metadata().tables[name]
        counts = [
            session.scalar(select(func.count()).select_from(table).where(table.c.event_id == id_))
            for id_ in (earlier.id, event.id)
        ]
        assert counts[0] == counts[1], name


def test_nobody_comes_along(session: Session, dounia: Account, earlier: Event) -> None:
    event = copy(session, dounia, earlier)
    for name in LEFT - {"session", "slot", "journal_entry", "membership"}:
        table = metadata().tables[name]
        query = select(func.count()).select_from(table).where(table.c.event_id == event.id)
        assert session.scalar(query) == 0, name
    members = metadata().tables["membership"]
    query = select(members.c.account_id).where(members.c.event_id == event.id)
    assert session.scalars(query).all() == [dounia.id]


def test_the_earlier_edition_stays_as_it_is(
    session: Session, dounia: Account, earlier: Event
) -> None:
    before = [(row.id, row.starts_at) for row in slots_of(session, earlier.id)]
    event = copy(session, dounia, earlier)
    session.get_one(Place, (event.id, "T01")).code = "X"
    session.commit()
    assert session.get_one(Place, (earlier.id, "T01")).code == "T01"
    assert [(row.id, row.starts_at) for row in slots_of(session, earlier.id)] == before


@pytest.mark.parametrize("name", TEMPLATES)
def test_stands_of_a_hall_are_numbered_one_after_another(
    session: Session, dounia: Account, name: str
) -> None:
    """Whoever looks for S07 goes along one hall."""
    event = create_from(
        session, dounia, TEMPLATES[name], names={"en": name}, slug="", first_day=FIRST
    )
    stands = select(Place.zone_id).where(Place.event_id == event.id, Place.kind == "stand")
    halls = session.scalars(stands.order_by(Place.code)).all()
    assert len([hall for hall, _ in groupby(halls)]) == len(set(halls))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_makes_an_event_that_can_begin(
    session: Session, dounia: Account, name: str
) -> None:
    template = TEMPLATES[name]
    event = create_from(session, dounia, template, names={"en": name}, slug="", first_day=FIRST)
    session.commit()
    days = {row.day for row in sessions_of(session, event.id)}
    assert days == {FIRST + timedelta(days=number) for number in range(template.days)}
    kinds = session.scalars(select(Place.kind).where(Place.event_id == event.id)).all()
    assert kinds.count("table") == template.tables
    assert kinds.count("stand") == template.stands
    assert kinds.count("online") == template.rooms
    types = session.scalars(
        select(ParticipationType).where(ParticipationType.event_id == event.id)
    ).all()
    assert all(set(row.names) == {"fr", "ar", "en"} for row in types)
    assert len(types) == len(template.kinds)
    assert mode_of(session, event) == template.mode
    closing = session.get_one(Phase, (event.id, "wishes")).closes_at
    assert closing is not None
    assert closing.date() == FIRST - timedelta(days=template.closes_before)


def test_at_a_fair_visitors_ask_exhibitors_and_not_each_other(
    session: Session, dounia: Account
) -> None:
    event = create_from(
        session, dounia, TEMPLATES["fair"], names={"en": "Fair"}, slug="", first_day=FIRST
    )
    barred = barred_pairs(session, event.id)
    exhibitor, buyer, visitor = session.scalars(
        select(ParticipationType.code)
        .where(ParticipationType.event_id == event.id)
        .order_by(ParticipationType.position)
    )
    assert (visitor, exhibitor) not in barred
    assert {(exhibitor, exhibitor), (buyer, buyer), (visitor, visitor)} <= barred


def test_an_organiser_copies_from_the_page_and_only_own_events(
    client: FlaskClient, session: Session, earlier: Event
) -> None:
    other = cast.make_event(session, "other")
    session.commit()
    ester = session.scalars(select(Account).where(Account.name == "Ester")).one()
    session.rollback()
    cast.sign_in(client, ester)
    said = {"name_en": "Later", "slug": "later", "first_day": "2027-11-03"}
    page = client.post("/organise/new/from", data=said | {"source": f"edition:{other.id}"})
    assert (page.status_code, 'role="alert"' in page.text) == (200, True)
    page = client.post("/organise/new/from", data=said)
    assert "Choose one of these." in page.text
    answer = client.post("/organise/new/from", data=said | {"source": f"edition:{earlier.id}"})
    made = session.scalars(select(Event).where(Event.slug == "later")).one()
    assert answer.location == f"/organise/{made.id}/"
    assert session.scalars(select(Question).where(Question.event_id == made.id)).one()


def test_an_address_that_is_taken_makes_nothing(
    session: Session, dounia: Account, earlier: Event
) -> None:
    with pytest.raises(Refusal, match="earlier"):
        copy_edition(
            session, dounia, earlier, names={"en": "Later"}, slug="earlier", first_day=FIRST
        )
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Event)) == 1
