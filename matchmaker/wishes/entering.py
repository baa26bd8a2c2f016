"""A wish that names both sides as people do: by address, reference or organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import find_organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import shown_name
from matchmaker.participants.services import find_participant
from matchmaker.wishes.models import Wish
from matchmaker.wishes.services import enter_wish


@dataclass(frozen=True)
class NamedWish:
    wisher: str
    wished: str
    grade: str
    message: str


def enter_named(session: Session, event: Event, entry: NamedWish) -> Wish | None:
    """Find both sides and enter the wish. Commits."""
    wisher = find_participant(session, event, email=entry.wisher, reference=entry.wisher)
    if wisher is None:
        raise Refusal(_("From: nobody here has this address or reference."))
    wished: Participant | Organisation | None = find_participant(
        session, event, email=entry.wished, reference=entry.wished
    )
    wished = wished or find_organisation(session, event, entry.wished)
    if wished is None:
        raise Refusal(_("To: nobody here has this address or reference, and no such organisation."))
    return enter_wish(session, wisher, wished, entry.grade, entry.message)


def names_of(session: Session, event_id: str, ids: Collection[str]) -> dict[str, str]:
    """Names by id; those of organisations under ``o:`` and their id."""
    people = session.execute(
        select(
            Participant.id, Participant.first_name, Participant.last_name, Participant.reference
        ).where(Participant.event_id == event_id, Participant.id.in_(ids))
    )
    houses = [key.removeprefix("o:") for key in ids if key.startswith("o:")]
    organisations = session.execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.event_id == event_id, Organisation.id.in_(houses)
        )
    )
    names = {key: shown_name(key, first, last, reference) for key, first, last, reference in people}
    return names | {f"o:{key}": name for key, name in organisations}
