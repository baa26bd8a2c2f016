"""The leader's side of an event: their own delegation there, and nothing else."""

from __future__ import annotations

from flask import abort, g
from sqlalchemy import select

from matchmaker.accounts.access import Arguments, policy, require_account
from matchmaker.database import db
from matchmaker.delegations.queries import led_by
from matchmaker.events.models import Event
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Participant


def led_delegation_or_404(slug: str) -> tuple[Event, Delegation]:
    """The event, and the delegation there that the signed-in account looks after."""
    row = db.session.execute(led_by(require_account()).where(Event.slug == slug)).first()
    return (row[0], row[1]) if row else abort(404)


def _load(arguments: Arguments) -> None:
    g.event, g.delegation = led_delegation_or_404(arguments["slug"])
    own = select(Participant.id).where(
        Participant.event_id == g.event.id, Participant.account_id == g.account.id
    )
    g.takes_part = db.session.scalar(own.limit(1)) is not None


# Routes with <slug>. The view finds g.event, g.delegation, and whether the leader takes part.
leader = policy("leader", _load)
