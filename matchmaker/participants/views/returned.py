"""The organiser's list of mails that came back."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.events.access import desk
from matchmaker.participants.returned import failure_text, returned_mails
from matchmaker.participants.views.blueprint import bp


@bp.route("/organise/<event_id>/participants/returned-mails")
@desk
def returned(event_id: str) -> ResponseReturnValue:
    return render_template(
        "participants/returned.html",
        rows=returned_mails(db.session, g.event.id),
        failure_text=failure_text,
    )
