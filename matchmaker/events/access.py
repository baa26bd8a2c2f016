"""Loading an event is the check: what is not yours does not exist (404).

Whoever has a duty at an event may open what its role allows; the rest of the event's pages answer
403 with a sentence. Each role may do what those after it may: owner, organiser, helper, desk.
``reader`` opens every page that an organiser does, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, current_app, g, request
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from matchmaker.accounts.access import Arguments, View, policy, require_account
from matchmaker.database import db
from matchmaker.events.models import Event, Membership
from matchmaker.events.queries import DUTIES, may_create_events

RANKS = {"reader": 0, "desk": 1, "helper": 2, "organiser": 3, "owner": 4}


@dataclass(frozen=True)
class Needed:
    """The least role that may open a page, and the least that may send its form."""

    reads: str
    does: str

    def allows(self, role: str, method: str) -> bool:
        if method in ("GET", "HEAD", "OPTIONS"):
            return RANKS["organiser" if role == "reader" else role] >= RANKS[self.reads]
        return RANKS[role] >= RANKS[self.does]


def own_event_or_404(event_id: str) -> tuple[Event, str]:
    """The event and the signed-in account's duty there."""
    account = require_account()
    row = db.session.execute(
        select(Event, Membership.role)
        .join(Membership, Membership.event_id == Event.id)
        .where(Event.id == event_id, Membership.account_id == account.id)
        .where(Membership.role.in_(DUTIES))
    ).first()
    return (row[0], row[1]) if row else abort(404)


def open_event_or_404(slug: str) -> Event:
    """The event of a public address."""
    return db.session.scalar(select(Event).where(Event.slug == slug)) or abort(404)


def staff(does: str, reads: str | None = None) -> Callable[[View], View]:
    """For routes with <event_id>: who may open and do this; the view finds g.event, g.role."""
    needed = Needed(reads or does, does)

    def load(arguments: Arguments) -> None:
        event, role = own_event_or_404(arguments["event_id"])
        if not needed.allows(role, request.method):
            abort(403)
        g.event, g.role = event, role

    guard = policy(f"staff: {needed.reads}, {needed.does}", load)

    def decorate(view: View) -> View:
        guarded = guard(view)
        guarded.needed = needed  # type: ignore[attr-defined]
        return guarded

    return decorate


owner = staff("owner")
organiser = staff("organiser")
helper = staff("helper")
desk = staff("desk")
member = staff("reader")  # the whole team


def needed_of(endpoint: str) -> Needed | None:
    """What an endpoint needs of a role; None where it is no page of a team."""
    return getattr(current_app.view_functions[endpoint], "needed", None)


def may_open(url: str, method: str = "GET") -> bool:
    """Whether the role of this page's reader allows the address: pages show no way that leads
    nowhere.
    """
    role = g.get("role")
    if role is None:
        return True
    try:
        endpoint, _arguments = current_app.create_url_adapter(request).match(  # type: ignore[union-attr]
            url.partition("?")[0], method
        )
    except (HTTPException, RequestRedirect):
        return True
    needed = needed_of(endpoint)
    return needed is None or needed.allows(role, method)


def may_send(url: str = "") -> bool:
    """The same for a form, by default the page's own."""
    return may_open(url or request.path, "POST")


def has_form() -> bool:
    """Whether this page has a form of its own that somebody may send."""
    return "POST" in (request.url_rule.methods or ()) if request.url_rule else False


def _load_open(arguments: Arguments) -> None:
    g.event = open_event_or_404(arguments["slug"])


visitor = policy("visitor", _load_open)  # routes with <slug>; the view finds g.event


def _require_creator(_arguments: Arguments) -> None:
    if not may_create_events(db.session, require_account()):
        abort(404)


creator = policy("creator", _require_creator)
