"""People of an event: added, changed, validated, withdrawn.

Nothing here commits but what says so: an import, a registration and a form each are one
transaction of their caller.
"""

from __future__ import annotations

from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.accounts.services import email_key
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Place
from matchmaker.participants.models import Participant, new_secret
from matchmaker.participants.seats import set_seats
from matchmaker.participants.times import set_absences, set_sessions

__all__ = [
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
    kind: str
    language: str
    spoken: list[str]
    organisation_id: str | None
    delegation_id: str | None
    remote: bool
    max_meetings: int | None
    state: str


def find_participant(
    session: Session, event: Event, *, email: str = "", reference: str | None = None
) -> Participant | None:
    """Whoever has this address, else whoever has this reference."""
    found = None
    if email:
        key = email_key(email)
        found = session.scalar(
            select(Participant).where(
                Participant.event_id == event.id, Participant.email_key == key
            )
        )
    if found is None and reference:
        found = session.scalar(
            select(Participant).where(
                Participant.event_id == event.id, Participant.reference == reference.strip()
            )
        )
    return found


def first_state(event: Event) -> str:
    """The state of somebody who registers."""
    return "registered" if event.validates_by_hand else "validated"


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
    participant = Participant(event_id=event.id, seats=1, **{"state": first_state(event)} | details)
    _set_key(session, participant, email, reference)
    _flush_key(session, participant)
    set_seats(session, participant, seats)
    return participant


def update(session: Session, participant: Participant, **details: Unpack[Details]) -> None:
    """Change what is given; everything else stays."""
    for name, value in details.items():
        setattr(participant, name, value)
    session.flush()


def rename_key(
    session: Session, participant: Participant, *, email: str, reference: str | None
) -> None:
    """Another address or reference. With another address it is another person's: the account
    that was connected loses it.
    """
    before = participant.email_key
    _set_key(session, participant, email, reference)
    if participant.email_key != before:
        participant.account_id = None
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
    session.commit()
    return list(people)


def validate(session: Session, participant: Participant) -> None:
    participant.state = "validated"
    session.flush()


def withdraw(session: Session, participant: Participant) -> None:
    """Out of lists and of every schedule made from now on; the row and its wishes stay."""
    participant.state = "withdrawn"
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


def connect_account(session: Session, account: Account) -> int:
    """Give a person who proved this address what organisers entered for it; returns how many."""
    people = session.scalars(
        select(Participant).where(
            Participant.email_key == account.email_key, Participant.account_id.is_(None)
        )
    ).all()
    for participant in people:
        participant.account_id = account.id
    session.flush()
    return len(people)


def _set_key(session: Session, participant: Participant, email: str, reference: str | None) -> None:
    key, reference = email_key(email) or None, (reference or "").strip() or None
    if key is None and reference is None:
        raise Refusal(_("Give an e-mail address or a reference: one of them is the key."))
    with session.no_autoflush:
        if _is_taken(session, participant, key, reference):
            raise _taken()
    participant.email, participant.email_key = email.strip(), key
    participant.reference = reference


def _is_taken(
    session: Session, participant: Participant, key: str | None, reference: str | None
) -> bool:
    same = [Participant.email_key == key] if key else []
    same += [Participant.reference == reference] if reference else []
    others = select(Participant.id).where(
        Participant.event_id == participant.event_id,
        Participant.id != (participant.id or ""),
        or_(*same),
    )
    return session.scalar(others.limit(1)) is not None


def _taken() -> Refusal:
    return Refusal(_("Somebody else at this event has this e-mail address or reference already."))


def _flush_key(session: Session, participant: Participant) -> None:
    """Two who come at the same moment: the database lets one through."""
    try:
        with session.begin_nested():
            session.add(participant)
    except IntegrityError:
        raise _taken() from None
