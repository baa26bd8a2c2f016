"""A published forum: Amal has a stand, Bilal leaves early, Chen is remote, Dima reads Arabic."""

from __future__ import annotations

from dataclasses import dataclass

import cast
import pytest
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event, Interpreter, Zone
from matchmaker.participants.models import Absence, Participant
from matchmaker.schedules.models import Version

HALL = {"fr": "Hall 1", "ar": "القاعة 1", "en": "Hall 1"}


@dataclass
class Forum:
    event: Event
    amal: Participant
    bilal: Participant
    chen: Participant
    dima: Participant
    version: Version
    amal_account: Account
    chen_account: Account
    dounia: Account

    @property
    def all(self) -> tuple[Participant, ...]:
        return self.amal, self.bilal, self.chen, self.dima


@pytest.fixture
def forum(session: Session) -> Forum:
    event = _make_venue(session)
    amal_account = cast.make_account(session, "Amal", language="fr")
    chen_account = cast.make_account(session, "Chen", language="en")
    amal, bilal, chen, dima = _make_people(session, event, amal_account, chen_account)
    for late in ("d1-0950", "d1-1015"):
        session.add(Absence(event_id=event.id, participant_id=bilal.id, slot_id=late))
    version = cast.make_version(session, event, MEETINGS)
    dounia = cast.make_organiser(session, event)
    dounia.language = "en"
    session.commit()
    return Forum(event, amal, bilal, chen, dima, version, amal_account, chen_account, dounia)


MEETINGS = [
    {"people": ["amal", "bilal"], "slot": "d1-0900", "place": "S01"},
    {"people": ["bilal", "dima"], "slot": "d1-0925", "place": "T01", "interpreter": "salma"},
    {"people": ["amal", "chen"], "slot": "d1-0950", "place": "Q01", "room": "R1"},
    {"people": ["dima", "amal"], "slot": "d1-1015", "place": "S01"},
]


def _make_venue(session: Session) -> Event:
    event = cast.make_event(
        session, names={"fr": "Forum de l’eau", "ar": "منتدى الماء", "en": "Water forum"}
    )
    cast.make_slots(session, event, 5)
    session.add(Zone(event_id=event.id, id="hall", names=HALL))
    session.add(
        Interpreter(
            event_id=event.id, id="salma", name="Salma Idrissi", languages=["ar", "fr", "en"]
        )
    )
    session.flush()
    for code, kind in (("S01", "stand"), ("T01", "table"), ("Q01", "quiet"), ("R1", "online")):
        cast.make_place(session, event, code, kind=kind, zone_id="hall" if code < "T" else None)
    return event


def _make_people(
    session: Session, event: Event, amal_account: Account, chen_account: Account
) -> list[Participant]:
    atlas = cast.make_organisation(session, event, "Atlas Énergie")
    atlas.country = "MA"
    water = cast.make_organisation(session, event, "شركة الأطلس للمياه")
    amal = {"organisation_id": atlas.id, "place_id": "S01", "job": "Acheteuse"}
    dima = {"first_name": "ديمة", "last_name": "المشتريات", "spoken": ["ar"], "language": "ar"}
    return [
        cast.make_participant(session, event, "Amal", amal_account, **amal),
        cast.make_participant(session, event, "Bilal", last_name="Haddad", language="en"),
        cast.make_participant(session, event, "Chen", chen_account, remote=True, language="en"),
        cast.make_participant(session, event, "Dima", organisation_id=water.id, **dima),
    ]
