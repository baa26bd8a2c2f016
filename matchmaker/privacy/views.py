"""One's own data, handed out and erased; how long an event keeps its people."""

from __future__ import annotations

from flask import (
    Blueprint,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.access import signed_in
from matchmaker.accounts.localisation import current_language
from matchmaker.accounts.views import forgotten
from matchmaker.database import db, now
from matchmaker.errors import Refusal
from matchmaker.events.access import owner
from matchmaker.forms import Form, kept
from matchmaker.privacy.collecting import collect
from matchmaker.privacy.erasure import erase
from matchmaker.privacy.forms import RetentionForm
from matchmaker.privacy.naming import name_ids
from matchmaker.privacy.readable import put_into_words
from matchmaker.privacy.retention import keep_for, last_kept_day

bp = Blueprint("privacy", __name__)


@bp.route("/account/data")
@signed_in
def download() -> ResponseReturnValue:
    """For another program."""
    answer = jsonify(collect(db.session, g.account))
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@bp.route("/account/data/readable")
@signed_in
def read() -> ResponseReturnValue:
    """For people: one file that any browser shows, without anything from elsewhere."""
    found = name_ids(db.session, collect(db.session, g.account), current_language())
    parts = put_into_words(found)
    answer = make_response(render_template("privacy/readable.html", parts=parts, made_at=now()))
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.html"'
    return answer


@bp.route("/account/delete", methods=["GET", "POST"])
@signed_in
def delete() -> ResponseReturnValue:
    form = Form()
    if form.validate_on_submit():
        try:
            erase(db.session, g.account)
        except Refusal as refusal:
            form.refuse(str(refusal))
        else:
            session.clear()
            flash(_("Your account is deleted."))
            return forgotten(redirect("/"))
    return render_template("privacy/delete.html", form=form)


@bp.route("/organise/<event_id>/set-up/personal-data", methods=["GET", "POST"])
@owner
def retention(event_id: str) -> ResponseReturnValue:
    form = RetentionForm(obj=g.event)
    if form.validate_on_submit() and kept(
        form, lambda: keep_for(db.session, g.event, form.data["keep_days"])
    ):
        flash(_("Saved."))
        return redirect(url_for(".retention", event_id=event_id))
    return render_template(
        "privacy/retention.html", form=form, kept_until=last_kept_day(db.session, g.event)
    )
