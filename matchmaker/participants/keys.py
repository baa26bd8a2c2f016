"""By what a person is found again: the e-mail address, else a reference."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.accounts.services import email_key, on_arrival
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant


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


def rename_key(
    session: Session, participant: Participant, *, email: str, reference: str | None
) -> None:
    """Another address or reference. With another address it is another person's: the account
    that was connected loses it.
    """
    before = participant.email_key
    set_key(session, participant, email, reference)
    if participant.email_key != before:
        participant.account_id = None
    flush_key(session, participant)


@on_arrival
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


def set_key(session: Session, participant: Participant, email: str, reference: str | None) -> None:
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


def flush_key(session: Session, participant: Participant) -> None:
    """Two who come at the same moment: the database lets one through."""
    try:
        with session.begin_nested():
            session.add(participant)
    except IntegrityError:
        raise _taken() from None
