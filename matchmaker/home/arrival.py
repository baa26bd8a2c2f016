"""Where somebody who has just signed in goes on."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.queries import may_create_events
from matchmaker.home.queries import connected_slugs, helped_events, organised_events


def first_page(session: Session, account: Account) -> str | None:
    """The one page that matters to the account; None where there is a choice."""
    organised = organised_events(session, account)
    helped = helped_events(session, account)
    pages = [url_for("home.overview", event_id=card.event.id) for card in organised]
    pages += [url_for("wishes.home", slug=slug) for slug in connected_slugs(session, account)]
    pages += [url_for("delegations.mine", slug=card.event.slug) for card in helped]
    if not pages and may_create_events(session, account):
        return url_for("home.organise")
    return pages[0] if len(pages) == 1 else None
