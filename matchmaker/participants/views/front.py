"""The public page of an event."""

from __future__ import annotations

from itertools import groupby

from flask import g, render_template
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import visitor
from matchmaker.events.queries import count_places_by_zone, sessions_of, zones_of
from matchmaker.participants.attendance import who_comes
from matchmaker.participants.queries import participants_of
from matchmaker.participants.views.blueprint import bp


@bp.route("/events/<slug>/")
@visitor
def front(slug: str) -> ResponseReturnValue:
    sessions = sessions_of(db.session, g.event.id)
    mine = participants_of(db.session, g.account) if g.account else ()
    return render_template(
        "participants/front.html",
        days=[(day, list(rows)) for day, rows in groupby(sessions, lambda row: row.day)],
        crowd=who_comes(db.session, g.event, current_language()),
        takes_part=any(participant.event_id == g.event.id for participant in mine),
        zones=zones_of(db.session, g.event.id),
        places=count_places_by_zone(db.session, g.event.id),
    )
