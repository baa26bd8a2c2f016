"""People of an event: added, changed, validated, withdrawn.

Nothing here commits but what says so: an import, a registration and a form each are one
transaction of their caller.
"""

from __future__ import annotations

from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Place
from matchmaker.mails.services import cancel
from matchmaker.notices.services import notify
from matchmaker.participants.keys import (
    connect_account,
    find_participant,
    flush_key,
    rename_key,
    set_key,
)
from matchmaker.participants.models import Participant, new_secret
from matchmaker.participants.seats import MOST_SEATS, set_seats
from matchmaker.participants.times import set_absences, set_sessions
from matchmaker.participation.queries import type_of

__all__ = [
    "MOST_SEATS",
    "Details",
    "add_participant",
    "change_states",
    "connect_account",
    "find_participant",
    "first_state",
    "give_consent",
    "rename_key",
    "reset_agenda_secret",
    "set_absences",
    "set_place",
    "set_seats",
    "set_sessions",
    "update",
    "validate",
    "withdraw",
    "withdraw_consent",
]

OWN_PLACES = {"table", "stand"}


class Details(TypedDict, total=False):
    """What may be said of a participant beside key, seats, place and times."""

    first_name: str
    last_name: str
    job: str
    phone: str
    shares_email: bool
    shares_phone: bool
    type_code: str | None
    language: str
    spoken: list[str]
    organisation_id: str | None
    lets_act: bool
    delegation_id: str | None
    remote: bool
    max_meetings: int | None
    state: str


def first_state(session: Session, event: Event, type_code: str | None = None) -> str:
    """The state of somebody who registers: their type says whether an organiser looks first, and
    the event says it of those without one.
    """
    chosen = type_of(session, event.id, type_code)
    by_hand = chosen.by_hand if chosen else event.validates_by_hand
    return "registered" if by_hand else "validated"


def add_participant(
    session: Session,
    event: Event,
    *,
    email: str = "",
    reference: str | None = None,
    seats: int = 1,
    **details: Unpack[Details],
) -> Participant:
    """A new person, flushed and not committed; refused where the key is somebody else's."""
    _check_lengths(details)
    state = first_state(session, event, details.get("type_code"))
    participant = Participant(event_id=event.id, seats=1, **{"state": state} | details)
    set_key(session, participant, email, reference)
    flush_key(session, participant)
    set_seats(session, participant, seats)
    return participant


def update(session: Session, participant: Participant, **details: Unpack[Details]) -> None:
    """Change what is given; everything else stays."""
    _check_lengths(details)
    before = participant.state
    for name, value in details.items():
        setattr(participant, name, value)
    if participant.state != before:
        _tell(session, session.get_one(Event, participant.event_id), participant)
    session.flush()


def set_place(session: Session, participant: Participant, place_id: str | None) -> None:
    """An own stand or table, or none."""
    if place_id is not None:
        place = session.get(Place, (participant.event_id, place_id))
        if place is None or place.kind not in OWN_PLACES:
            raise Refusal(_("An own place is a table or a stand of this event. Choose another."))
    participant.place_id = place_id
    session.flush()


def change_states(session: Session, event: Event, ids: list[str], state: str) -> list[Participant]:
    """Validate, reject or withdraw these people; returns those who changed. Commits.

    A published schedule stays as it is until the organiser repairs it.
    """
    people = session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id, Participant.id.in_(ids))
        .where(Participant.state != state)
        .order_by(Participant.id)
    ).all()
    for participant in people:
        participant.state = state
        _tell(session, event, participant)
    session.commit()
    return list(people)


def validate(session: Session, participant: Participant) -> None:
    participant.state = "validated"
    session.flush()


def withdraw(session: Session, participant: Participant) -> None:
    """Out of lists and of every schedule made from now on; the row and its wishes stay."""
    participant.state = "withdrawn"
    _stop_mails(session, participant)
    session.flush()


def give_consent(session: Session, participant: Participant, version: str) -> None:
    """Agree to be shown, to this version of the text."""
    participant.consent_version = version
    participant.consent_at = now()
    session.flush()


def withdraw_consent(session: Session, participant: Participant) -> None:
    """Not shown to other participants any more, from the next request on."""
    participant.consent_version = participant.consent_at = None
    session.flush()


def reset_agenda_secret(session: Session, participant: Participant) -> None:
    """The old address of the live agenda, as printed, stops working."""
    participant.agenda_secret = new_secret()
    session.flush()


def _tell(session: Session, event: Event, participant: Participant) -> None:
    """What follows from another state: the person is told, or told nothing any more."""
    if participant.state in ("validated", "rejected"):
        notify(session, event, participant, participant.state)
    if participant.state == "withdrawn":
        _stop_mails(session, participant)


def _stop_mails(session: Session, participant: Participant) -> None:
    if participant.email:
        cancel(session, event_id=participant.event_id, address=participant.email)


def _check_lengths(details: Details) -> None:
    """SQLite would keep any length; PostgreSQL would stop with an error of its own."""
    for name, value in details.items():
        kind = Participant.__table__.c[name].type
        if not isinstance(kind, String) or not isinstance(value, str) or not kind.length:
            continue
        if len(value) > kind.length:
            raise Refusal(
                _(
                    "\u201c%(start)s\u2026\u201d is too long: at most %(most)s characters.",
                    start=value[:20],
                    most=kind.length,
                )
            )
