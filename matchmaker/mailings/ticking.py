"""A mailing to people who were ticked in the list: begun there, written afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import ngettext
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.journal.services import note_many
from matchmaker.mailings.audience import Audience, Reached, reach
from matchmaker.mailings.models import Mailing, MailingRecipient
from matchmaker.mailings.queries import stoppers_of
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import Line, find_lines


def begin_mailing(session: Session, event: Event, ids: Sequence[str], account_id: str) -> Mailing:
    """A draft without a text to exactly these people of the event, whatever becomes of filters."""
    row = Mailing(event_id=event.id, created_by=account_id)
    session.add(row)
    session.flush()
    row.audience = Audience(ticked=row.id).keep()
    key = {"event_id": event.id, "mailing_id": row.id}
    session.execute(insert(MailingRecipient), [{**key, "participant_id": id_} for id_ in ids])
    note_many(session, event.id, "added", "mailing_recipient", [f"{row.id}/{id_}" for id_ in ids])
    session.flush()
    return row


def ticked_people(session: Session, row: Mailing, most: int) -> tuple[int, list[Line]]:
    """How many are ticked and still there, and the first of them by name."""
    ids = session.scalars(
        select(MailingRecipient.participant_id).where(
            MailingRecipient.event_id == row.event_id, MailingRecipient.mailing_id == row.id
        )
    ).all()
    return len(ids), find_lines(session, row.event_id, ids)[:most]


def foresee(session: Session, event: Event, ids: list[str]) -> list[str]:
    """Of a mailing to these people: who gets it and who does not, before it is written."""
    mine = [Participant.id.in_(ids)]
    return told(reach(session, event.id, mine, stoppers_of(session, event.id)))


def told(reached: Reached) -> list[str]:
    """Who gets the mail, and who gets none and why, where there is anybody."""
    number = len(reached.people)
    found = [
        ngettext("%(num)s person will get this mail.", "%(num)s people will get this mail.", number)
    ]
    if reached.without_address:
        found.append(
            ngettext(
                "%(num)s has no e-mail address.",
                "%(num)s have no e-mail address.",
                reached.without_address,
            )
        )
    if reached.stopped:
        found.append(
            ngettext("%(num)s wants no such mails.", "%(num)s want no such mails.", reached.stopped)
        )
    if reached.left:
        found.append(ngettext("%(num)s has withdrawn.", "%(num)s have withdrawn.", reached.left))
    return [str(line) for line in found]
