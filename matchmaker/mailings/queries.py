"""The mailings of an event, and how far each has come with each recipient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.mailings.models import Mailing
from matchmaker.mails.models import Mail
from matchmaker.notices.models import Notice, StoppedKind
from matchmaker.participants.models import Participant

KIND = "mailing"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient: ``state`` is the notice's until there is a mail, then the mail's."""

    participant_id: str
    name: str
    address: str
    state: str
    failure: str
    at: datetime | None


def mailings_of(session: Session, event_id: str) -> Sequence[Mailing]:
    """The newest first."""
    return session.scalars(
        select(Mailing).where(Mailing.event_id == event_id).order_by(Mailing.created_at.desc())
    ).all()


def deliveries_of(session: Session, mailing: Mailing) -> list[Delivery]:
    """Every recipient with what became of the mail, troubles first."""
    rows = session.execute(
        select(Participant, Notice, Mail)
        .join(
            Notice,
            (Notice.event_id == Participant.event_id) & (Notice.participant_id == Participant.id),
        )
        .outerjoin(Mail, Mail.id == Notice.mail_id)
        .where(Notice.event_id == mailing.event_id, Notice.kind == KIND)
        .where(Notice.cause.endswith(f":{mailing.id}", autoescape=True))
    )
    found = [_delivery(person, notice, mail) for person, notice, mail in rows]
    return sorted(found, key=lambda row: (RANKS.get(row.state, 9), row.name))


RANKS = {"failed": 0, "bounced": 0, "dropped": 1, "cancelled": 1, "waiting": 2, "sending": 2}


def _delivery(person: Participant, notice: Notice, mail: Mail | None) -> Delivery:
    return Delivery(
        participant_id=person.id,
        name=person.shown_name,
        address=person.email,
        state=mail.state if mail else "dropped" if notice.state == "dropped" else "waiting",
        failure=mail.failure if mail else "",
        at=mail.sent_at if mail else None,
    )


def states_of(deliveries: Sequence[Delivery]) -> Counter[str]:
    return Counter(row.state for row in deliveries)


def stoppers_of(session: Session, event_id: str) -> set[str]:
    """Who wants no mails of organisers."""
    return set(
        session.scalars(
            select(StoppedKind.participant_id).where(
                StoppedKind.event_id == event_id, StoppedKind.kind == KIND
            )
        )
    )


def languages_of(session: Session, event_id: str, people: Collection[str]) -> Counter[str]:
    """How many of these people read mails in each language."""
    wanted = set(people)
    rows = session.execute(
        select(Participant.id, Participant.language).where(Participant.event_id == event_id)
    )
    return Counter(row.language for row in rows if row.id in wanted)
