"""What is done to many people at once: all of it in one transaction. All commit."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.services import find_or_add_account
from matchmaker.events.models import Event
from matchmaker.journal.services import note_many
from matchmaker.mails.services import cancel
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import mail_welcome
from matchmaker.participants.services import change_states
from matchmaker.segments.standing import in_schedules
from matchmaker.wishes.models import Wish

TAKING_PART = ("registered", "validated")


def digest(ids: Collection[str]) -> str:
    """The same for the same people: who confirms acts on those whom they saw."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def people_of(session: Session, event_id: str, ids: Collection[str]) -> Sequence[Participant]:
    return session.scalars(
        select(Participant)
        .where(Participant.event_id == event_id, Participant.id.in_(ids))
        .order_by(Participant.id)
    ).all()


def set_states(session: Session, event: Event, ids: list[str], state: str) -> int:
    return len(change_states(session, event, ids, state))


def set_types(session: Session, event: Event, ids: list[str], code: str | None) -> int:
    people = [p for p in people_of(session, event.id, ids) if p.type_code != code]
    for person in people:
        person.type_code = code
    session.commit()
    return len(people)


def set_limits(session: Session, event: Event, ids: list[str], most: int | None) -> int:
    """How many meetings each of them gets at most; None: no limit of their own."""
    people = [p for p in people_of(session, event.id, ids) if p.max_meetings != most]
    for person in people:
        person.max_meetings = most
    session.commit()
    return len(people)


def can_be_mailed(person: Participant) -> bool:
    return bool(person.email) and person.state in TAKING_PART


def send_links(session: Session, event: Event, ids: list[str]) -> int:
    """The way to their own pages, to those who take part and have an address."""
    people = [p for p in people_of(session, event.id, ids) if can_be_mailed(p)]
    for person in people:
        account = find_or_add_account(
            session, person.email, name=person.name, language=person.language
        )
        mail_welcome(session, event, account, person)
    session.commit()
    return len(people)


def delete_people(session: Session, event: Event, ids: list[str]) -> int:
    """With their wishes and everything else of theirs. Whoever stands in a schedule stays: it
    would have holes.
    """
    kept = in_schedules(session, event.id, ids)
    people = people_of(session, event.id, [id_ for id_ in ids if id_ not in kept])
    gone = [person.id for person in people]
    wishes = select(Wish.id).where(
        Wish.event_id == event.id, or_(Wish.from_id.in_(gone), Wish.to_id.in_(gone))
    )
    note_many(session, event.id, "removed", "wish", session.scalars(wishes).all())
    for person in people:
        if person.email:
            cancel(session, event_id=event.id, address=person.email)
        session.delete(person)
    session.commit()
    return len(gone)
