"""What everybody offers and looks for, found like people."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.catalogue.cards import entry_cards_of
from matchmaker.catalogue.queries import search_entries
from matchmaker.catalogue.views.blueprint import ORDER_NAMES, asked_by, bp, found, show
from matchmaker.database import db
from matchmaker.participants.access import participant
from matchmaker.wishes.views.blueprint import turn_away

FACETS = ("kind", "sector", "technology", "industry", "type", "country", "language")
ORDERS = ("relevance", "newest", "organisation")


@bp.route("/events/<slug>/me/marketplace/")
@participant
def entries(slug: str) -> ResponseReturnValue:
    """Entries of people who can be found, narrowed by words and codes."""
    if away := turn_away():
        return away
    search = search_entries(db.session, g.event.id, asked_by(FACETS))
    page = found(search, cards=lambda rows: entry_cards_of(db.session, g.event.id, rows))
    return show(
        "entries",
        search,
        FACETS,
        page=page,
        words=search.words,
        count=ngettext(
            "%(num)s entry in the marketplace", "%(num)s entries in the marketplace", page.total
        ),
        hint=_("Title, text, person, organisation"),
        orders={name: ORDER_NAMES[name] for name in ORDERS},
        groups=[],
        organisation=None,
    )
