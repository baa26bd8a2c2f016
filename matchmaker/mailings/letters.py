"""A mailing as one person reads it: in their language, with their words for placeholders."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.events.models import Event
from matchmaker.languages import pick
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.placeholders import filled, values_for
from matchmaker.mails.letters import Block, Heading
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import Passage, Recipient, writes
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant


@writes("mailing")
def mailing(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """Nothing where the mailing is gone; several at once come one after the other."""
    found = [
        row
        for notice in notices
        if (row := session.get(Mailing, (event.id, notice.about.get("mailing", ""))))
    ]
    passages = [passage_for(session, event, row, recipient.id) for row in found]
    if not passages:
        return None
    blocks: list[Block] = list(passages[0].blocks)
    for passage in passages[1:]:
        blocks += [Heading(passage.subject), *passage.blocks]
    return Passage(passages[0].subject, tuple(blocks))


def passage_for(session: Session, event: Event, row: Mailing, participant_id: str) -> Passage:
    person = session.get_one(Participant, (event.id, participant_id))
    organisation = (
        session.get(Organisation, (event.id, person.organisation_id))
        if person.organisation_id
        else None
    )
    language = language_for(row.bodies, person.language, event.language)
    values = values_for(event, person, organisation.name if organisation else "", language)
    parts = filled(pick(row.bodies, language), values).replace("\r\n", "\n").split("\n\n")
    subject = filled(pick(row.subjects, language), values)
    return Passage(subject, tuple(part.strip("\n") for part in parts if part.strip()))


def language_for(bodies: Texts, wanted: str, other: str) -> str:
    """The person's language where the mailing is written in it; else the event's, else any."""
    return next((code for code in (wanted, other) if bodies.get(code)), next(iter(bodies), wanted))
