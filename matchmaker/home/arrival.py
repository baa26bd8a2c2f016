"""Where somebody who has just signed in goes on."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.queries import may_create_events
from matchmaker.home.queries import connected_slugs, organised_events


def first_page(session: Session, account: Account) -> str | None:
    """The one page that matters to the account; None where there is a choice."""
    organised = organised_events(session, account)
    slugs = connected_slugs(session, account)
    if len(organised) + len(slugs) == 1:
        if organised:
            return url_for("home.overview", event_id=organised[0].event.id)
        return url_for("wishes.home", slug=slugs[0])
    if not organised and not slugs and may_create_events(session, account):
        return url_for("home.organise")
    return None
