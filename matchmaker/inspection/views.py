"""The page of the check."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.inspection.checks import findings

bp = Blueprint("inspection", __name__)


@bp.route("/organise/<event_id>/set-up/check")
@organiser
def index(event_id: str) -> ResponseReturnValue:
    """As the set-up is at this moment."""
    return render_template("inspection/index.html", findings=findings(db.session, g.event))
