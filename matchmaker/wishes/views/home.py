"""A participant's start page: how it stands, and what to do next."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.participants.access import participant
from matchmaker.participants.queries import count_visible
from matchmaker.wishes.queries import count_grades, incoming_wishes, own_wishes
from matchmaker.wishes.requests import count_waiting
from matchmaker.wishes.views.blueprint import bp


@bp.route("/events/<slug>/me/")
@participant
def home(slug: str) -> ResponseReturnValue:
    incoming = incoming_wishes(db.session, g.me) if g.me.state == "validated" else []
    return render_template(
        "wishes/home.html",
        grades=count_grades(db.session, g.me),
        people=count_visible(db.session, g.me),
        incoming=incoming,
        waiting=count_waiting(db.session, g.event, own_wishes(db.session, g.me), incoming),
    )
