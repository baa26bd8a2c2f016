"""The capacity page, and the part of it that changes while the engine works."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaker.capacity.drawing import draw_curve, draw_loads
from matchmaker.capacity.findings import Findings
from matchmaker.capacity.forms import StudyForm
from matchmaker.capacity.queries import is_current, latest_study, loads_of, newest_study
from matchmaker.capacity.services import KIND, ask_study
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser

bp = Blueprint("capacity", __name__)


@bp.route("/organise/<event_id>/capacity", methods=["GET", "POST"])
@organiser
def index(event_id: str) -> ResponseReturnValue:
    form = StudyForm()
    if form.validate_on_submit():
        try:
            study = ask_study(db.session, g.event, seconds=form.data["seconds"], account=g.account)
        except Refusal as refusal:
            form.refuse(str(refusal))
        else:
            current_app.extensions["queue"].enqueue(KIND, event_id, study.id)
            return redirect(url_for(".index", event_id=event_id))
    return render_template("capacity/index.html", form=form, **_found())


@bp.route("/organise/<event_id>/capacity/state")
@organiser
def state(event_id: str) -> ResponseReturnValue:
    """For a page that waits: what is found so far, and whether it is over."""
    newest = newest_study(db.session, event_id)
    over = newest is None or newest.state in ("done", "failed")
    return {"html": render_template("capacity/_findings.html", **_found()), "over": over}


def _found() -> dict[str, object]:
    study = latest_study(db.session, g.event.id)
    return {
        "newest": newest_study(db.session, g.event.id),
        "study": study,
        "found": Findings(db.session, study) if study else None,
        "bars": draw_loads(loads_of(db.session, g.event.id, study)) if study else [],
        "is_current": bool(study and is_current(db.session, g.event, study)),
        "draw_curve": draw_curve,
    }
