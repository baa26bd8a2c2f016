"""Loading an event is the check: what is not yours does not exist (404)."""

from __future__ import annotations

from flask import abort, g
from sqlalchemy import select

from matchmaker.accounts.access import Arguments, policy, require_account
from matchmaker.database import db
from matchmaker.events.models import Event, Membership
from matchmaker.events.queries import may_create_events


def own_event_or_404(event_id: str) -> Event:
    """The event, if the signed-in account organises it."""
    account = require_account()
    event = db.session.scalar(
        select(Event)
        .join(Membership, Membership.event_id == Event.id)
        .where(Event.id == event_id, Membership.account_id == account.id)
        .where(Membership.role == "organiser")
    )
    return event or abort(404)


def open_event_or_404(slug: str) -> Event:
    """The event of a public address."""
    return db.session.scalar(select(Event).where(Event.slug == slug)) or abort(404)


def _load_own(arguments: Arguments) -> None:
    g.event = own_event_or_404(arguments["event_id"])


def _load_open(arguments: Arguments) -> None:
    g.event = open_event_or_404(arguments["slug"])


organiser = policy("organiser", _load_own)  # routes with <event_id>; the view finds g.event
visitor = policy("visitor", _load_open)  # routes with <slug>; the view finds g.event


def _require_creator(_arguments: Arguments) -> None:
    if not may_create_events(db.session, require_account()):
        abort(404)


creator = policy("creator", _require_creator)
