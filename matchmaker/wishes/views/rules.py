"""What organisers say of requests."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.forms import kept
from matchmaker.participation.queries import types_of
from matchmaker.wishes.forms import RulesForm
from matchmaker.wishes.rules import barred_pairs, rules_of, set_allowed, set_rules
from matchmaker.wishes.views.blueprint import bp


@bp.route("/organise/<event_id>/set-up/requests", methods=["GET", "POST"])
@organiser
def rules(event_id: str) -> ResponseReturnValue:
    form = RulesForm(obj=rules_of(db.session, g.event))
    if form.validate_on_submit() and kept(form, lambda: _save(form)):
        flash(_("Saved."))
        return redirect(url_for(".rules", event_id=event_id))
    return render_template(
        "wishes/rules.html",
        form=form,
        types=types_of(db.session, event_id),
        barred=barred_pairs(db.session, event_id),
    )


def _save(form: RulesForm) -> None:
    set_rules(
        db.session,
        g.event,
        hours=form.hours.data,
        outgoing=form.outgoing.data,
        incoming=form.incoming.data,
    )
    if "pairs" in request.form:  # the table was there
        ticked = (tuple(pair.split("~", 1)) for pair in request.form.getlist("may"))
        set_allowed(db.session, g.event, {(pair[0], pair[-1]) for pair in ticked})
