"""What organisers say of requests."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.forms import kept
from matchmaker.wishes.forms import RulesForm
from matchmaker.wishes.rules import rules_of, set_rules
from matchmaker.wishes.views.blueprint import bp


@bp.route("/organise/<event_id>/set-up/requests", methods=["GET", "POST"])
@organiser
def rules(event_id: str) -> ResponseReturnValue:
    form = RulesForm(obj=rules_of(db.session, g.event))
    if form.validate_on_submit() and kept(
        form, lambda: set_rules(db.session, g.event, hours=form.hours.data)
    ):
        flash(_("Saved."))
        return redirect(url_for(".rules", event_id=event_id))
    return render_template("wishes/rules.html", form=form)
