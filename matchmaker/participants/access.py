"""The participant's own side of an event."""

from __future__ import annotations

from flask import abort, g
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.access import Arguments, policy, require_account
from matchmaker.accounts.links import address_book
from matchmaker.database import db
from matchmaker.events.access import open_event_or_404
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant


def own_participant_or_404(event: Event) -> Participant:
    """The signed-in account's participant at this event: connected, or entered by an organiser
    under the address that this account has proved.
    """
    account = require_account()
    entered = and_(Participant.account_id.is_(None), Participant.email_key == account.email_key)
    participant = db.session.scalar(
        select(Participant)
        .where(Participant.event_id == event.id)
        .where(or_(Participant.account_id == account.id, entered))
        .order_by(Participant.created_at)
    )
    return participant or abort(404)


@address_book
def language_of_invited(session: Session, email_key: str) -> str | None:
    """Whom an organiser entered can ask for a sign-in link at once."""
    return session.scalar(
        select(Participant.language)
        .where(Participant.email_key == email_key)
        .where(Participant.state.in_(("registered", "validated")))
        .limit(1)
    )


def _load_me(arguments: Arguments) -> None:
    g.event = open_event_or_404(arguments["slug"])
    g.me = own_participant_or_404(g.event)


participant = policy("participant", _load_me)  # routes with <slug>; the view finds g.event, g.me
