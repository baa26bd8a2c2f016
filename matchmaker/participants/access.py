"""The participant's own side of an event."""

from __future__ import annotations

from flask import abort, g
from sqlalchemy import select

from matchmaker.accounts.access import Arguments, policy, require_account
from matchmaker.database import db
from matchmaker.events.access import open_event_or_404
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant


def own_participant_or_404(event: Event) -> Participant:
    """The signed-in account's participant at this event."""
    account = require_account()
    participant = db.session.scalar(
        select(Participant)
        .where(Participant.event_id == event.id, Participant.account_id == account.id)
        .order_by(Participant.created_at)
    )
    return participant or abort(404)


def _load_me(arguments: Arguments) -> None:
    g.event = open_event_or_404(arguments["slug"])
    g.me = own_participant_or_404(g.event)


participant = policy("participant", _load_me)  # routes with <slug>; the view finds g.event, g.me
