"""What an organiser enters about one person, carried out as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.accounts.services import find_or_add_account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Place
from matchmaker.languages import pick
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import Answers, fill, mail_welcome
from matchmaker.participants.services import (
    OWN_PLACES,
    add_participant,
    rename_key,
    set_place,
    set_seats,
)

Choices = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Entry(Answers):
    """Everything that the form of one person holds."""

    email: str
    reference: str
    manages: bool
    seats: int
    place_id: str | None


@dataclass(frozen=True)
class Offered:
    """What the form lets choose."""

    delegations: Choices
    places: Choices


def add_entry(session: Session, event: Event, entry: Entry) -> Participant:
    """A new person; the caller commits."""
    participant = add_participant(session, event, email=entry.email, reference=entry.reference)
    _fill(session, event, participant, entry)
    return participant


def change_entry(session: Session, event: Event, participant: Participant, entry: Entry) -> None:
    """The caller commits."""
    rename_key(session, participant, email=entry.email, reference=entry.reference)
    _fill(session, event, participant, entry)


def send_link(session: Session, event: Event, participant: Participant) -> None:
    """Mail the way to a person's own pages. Commits."""
    if not participant.email:
        raise Refusal(_("This participant has no e-mail address. Enter one first."))
    if participant.state in ("rejected", "withdrawn"):
        raise Refusal(_("This participant does not take part. Confirm them first."))
    account = find_or_add_account(
        session, participant.email, name=participant.name, language=participant.language
    )
    mail_welcome(session, event, account, participant)
    session.commit()


def choices_of(session: Session, event: Event) -> Offered:
    delegations = session.scalars(
        select(Delegation).where(Delegation.event_id == event.id).order_by(Delegation.code)
    )
    places = session.scalars(
        select(Place)
        .where(Place.event_id == event.id, Place.kind.in_(OWN_PLACES))
        .order_by(Place.kind, Place.code)
    )
    return Offered(
        [
            (row.id, f"{row.code} {pick(row.names, current_language())}".strip())
            for row in delegations
        ],
        [(row.id, row.code) for row in places],
    )


def organisation_name(session: Session, participant: Participant) -> str:
    if participant.organisation_id is None:
        return ""
    key = (participant.event_id, participant.organisation_id)
    return session.get_one(Organisation, key).name


def _fill(session: Session, event: Event, participant: Participant, entry: Entry) -> None:
    fill(session, event, participant, entry)
    if participant.organisation_id is not None:
        participant.team_role = "manager" if entry.manages else "member"
    set_seats(session, participant, entry.seats)
    set_place(session, participant, entry.place_id)
