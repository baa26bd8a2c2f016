"""Confirmed people who have wished for nobody yet, and a mail to exactly those."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.events.phases import require_open
from matchmaker.mails.letters import Link
from matchmaker.mails.services import link_to
from matchmaker.notices.models import Notice
from matchmaker.notices.services import notify_many
from matchmaker.notices.writing import Passage, Recipient, writes
from matchmaker.participants.letters import event_name
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_people
from matchmaker.wishes.models import Wish


def without_wish() -> tuple[ColumnElement[bool], ...]:
    """The condition; a ``never`` is no wish to meet anybody."""
    wished = exists().where(
        Wish.event_id == Participant.event_id,
        Wish.from_id == Participant.id,
        Wish.grade != "never",
    )
    return Participant.state == "validated", ~wished


def silent_people(session: Session, event_id: str) -> list[str]:
    """Their ids, by name."""
    return find_people(session, event_id, *without_wish(), within=())


def remind_silent(session: Session, event: Event) -> int:
    """Write to those of them whom a mail reaches; a second time on the same day is none. How many
    there are. Commits.
    """
    require_open(session, event, "wishes")
    reached = Participant.email != ""
    people = find_people(session, event.id, *without_wish(), reached, within=())
    notify_many(session, event, people, "no_wish", cause=f"no_wish:{now():%Y-%m-%d}", at_once=True)
    session.commit()
    return len(people)


@writes("no_wish")
def no_wish(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """Nothing to whoever has wished in the meantime."""
    mine = Participant.id == recipient.id
    if not find_people(session, event.id, mine, *without_wish(), within=()):
        return None
    return Passage(
        _("Whom do you want to meet? %(event)s", event=event_name(event, recipient)),
        (
            _(
                "You have not said yet whom you want to meet. Choose a few people: meetings are "
                "planned from the wishes of both sides."
            ),
            Link(_("Find people"), link_to("catalogue.people", slug=event.slug)),
        ),
    )
