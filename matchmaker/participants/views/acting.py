"""An organiser acts for a participant, in the participant's own pages."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import helper
from matchmaker.participants.access import act_as_organiser, stop_acting_as_organiser
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import home_path
from matchmaker.participants.team import note_organisers_acting
from matchmaker.participants.views.blueprint import bp


@bp.route("/organise/<event_id>/participants/<participant_id>/act", methods=["POST"])
@helper
def act(event_id: str, participant_id: str) -> ResponseReturnValue:
    """From now on the event's pages are this person's; or, with ``stop``, no more."""
    person = db.session.get(Participant, (event_id, participant_id)) or abort(404)
    back = redirect(url_for(".edit", event_id=event_id, participant_id=participant_id))
    if "stop" in request.form:
        stop_acting_as_organiser(event_id)
        return back
    try:
        note_organisers_acting(db.session, person)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return back
    act_as_organiser(person)
    return redirect(home_path(g.event))
