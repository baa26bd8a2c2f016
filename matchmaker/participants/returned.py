"""Whose mails came back: the address is the link, so that a corrected one is out of the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from matchmaker.mails.models import Mail
from matchmaker.participants.models import Participant

CAME_BACK = ("failed", "bounced")


@dataclass(frozen=True, slots=True)
class Returned:
    """A person whom mails do not reach, and the latest of them."""

    participant_id: str
    name: str
    address: str
    subject: str
    at: datetime
    failure: str
    count: int


def returned_mails(session: Session, event_id: str) -> list[Returned]:
    """The latest first."""
    found: dict[str, Returned] = {}
    for person, mail in session.execute(_rows(event_id).order_by(Mail.created_at)):
        before = found.pop(person.id, None)
        found[person.id] = Returned(
            participant_id=person.id,
            name=person.shown_name,
            address=person.email,
            subject=mail.subject,
            at=mail.created_at,
            failure=mail.failure,
            count=before.count + 1 if before else 1,
        )
    return list(reversed(found.values()))


def is_any_returned(session: Session, event_id: str) -> bool:
    return session.execute(_rows(event_id).limit(1)).first() is not None


def _rows(event_id: str) -> Select[Participant, Mail]:
    return (
        select(Participant, Mail)
        .join(Mail, func.lower(Mail.address) == func.lower(Participant.email))
        .where(Participant.event_id == event_id, Participant.email != "")
        .where(Mail.state.in_(CAME_BACK))
    )


def failure_text(failure: str) -> str:
    """What the code of a server means for whoever has to do something about it."""
    words = {
        "1": _("There is no such mailbox. Ask for the right address."),
        "2": _("The mailbox is full or closed. Reach the person in another way."),
        "7": _("The mail was refused as unwanted. Ask whoever runs this installation."),
    }
    category = failure.split(".")[1] if failure.startswith("5.") else ""
    if failure in ("550", "551", "553", "not an address"):
        category = "1"
    return str(
        words.get(category) or _("The mail could not be delivered (%(code)s).", code=failure)
    )
