"""Days, sessions and the slots made from them."""

from __future__ import annotations

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.forms import SessionForm
from matchmaker.events.models import MeetingSession
from matchmaker.events.queries import slots_by_session
from matchmaker.events.services import (
    PlannedSession,
    change_session,
    plan_sessions,
    remove_session,
)
from matchmaker.events.views.answers import agreed, answer_agreed_removal, bp, own_or_404, to


@bp.route("/organise/<event_id>/set-up/sessions", methods=["GET", "POST"])
@organiser
def sessions(event_id: str) -> ResponseReturnValue:
    form = SessionForm()
    if form.validate_on_submit() and agreed(
        form, lambda: plan_sessions(db.session, g.event, [_planned(form)])
    ):
        flash(_("The session is there, with its slots."))
        return to("sessions")
    rows = slots_by_session(db.session, g.event.id)
    return render_template("events/sessions.html", form=form, sessions=rows)


@bp.route("/organise/<event_id>/set-up/sessions/<session_id>", methods=["GET", "POST"])
@organiser
def edit_session(event_id: str, session_id: str) -> ResponseReturnValue:
    row = own_or_404(MeetingSession, session_id)
    form = SessionForm(obj=row)
    form.show_texts("name", row.names)
    if form.validate_on_submit() and agreed(
        form, lambda: change_session(db.session, row, _planned(form))
    ):
        flash(_("Saved."))
        return to("sessions")
    return render_template("events/edit_session.html", form=form, session=row)


@bp.route("/organise/<event_id>/set-up/sessions/<session_id>/remove", methods=["POST"])
@organiser
def drop_session(event_id: str, session_id: str) -> ResponseReturnValue:
    row = own_or_404(MeetingSession, session_id)
    return answer_agreed_removal(
        lambda: remove_session(db.session, row), _("The session is removed."), "sessions"
    )


def _planned(form: SessionForm) -> PlannedSession:
    said = form.data
    return PlannedSession(
        day=said["day"], starts=said["starts"], ends=said["ends"], names=form.texts()
    )
