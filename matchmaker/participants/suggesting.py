"""What a field offers that names a person by address or reference, or an organisation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant


def suggestions(session: Session, event_id: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Keys of people with their names, and the names of organisations."""
    people = session.execute(
        select(
            Participant.email, Participant.reference, Participant.first_name, Participant.last_name
        )
        .where(Participant.event_id == event_id)
        .order_by(Participant.last_name, Participant.id)
    )
    organisations = session.scalars(
        select(Organisation.name)
        .where(Organisation.event_id == event_id)
        .order_by(Organisation.name_key)
    )
    keys = [
        (email or reference or "", f"{first} {last}") for email, reference, first, last in people
    ]
    return keys, list(organisations)
