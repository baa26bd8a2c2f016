"""A set-up that went out as a file comes in again: told before, as a whole or not at all."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession, Place, PlaceClosure, PlaceSeat
from matchmaker.events.phases import set_phase
from matchmaker.events.services import (
    PlannedSession,
    add_interpreter,
    add_place,
    add_zone,
    plan_sessions,
    set_interpreter_absences,
    set_walk,
)
from matchmaker.exports.formats import as_json, as_xlsx, as_zip
from matchmaker.exports.setup import rows_of_setup
from matchmaker.exports.tables import Source, setup_tables
from matchmaker.limits.services import add_pause, set_limits
from matchmaker.looks.services import set_look
from matchmaker.participation.questions import QuestionDetails, add_question
from matchmaker.participation.services import add_type
from matchmaker.programme.services import ItemDetails, add_item, remove_item
from matchmaker.schedules import bridge
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import meetings_of
from matchmaker.setups.parts import FaultyFile
from matchmaker.setups.services import (
    Foreseen,
    create_from_file,
    packed,
    read_file,
    take_set_up,
    unpacked,
)
from matchmaker.spreadsheets.reading import Table
from matchmaker.wishes.rules import set_allowed, set_rules

DAY = date(2027, 5, 11)
Document = dict[str, list[dict[str, str]]]
OWN = ("id", "slug")


@pytest.fixture
def dounia(session: Session) -> Account:
    account = cast.make_account(session, "Dounia", is_admin=True)
    session.commit()
    return account


@pytest.fixture
def event(session: Session, dounia: Account) -> Event:
    """With something of every part."""
    event = cast.make_event(session, names={"fr": "Forum", "en": "Water forum"}, keep_days=90)
    cast.make_organiser(session, event, "Ester")
    morning, _noon = plan_sessions(
        session, event,
        [
            PlannedSession(day=DAY, starts=datetime(1, 1, 1, 9).time(),
                           ends=datetime(1, 1, 1, 11).time(), names={"en": "Morning"}),
            PlannedSession(day=DAY, starts=datetime(1, 1, 1, 14).time(),
                           ends=datetime(1, 1, 1, 16).time()),
        ],
    )  # fmt: skip
    halls = [add_zone(session, event, names={"en": f"Hall {number}"}) for number in (1, 2)]
    set_walk(session, event, halls[0].id, halls[1].id, 8)
    table = add_place(session, event, code="T01", zone_id=halls[0].id, capacity=2)
    add_place(session, event, code="S01", kind="stand", zone_id=halls[1].id)
    slots = [f"20270511-{hour}" for hour in ("0900", "0925")]
    session.add(PlaceClosure(event_id=event.id, place_id=table.id, slot_id=slots[0]))
    idris = add_interpreter(session, event, name="Idris", languages=["ar", "fr"])
    set_interpreter_absences(session, idris, slots[:1])
    buyer = add_type(session, event, {"en": "Buyer"}, max_meetings=5)
    set_allowed(session, event, set())
    set_rules(session, event, hours=48)
    said = QuestionDetails(
        labels={"en": "Why?"}, hints={}, is_required=True, audience="organisers", is_active=True,
        types=[buyer.code], options=[("", {"en": "Because"}), ("", {"en": "So"})],
    )  # fmt: skip
    add_question(session, event, "choice", said)
    set_limits(session, event, in_a_row=3, organisations_once=True, by_session={morning.id: 2})
    add_pause(
        session, event, names={"en": "Prayer"}, kind="prayer", slots=slots, free=1, by_choice=True
    )
    set_look(
        session,
        event,
        colour="#0b6a5c",
        welcome={"en": "Come"},
        footers={"fr": "Merci"},
        senders={},
    )
    opening = ItemDetails(
        kind="plenary", titles={"en": "Opening"}, abouts={}, day=DAY,
        starts=datetime(1, 1, 1, 9).time(), ends=datetime(1, 1, 1, 9, 30).time(), venue={},
        zone_id=halls[0].id, speakers="", attendance="sign_up", places=40, types=[buyer.code],
    )  # fmt: skip
    add_item(session, event, **opening)
    remove_item(session, event, add_item(session, event, **opening))
    set_phase(session, event, "wishes", opens_at=None, closes_at=datetime(2027, 5, 1, 18))
    session.commit()
    return event


def document(session: Session, event: Event) -> Document:
    found: Document = json.loads(as_json(setup_tables(Source(session, event, "en"))))
    return found


def tables(said: Any) -> tuple[Table, ...]:
    return read_file(json.dumps(said).encode(), "set-up.json")


def take(session: Session, event: Event, said: Any) -> Foreseen:
    foreseen = take_set_up(session, event, tables(said))
    session.commit()
    return foreseen


def told(foreseen: Foreseen) -> list[tuple[str, str, str]]:
    return [(row.part, row.kind, row.label) for row in foreseen.differences]


def content(session: Session, event: Event) -> dict[str, list[dict[str, str]]]:
    """All that goes out, without what is an event's own."""
    session.expire_all()
    found = rows_of_setup(session, event)
    found["event"] = [{k: v for k, v in found["event"][0].items() if k not in OWN}]
    return found


@pytest.mark.parametrize("form", ["json", "xlsx", "zip"])
def test_from_file_to_file_it_is_the_same(
    session: Session, event: Event, dounia: Account, form: str
) -> None:
    made = setup_tables(Source(session, event, "ar"))
    data = {"json": as_json, "xlsx": lambda rows: as_xlsx(rows, "ar"), "zip": as_zip}[form](made)
    copy = create_from_file(
        session, dounia, read_file(data, f"x.{form}"), names={}, slug="", first_day=None
    )
    session.commit()
    assert content(session, copy) == content(session, event)
    seats = select(PlaceSeat.seat).where(PlaceSeat.event_id == copy.id)
    assert len(session.scalars(seats).all()) == 3


def test_into_itself_nothing_changes(session: Session, event: Event) -> None:
    assert told(take(session, event, document(session, event))) == []


def test_into_an_empty_event_it_is_the_same_as_well(
    session: Session, event: Event, dounia: Account
) -> None:
    other = cast.make_event(session, "other")
    take(session, other, document(session, event))
    assert _without_term_ids(content(session, other)) == _without_term_ids(content(session, event))
    assert told(take(session, other, document(session, event))) == []


def _without_term_ids(found: Document) -> Document:
    """Every event begins with lists; those that are there keep their ids."""
    terms = [{k: v for k, v in row.items() if k != "id"} for row in found["term"]]
    return found | {"term": sorted(terms, key=str)}


def test_a_new_event_can_begin_on_another_day_under_another_name(
    session: Session, event: Event, dounia: Account
) -> None:
    copy = create_from_file(
        session, dounia, tables(document(session, event)), names={"en": "Next"}, slug="next",
        first_day=date(2028, 5, 9),
    )  # fmt: skip
    assert (copy.names, copy.slug) == ({"en": "Next"}, "next")
    days = select(MeetingSession.day).where(MeetingSession.event_id == copy.id)
    assert set(session.scalars(days)) == {date(2028, 5, 9)}
    phases = content(session, copy)["phase"]
    assert [row["closes_at"] for row in phases] == ["2028-04-29 18:00"]
    closed = select(PlaceClosure.slot_id).where(PlaceClosure.event_id == copy.id)
    assert session.scalars(closed).all() == ["20280509-0900"]


def test_what_differs_is_told_row_by_row(session: Session, event: Event) -> None:
    said = document(session, event)
    stand, table = said["place"] if said["place"][0]["code"] == "S01" else said["place"][::-1]
    table["capacity"] = "3"
    said["place"] = [table, {**stand, "id": "new", "code": "S02"}]
    foreseen = take(session, event, said)
    assert told(foreseen) == [
        ("place", "changed", "T01"), ("place", "added", "S02"), ("place", "removed", "S01"),
    ]  # fmt: skip
    assert foreseen.differences[0].changes == (("capacity", "2", "3"),)


def test_a_part_or_column_that_the_file_leaves_out_stays(session: Session, event: Event) -> None:
    said = document(session, event)
    before = content(session, event)
    for row in said["place"]:
        del row["zone_id"]
    for name in ("pause", "pause_slot", "phase", "slot", "matchmaker-set-up"):
        del said[name]
    assert told(take(session, event, said)) == []
    assert content(session, event) == before


def test_parts_of_people_and_unknown_parts_are_left_out(session: Session, event: Event) -> None:
    said = {"participants": [{"Email": "a@b.example"}], "programme_of_mars": [{"id": "x"}]}
    foreseen = take(session, event, said | document(session, event))
    assert list(foreseen.left_out) == ["programme_of_mars"]
    assert told(foreseen) == []


def test_rows_are_found_by_what_people_know_them_by(session: Session, event: Event) -> None:
    """Not by ids, which another installation has made."""
    text = json.dumps(document(session, event))
    for row in document(session, event)["place"]:
        text = text.replace(row["id"], f"other{row['code']}")
    assert told(take(session, event, json.loads(text))) == []


def test_a_table_with_published_meetings_is_not_removed(session: Session, event: Event) -> None:
    cast.make_participant(session, event, "Amal")
    cast.make_participant(session, event, "Bilal")
    place = session.scalars(select(Place).where(Place.code == "T01")).one()
    version = cast.make_version(
        session, event,
        [{"people": ["amal", "bilal"], "slot": "20270511-0925", "place": place.id}],
    )  # fmt: skip
    version.problem, version.schedule = bridge.nothing_yet(session, event)
    session.commit()
    said = document(session, event)
    said["place"] = [row for row in said["place"] if row["code"] != "T01"]
    said["place_closure"] = []
    with pytest.raises(Refusal, match=r"Places .T01.: This stays"):
        take(session, event, said)
    session.rollback()
    assert [row.place_id for row in meetings_of(session, version)] == [place.id]


def test_trial_schedules_give_way_to_several_changes_and_it_is_said(
    session: Session, event: Event
) -> None:
    for name in ("Amal", "Bilal"):
        cast.make_participant(session, event, name)
    places = {row.code: row.id for row in session.scalars(select(Place))}
    for slot, code in (("20270511-0925", "T01"), ("20270511-1400", "S01")):
        version = Version(event_id=event.id)
        session.add(version)
        session.flush()
        cast.book(session, version, people=["amal", "bilal"], slot=slot, place=places[code])
    session.commit()
    said = document(session, event)
    said["place"], said["place_closure"] = [], []
    said["session"] = [row for row in said["session"] if row["starts"] == "09:00:00"]
    foreseen = take(session, event, said)
    assert foreseen.consequences
    assert session.scalars(select(Version)).all() == []
    assert session.scalars(select(Place)).all() == []


def test_what_is_used_and_left_out_stays_and_is_named(session: Session, event: Event) -> None:
    said = document(session, event)
    (buyer,) = said["participation_type"]
    cast.make_participant(session, event, "Amal", type_code=buyer["code"])
    session.commit()
    said |= {"participation_type": [], "barred": [], "question_type": []}
    assert ("participation_type", "kept", buyer["code"]) in told(take(session, event, said))


@pytest.mark.parametrize(
    ("part", "column", "cell", "sentence"),
    [
        ("place", "capacity", "many", "Places, row 2, column capacity: “many” is no whole number"),
        ("place", "code", "x" * 41, "Places, row 2, column code: This has 41 characters"),
        ("place", "kind", "bar", "A place is a table, a stand"),
        ("place", "zone_id", "nowhere", "Places, row 2, zone_id: “nowhere” is no row"),
        ("place", "names", "[1", "is no list or object in JSON"),
        ("place", "names", '{"xx": "a"}', "French, Arabic and English"),
        ("place", "names", '{"fr": {"a": 1}}', "Only texts can stand here"),
        ("session", "ends", "late", "is no day or time"),
        ("session", "ends", "08:00", "ends before it begins"),
        ("look", "colour", "green", "Look, row 2: Colour: write #"),
        ("event", "zone", "Mars/Base", "There is no time zone"),
        ("event", "slot_minutes", "0", "Minutes of a meeting"),
        ("event", "website", "javascript:alert(1)", "The website must begin with"),
        ("event", "needs_acceptance", "perhaps", "is neither Yes nor No"),
        ("phase", "name", "party", "Phases, row 2: This cannot be so"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_saved(
    session: Session, event: Event, part: str, column: str, cell: str, sentence: str
) -> None:
    before, said = content(session, event), document(session, event)
    said[part][0][column] = cell
    with pytest.raises(Refusal) as refused:
        take(session, event, said)
    session.rollback()
    assert sentence in str(refused.value)
    assert content(session, event) == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Choose a file"),
        (b"{", "This JSON is no list of rows"),
        (b"[]", "This is a single list"),
        (b"a;b\n1;2\n", "This is a single list"),
        (b'{"people": []}', "holds no part of a set-up"),
        (b'{"matchmaker-set-up": [{"version": "9"}], "zone": []}', "has the form 9"),
        (b'{"zone": [{"names": "{}"}]}', "Zones: the column id is missing"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"%PDF-1.4", "PDF"),
        (b" " * (2 * 1024 * 1024 + 1), "more than 2 MB"),
        (b'{"zone": ' + b"[" * 100_000, "This JSON is no list of rows"),
    ],
)
def test_bad_files_are_answered_in_words(
    session: Session, event: Event, data: bytes, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        take_set_up(session, event, read_file(data, ""))
    assert sentence in str(refused.value)


def test_every_fault_of_a_file_is_named_at_once(session: Session, event: Event) -> None:
    said = document(session, event)
    for row in said["place"]:
        row["capacity"] = "-"
    with pytest.raises(FaultyFile) as refused:
        take(session, event, said)
    assert len(refused.value.faults) == 2


def test_hostile_strings_are_kept_as_text(session: Session, event: Event) -> None:
    said = document(session, event)
    said["zone"][0]["names"] = json.dumps({"en": "<script>alert(1)</script>\u0000{{7*7}}"})
    take(session, event, said)
    names = [json.loads(row["names"])["en"] for row in content(session, event)["zone"]]
    assert "<script>alert(1)</script>{{7*7}}" in names


def test_ids_that_could_harm_an_address_are_made_anew(session: Session, event: Event) -> None:
    said = document(session, event)
    said["zone"].append({"id": "../../x?y=<b>", "names": '{"en": "Hall 9"}'})
    take(session, event, said)
    assert all("/" not in row["id"] for row in content(session, event)["zone"])


def test_what_a_page_sends_back_is_read_again_and_no_more(session: Session, event: Event) -> None:
    read = tables(document(session, event))
    assert [t.rows for t in unpacked(packed(read))] == [t.rows for t in read]
    for text in ("", "{", "[1]", '[{"header": ["a"], "rows": [[1, []]], "sheet": "zone"}]'):
        with pytest.raises(Refusal, match="form was incomplete"):
            unpacked(text)


def upload(data: bytes) -> dict[str, Any]:
    import io

    return {"file": (io.BytesIO(data), "set-up.json")}


def test_the_pages_show_then_save_and_ask_again_where_it_changed(
    client: FlaskClient, session: Session, event: Event, dounia: Account
) -> None:
    cast.sign_in(client, cast.make_organiser(session, event, "Dora"))
    said = document(session, event)
    said["place"][0]["capacity"] = "7"
    url = f"/organise/{event.id}/set-up/file"
    page = client.post(url, data=upload(json.dumps(said).encode())).text
    assert "Save all of it" in page
    seal = page.split('name="agreed" value="')[1].split('"')[0]
    kept = packed(tables(said))
    session.rollback()
    assert 7 not in session.scalars(select(Place.capacity)).all()
    page = client.post(url, data={"said": kept, "agreed": "other"}).text
    assert "was changed since you looked" in page
    assert client.post(url, data={"said": kept, "agreed": seal}).status_code == 302
    session.expire_all()
    assert 7 in session.scalars(select(Place.capacity)).all()
    page = client.post(url, data=upload(json.dumps(said).encode())).text
    assert "Nothing changes" in page
    page = client.post(url, data=upload(b"no file of ours")).text
    assert "This is a single list" in page


def test_a_new_event_is_made_on_its_page(
    client: FlaskClient, session: Session, event: Event, dounia: Account
) -> None:
    data = as_json(setup_tables(Source(session, event, "en")))
    cast.sign_in(client, dounia)
    answer = client.post("/organise/new/from-file", data={**upload(data), "name_en": "Copy"})
    assert answer.status_code == 302
    made = session.scalars(select(Event).where(Event.slug == "copy")).one()
    assert made.names == {"en": "Copy"}
    broken = data.replace(b'"capacity": "2"', b'"capacity": "0"')
    page = client.post("/organise/new/from-file", data={**upload(broken), "name_en": "Other"}).text
    assert "Meetings at the same time" in page
    assert session.scalars(select(Event).where(Event.slug == "other")).all() == []
