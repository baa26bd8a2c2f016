"""What is remembered of a list's rows is what would be worked out anew, whatever has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import cast
import pytest
from flask import g
from flask_babel import refresh
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, MeetingSession, Place, Slot
from matchmaker.imports import reading, remembering, services
from matchmaker.imports.columns import Known
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.people import loading, planning
from matchmaker.imports.people.planning import PeoplePlan
from matchmaker.imports.rows import Sheet
from matchmaker.imports.surroundings import Names
from matchmaker.imports.titles import assign
from matchmaker.organisations.models import Delegation, Organisation, OrganisationTerm
from matchmaker.participants.models import Absence, Attendance, Participant
from matchmaker.participation.models import ParticipationType
from matchmaker.vocabularies.models import Term
from matchmaker.wishes.models import Wish

HEADER = (
    "Email", "First name", "Job", "Organisation", "City", "Participation type", "Organization type",
    "Areas", "Language", "Spoken languages", "Sessions", "Absent", "Stand", "Delegation",
    "Validated",
)  # fmt: skip
AMAL = (
    "amal@x.example", "Amal", "Buyer", "Atlas Eau", "Rabat", "Buyer", "Company",
    "Water; Waste", "fr", "fr; ar", "Morning", "2026-10-14", "S1", "CISE", "Yes",
)  # fmt: skip
SAID_ANEW = {"Water; Waste": "Water; Aqua", "Buyer": "Guest"}  # words that no list has
AMAL_NOW = (*AMAL[:3], *(SAID_ANEW.get(cell, cell) for cell in AMAL[3:]))
BILAL = ("bilal@x.example", "Bilal", "Seller", "Atlas Eau", "Rabat")
CHAMA = ("chama@x.example", "Chama", "Engineer", "Casa Recycle", "Casablanca")
WITHIN = 10.0  # seconds
Step = Callable[[Session, Event], object]


def amal(session: Session) -> Participant:
    return session.scalars(select(Participant).where(Participant.first_name == "Amal")).one()


def one(session: Session, model: Any, **where: Any) -> Any:
    return session.scalars(select(model).filter_by(**where)).one()


def setting(model: Any, where: dict[str, Any], **values: Any) -> Step:
    def change(session: Session, _event: Event) -> None:
        row = one(session, model, **where)
        for name, value in values.items():
            setattr(row, name, value)

    return change


def deleting(model: Any) -> Step:
    """All of them: of an absence and the like Amal's only one."""
    return lambda session, event: session.execute(delete(model).where(model.event_id == event.id))


def move_amal(session: Session, event: Event) -> None:
    amal(session).organisation_id = one(session, Organisation, name="Casa Recycle").id


def send_amal_away(session: Session, event: Event) -> None:
    amal(session).delegation_id = None


def close_slots_of_nobody(session: Session, event: Event) -> None:
    first, *_others = session.scalars(select(Slot.id).order_by(Slot.starts_at)).all()
    session.execute(delete(Slot).where(Slot.id != first))


def forget_amal(session: Session, event: Event) -> None:
    session.delete(amal(session))


AMALS = {"first_name": "Amal"}
ATLAS = {"name": "Atlas Eau"}
CHANGES: dict[str, Step] = {
    "a job": setting(Participant, AMALS, job="Director"),
    "a language": setting(Participant, AMALS, language="ar"),
    "spoken languages": setting(Participant, AMALS, spoken=["en"]),
    "a state": setting(Participant, AMALS, state="withdrawn"),
    "an address": setting(Participant, AMALS, email="a@y.example", email_key="a@y.example"),
    "what was imported": setting(Participant, AMALS, job="Director", imported={"job": "Clerk"}),
    "another type": setting(Participant, AMALS, type_code=None),
    "no stand of her own": setting(Participant, AMALS, place_id=None),
    "another organisation": move_amal,
    "no delegation": send_amal_away,
    "no absence": deleting(Absence),
    "all sessions": deleting(Attendance),
    "a name of an organisation": setting(
        Organisation, ATLAS, name="Atlas Water", name_key="atlas water"
    ),
    "a city of an organisation": setting(Organisation, ATLAS, city="Fes"),
    "what was imported of it": setting(Organisation, ATLAS, city="Fes", imported={"city": "Fes"}),
    "no sectors and no type": deleting(OrganisationTerm),
    "a word of a list": setting(Term, {"code": "water"}, labels={"en": "Aqua"}),
    "a word for people": setting(ParticipationType, {"code": "buyer"}, names={"en": "Guest"}),
    "a delegation's code": setting(Delegation, {"code": "cise"}, code="CE3M"),
    "a stand's sign": setting(Place, {"code": "S1"}, code="S9"),
    "a session's name": setting(MeetingSession, {"id": "am"}, names={"en": "Early"}),
    "fewer slots": close_slots_of_nobody,
    "nobody any more": forget_amal,
}

WISHES = ("From", "To", "Grade", "Status", "Message")
WISHED = (
    ("amal@x.example", "chama@x.example", "like", "open", "Water?"),
    ("bilal@x.example", "Casa Recycle", "top"),
)
CHANGES_OF_WISHES: dict[str, Step] = {
    "a grade": setting(Wish, {"grade": "like"}, grade="top"),
    "a state": setting(Wish, {"grade": "like"}, state="accepted"),
    "a message": setting(Wish, {"grade": "like"}, message="Waste?"),
    "what was imported": setting(Wish, {"grade": "like"}, message="Waste?", imported={}),
    "no wish at all": deleting(Wish),
    "an address": CHANGES["an address"],
    "a name": setting(Participant, AMALS, last_name="Benali"),
    "a name of an organisation": setting(
        Organisation, {"name": "Casa Recycle"}, name="Casa", name_key="casa"
    ),
    "nobody there any more": setting(Participant, {"first_name": "Chama"}, organisation_id=None),
}


def told(plan: Any) -> Sequence[Any]:
    """All that a plan says; what is here already by its id."""
    if not isinstance(plan, PeoplePlan):
        return plan.total, plan.rows, plan.faults, plan.repeated, plan.counts, plan.fingerprint
    companies = {
        key: (one.name, one.company and one.company.id, one.said, one.comparison, one.says)
        for key, one in plan.companies.items()
    }
    return (
        plan.total, plan.rows, plan.faults, plan.remarks, plan.repeated, companies, plan.terms,
        plan.types, plan.counts, plan.fingerprint,
    )  # fmt: skip


@pytest.fixture
def event(session: Session, event: Event) -> Event:
    cast.make_slots(session, event, 2, "pm", 14)
    one(session, MeetingSession, id="pm").names = {"en": "Afternoon"}
    session.commit()
    return event


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    remembering._ledgers.clear()
    yield
    remembering._ledgers.clear()


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(change: str, desk: Any, session: Session) -> None:
    desk.take("participants", HEADER, AMAL, BILAL, CHAMA)
    row = desk.upload("participants", HEADER, AMAL_NOW, BILAL, CHAMA)
    see(CHANGES[change], row, desk, session)


@pytest.mark.parametrize("change", CHANGES_OF_WISHES)
def test_every_change_of_wishes_is_seen(change: str, desk: Any, session: Session) -> None:
    desk.take("participants", HEADER, AMAL, BILAL, CHAMA)
    desk.take("wishes", WISHES, *WISHED)
    row = desk.upload("wishes", WISHES, *WISHED)
    see(CHANGES_OF_WISHES[change], row, desk, session)


def see(change: Step, row: Import, desk: Any, session: Session) -> None:
    """It alters the plan, and what is remembered does not hide it."""
    before = told(services.plan_import(session, desk.event, row))
    change(session, desk.event)
    session.commit()
    seen = told(services.plan_import(session, desk.event, row))
    remembering.forget(row.event_id, row.kind)
    assert seen == told(services.plan_import(session, desk.event, row))
    assert seen != before


def test_only_what_has_changed_is_worked_out_anew(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[int] = []
    as_before = planning._plan_row

    def note(row: Any, company: Any) -> Any:
        planned.append(row.said.number)
        return as_before(row, company)

    desk.take("participants", HEADER, AMAL, BILAL, CHAMA)
    row = desk.upload("participants", HEADER, AMAL, BILAL, CHAMA)
    monkeypatch.setattr(planning, "_plan_row", note)
    services.plan_import(session, event, row)
    assert planned == [2, 3, 4]
    CHANGES["a job"](session, event)
    session.commit()
    services.plan_import(session, event, row)
    assert planned == [2, 3, 4, 2]
    CHANGES["a city of an organisation"](session, event)
    session.commit()
    services.plan_import(session, event, row)
    assert planned == [2, 3, 4, 2, 2, 3]
    services.take_over(session, event, row)
    assert planned == [2, 3, 4, 2, 2, 3, 2, 3, 4]


def test_who_reads_another_language_finds_the_rows_planned(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("participants", HEADER, AMAL, BILAL)
    row = desk.upload("participants", HEADER, AMAL, BILAL, (*CHAMA, *[""] * 7, "S9"))
    before = services.plan_import(session, event, row)
    monkeypatch.setattr(planning, "_plan_row", lambda *given: pytest.fail("planned anew"))
    g.language = "fr"
    refresh()
    after = services.plan_import(session, event, row)
    assert after.rows == before.rows
    assert [fault.row for fault in after.faults] == [fault.row for fault in before.faults]
    assert after.faults[0].sentence != before.faults[0].sentence


def test_rows_are_read_once_as_long_as_they_may_name_the_same(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Names] = []
    as_before = reading._read_rows

    def note(sheet: Sheet, columns: Sequence[Known], names: Names) -> reading.Reading:
        read.append(names)
        return as_before(sheet, columns, names)

    desk.take("participants", HEADER, AMAL)
    row = desk.upload("participants", HEADER, AMAL)
    monkeypatch.setattr(reading, "_read_rows", note)
    services.plan_import(session, event, row)
    CHANGES["a job"](session, event)
    session.commit()
    services.plan_import(session, event, row)
    assert len(read) == 1
    CHANGES["a stand's sign"](session, event)
    session.commit()
    services.plan_import(session, event, row)
    assert len(read) == 2


def test_another_column_is_named_once_it_is_assigned(
    desk: Any, session: Session, event: Event
) -> None:
    """It says the same, so that only its title tells which one is meant."""
    desk.take("participants", HEADER, AMAL)
    row = desk.upload("wishes", ("From", "To", "Whom"), ("amal@x.example", "nobody", "nobody"))
    [fault] = services.plan_import(session, event, row).faults
    assert fault.column == "To"
    remembered = remembering.ledger_of(remembering.Key(event.id, "wishes", row.id))
    assign(session, row, {0: "from", 1: "", 2: "to"})
    [fault] = services.look_at(session, event, row, remembered).plan.faults
    assert fault.column == "Whom"


def test_who_looks_while_it_is_taken_over_leaves_nothing_behind(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.upload("participants", HEADER, AMAL)
    as_before = services._keep_faulty

    def look_meanwhile(import_: Import, plan: Any) -> None:
        key = remembering.Key(event.id, "participants", row.id)
        remembering.ledger_of(key).recall("preview", "", list)
        as_before(import_, plan)

    monkeypatch.setattr(services, "_keep_faulty", look_meanwhile)
    services.take_over(session, event, row)
    assert not remembering._ledgers


def test_what_nobody_looks_at_is_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "KEPT_FOR", 0.05)
    monkeypatch.setattr(remembering, "_will_sweep", threading.Event())
    remembering.ledger_of(remembering.Key("event", "wishes", "1"))
    until = time.monotonic() + WITHIN
    while remembering._ledgers and time.monotonic() < until:
        time.sleep(0.02)
    assert not remembering._ledgers


def test_what_was_looked_at_lately_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[float] = []

    class Timer(threading.Timer):
        def start(self) -> None:
            timers.append(self.interval)

    monkeypatch.setattr(remembering.threading, "Timer", Timer)
    monkeypatch.setattr(remembering, "_will_sweep", threading.Event())
    for number in ("1", "2"):
        remembering.ledger_of(remembering.Key("event", "wishes", number))
    assert timers == [remembering.KEPT_FOR]  # one for both
    remembering.ledger_of(remembering.Key("event", "wishes", "1")).used -= remembering.KEPT_FOR
    remembering.sweep()
    assert [key.import_id for key in remembering._ledgers] == ["2"]
    assert timers == 2 * [remembering.KEPT_FOR]  # once more, for what stays
    remembering.forget("event", "wishes")
    remembering.sweep()
    assert timers == 2 * [remembering.KEPT_FOR]


def test_of_a_large_event_nobody_is_remembered(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("participants", HEADER, AMAL, BILAL)
    row = desk.upload("participants", HEADER, AMAL)
    ledger = services.ledger_for(row)
    monkeypatch.setattr(loading, "MOST_REMEMBERED", 1)
    services.plan_import(session, event, row)
    assert not [name for name in ledger._kept if isinstance(name, tuple) and name[0] == "person"]


def test_of_a_very_long_list_no_row_is_remembered(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(KINDS["participants"], most_remembered=2)
    monkeypatch.setitem(KINDS, "participants", few)
    row = desk.upload("participants", HEADER, AMAL, BILAL, CHAMA)
    ledger = services.ledger_for(row)
    services.plan_import(session, event, row)
    assert not ledger._kept


def test_only_the_latest_are_remembered() -> None:
    for number in range(remembering.MOST_KEPT + 3):
        remembering.ledger_of(remembering.Key("event", "wishes", str(number)))
    kept = [key.import_id for key in remembering._ledgers]
    assert kept == [str(number) for number in range(3, remembering.MOST_KEPT + 3)]
    remembering.forget("event", "wishes")
    assert not remembering._ledgers
