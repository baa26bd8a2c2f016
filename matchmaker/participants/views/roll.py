"""The organiser's list of people: searched, sorted by state, changed many at a time."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from matchmaker.database import db
from matchmaker.events.access import desk
from matchmaker.organisations.models import Organisation
from matchmaker.paging import Page, asked_page
from matchmaker.participants.models import STATES, Participant
from matchmaker.participants.queries import count_states, find_lines, find_people, place_codes
from matchmaker.participants.returned import is_any_returned
from matchmaker.participants.services import change_states
from matchmaker.participants.views.blueprint import bp

SEARCHED = (Organisation.name, Participant.email, Participant.reference)  # beside the name


@bp.route("/organise/<event_id>/participants")
@desk
def index(event_id: str) -> ResponseReturnValue:
    q, state = request.args.get("q", ""), request.args.get("state", "")
    conditions = [Participant.state == state] if state in STATES else []
    found = find_people(db.session, event_id, *conditions, q=q, within=SEARCHED)
    return render_template(
        "participants/index.html",
        page=Page.of(found, asked_page()).filled(lambda ids: find_lines(db.session, event_id, ids)),
        counts=count_states(db.session, event_id),
        places=place_codes(db.session, event_id),
        page_url=lambda number: _index_url(event_id, page=number),
        q=q,
        state=state,
        has_returned=is_any_returned(db.session, event_id),
    )


@bp.route("/organise/<event_id>/participants/state", methods=["POST"])
@desk
def change_state(event_id: str) -> ResponseReturnValue:
    """Validate, reject or withdraw whoever is ticked; back to the same list."""
    state = request.form.get("state", "")
    if state not in STATES:
        abort(400)
    changed = change_states(db.session, g.event, request.form.getlist("ids"), state)
    flash(ngettext("%(num)s participant changed.", "%(num)s participants changed.", len(changed)))
    return redirect(_index_url(event_id))


def _index_url(event_id: str, **changed: Any) -> str:
    """The list as it was searched."""
    kept = {key: request.args[key] for key in ("q", "state", "page") if key in request.args}
    return url_for(".index", event_id=event_id, **{**kept, **changed})
