"""The standing cast and the factories: an event with people in it, without surprises.

Amal buys and knows everybody, Bilal supplies and leaves at noon, Chen must see nobody else's
data, Dounia organises; Ester organises another event.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.accounts.access import LOGIN_KEY
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import email_key, open_login
from matchmaker.database import db, now
from matchmaker.events.models import (
    Event,
    MeetingSession,
    Membership,
    Phase,
    Place,
    PlaceSeat,
    Slot,
)
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant, ParticipantSeat
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    Publication,
    ScheduledMeeting,
    Version,
)
from matchmaker.wishes.models import Wish

DAY = date(2026, 10, 14)


def make_account(session: Session, name: str, **values: Any) -> Account:
    address = f"{name.lower()}@people.example"
    account = Account(email=address, email_key=email_key(address), name=name, **values)
    session.add(account)
    session.flush()
    return account


def make_event(session: Session, slug: str = "forum", **values: Any) -> Event:
    names = {"fr": "Forum", "ar": "منتدى", "en": "Forum"}
    event = Event(**{"slug": slug, "names": names, **values})
    session.add(event)
    session.flush()
    return event


def close(session: Session, event: Event, *names: str) -> None:
    """Close these phases by hand."""
    for name in names:
        session.merge(Phase(event_id=event.id, name=name, by_hand=False))
    session.flush()


def open_again(session: Session, event: Event, *names: str) -> None:
    """Open these phases by hand."""
    for name in names:
        session.merge(Phase(event_id=event.id, name=name, by_hand=True))
    session.flush()


def make_slots(
    session: Session,
    event: Event,
    count: int = 4,
    session_id: str = "am",
    first_hour: int = 9,
    day: date = DAY,
) -> list[Slot]:
    """Slots of twenty minutes from 09:00 with five minutes between."""
    starts = [
        datetime.combine(day, time(first_hour)) + i * timedelta(minutes=25) for i in range(count)
    ]
    session.add(
        MeetingSession(
            event_id=event.id,
            id=session_id,
            names={"en": "Morning"},
            day=day,
            starts=time(first_hour),
            ends=(starts[-1] + timedelta(minutes=20)).time(),
        )
    )
    session.flush()
    slots = [
        Slot(
            event_id=event.id,
            id=f"d1-{start:%H%M}",
            session_id=session_id,
            starts_at=start,
            ends_at=start + timedelta(minutes=20),
        )
        for start in starts
    ]
    session.add_all(slots)
    session.flush()
    return slots


def make_place(session: Session, event: Event, code: str = "T01", **values: Any) -> Place:
    place = Place(event_id=event.id, id=code, code=code, **{"kind": "table", **values})
    session.add(place)
    session.flush()
    for seat in range(1, (place.capacity or 1) + 1):
        session.add(PlaceSeat(event_id=event.id, place_id=place.id, seat=seat))
    session.flush()
    return place


def make_organisation(session: Session, event: Event, name: str) -> Organisation:
    organisation = Organisation(event_id=event.id, name=name, name_key=name.casefold())
    session.add(organisation)
    session.flush()
    return organisation


def make_participant(
    session: Session, event: Event, name: str, account: Account | None = None, **values: Any
) -> Participant:
    address = f"{name.lower()}@people.example"
    participant = Participant(
        **{
            "event_id": event.id,
            "id": name.lower(),
            "first_name": name,
            "last_name": "Test",
            "email": address,
            "email_key": email_key(address),
            "state": "validated",
            "account_id": account.id if account else None,
            "spoken": ["fr"],
            **values,
        }
    )
    session.add(participant)
    session.flush()
    for seat in range(1, (participant.seats or 1) + 1):
        session.add(ParticipantSeat(event_id=event.id, participant_id=participant.id, seat=seat))
    session.flush()
    return participant


def make_wish(
    session: Session, wisher: Participant, wished: Participant, grade: str = "like", **values: Any
) -> Wish:
    wish = Wish(event_id=wisher.event_id, from_id=wisher.id, to_id=wished.id, grade=grade, **values)
    session.add(wish)
    session.flush()
    return wish


def make_organiser(
    session: Session, event: Event, name: str = "Dounia", role: str = "owner"
) -> Account:
    """Somebody of the event's team, who owns it where nothing else is said."""
    account = make_account(session, name)
    session.add(Membership(account_id=account.id, event_id=event.id, role=role))
    session.flush()
    return account


def make_version(
    session: Session, event: Event, meetings: list[dict[str, Any]], number: int = 1
) -> Version:
    """A published version with these meetings (``people``, ``slot``, ``place``, …)."""
    version = Version(event_id=event.id, number=number, published_at=now())
    session.add(version)
    session.flush()
    for meeting in meetings:
        book(session, version, **meeting)
    publish(session, version)
    return version


def publish(session: Session, version: Version) -> None:
    """Point at this version, without what publishing does besides."""
    event_id, number = version.event_id, version.number or 1
    zone = session.get_one(Event, event_id).zone
    session.merge(Publication(event_id=event_id, version_id=version.id, zone=zone, revision=number))
    session.flush()


def book(
    session: Session,
    version: Version,
    *,
    people: list[str],
    slot: str,
    place: str | None = None,
    room: str | None = None,
    interpreter: str | None = None,
    seats: tuple[int, ...] = (),
    place_seat: int = 1,
) -> None:
    key = {"event_id": version.event_id, "version_id": version.id}
    where = {**key, "meeting_id": "~".join(sorted(people)), "slot_id": slot}
    session.add(ScheduledMeeting(**where, place_id=place, room_id=room, interpreter_id=interpreter))
    session.flush()
    for side, person in enumerate(people):
        seat = seats[side] if seats else 1
        session.add(PersonBooking(**where, participant_id=person, seat=seat, side=side))
    for taken in (place, room):
        if taken:
            session.add(PlaceBooking(**where, place_id=taken, seat=place_seat))
    if interpreter:
        session.add(InterpreterBooking(**where, interpreter_id=interpreter))
    session.flush()


def sign_in(client: FlaskClient, account: Account) -> None:
    """Give this browser a login of the account (the pages' own way has its own tests)."""
    token = open_login(db.session, account)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[LOGIN_KEY] = token
