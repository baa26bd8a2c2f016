"""Pages of histories."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.events.access import desk, helper
from matchmaker.histories.queries import acted_lately, history_of_organisation, history_of_person
from matchmaker.organisations.models import Organisation
from matchmaker.participants.access import participant
from matchmaker.participants.models import Participant

bp = Blueprint("histories", __name__)


@bp.route("/organise/<event_id>/participants/<participant_id>/history")
@desk
def of_person(event_id: str, participant_id: str) -> ResponseReturnValue:
    person = db.session.get(Participant, (event_id, participant_id)) or abort(404)
    changes = history_of_person(db.session, person)
    return render_template("histories/person.html", person=person, changes=changes)


@bp.route("/organise/<event_id>/organisations/<organisation_id>/history")
@helper
def of_organisation(event_id: str, organisation_id: str) -> ResponseReturnValue:
    organisation = db.session.get(Organisation, (event_id, organisation_id)) or abort(404)
    changes = history_of_organisation(db.session, event_id, organisation_id)
    return render_template("histories/organisation.html", row=organisation, changes=changes)


@bp.route("/events/<slug>/me/history")
@participant
def mine(slug: str) -> ResponseReturnValue:
    """What was changed of me, and by whom."""
    changes = history_of_person(db.session, g.me)
    return render_template("histories/mine.html", changes=changes)


@bp.app_template_global("acted_lately")
def who_acted_lately() -> str:
    """Who has acted for the participant of the page, if somebody has."""
    return acted_lately(db.session, g.me)
