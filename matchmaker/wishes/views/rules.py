"""What organisers say of requests."""

from __future__ import annotations

from itertools import product

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.views.answers import agreed
from matchmaker.participation.queries import types_of
from matchmaker.wishes.forms import RulesForm
from matchmaker.wishes.rules import Pair, barred_pairs, rules_of, set_allowed, set_rules
from matchmaker.wishes.views.blueprint import bp


@bp.route("/organise/<event_id>/set-up/requests", methods=["GET", "POST"])
@organiser
def rules(event_id: str) -> ResponseReturnValue:
    form = RulesForm(obj=rules_of(db.session, g.event))
    if form.validate_on_submit() and agreed(form, lambda: _save(form)):
        flash(_("Saved."))
        return redirect(url_for(".rules", event_id=event_id))
    allowed = _ticked()
    return render_template(
        "wishes/rules.html",
        form=form,
        types=types_of(db.session, event_id),
        allowed=_allowed() if allowed is None else allowed,
    )


def _allowed() -> set[Pair]:
    codes = [row.code for row in types_of(db.session, g.event.id)]
    return set(product(codes, codes)) - barred_pairs(db.session, g.event.id)


def _save(form: RulesForm) -> None:
    set_rules(
        db.session,
        g.event,
        hours=form.hours.data,
        outgoing=form.outgoing.data,
        incoming=form.incoming.data,
    )
    allowed = _ticked()
    if allowed is not None:
        set_allowed(db.session, g.event, allowed)


def _ticked() -> set[Pair] | None:
    """The pairs that were sent; None where the table was not there."""
    if "pairs" not in request.form:
        return None
    ticked = (tuple(pair.split("~", 1)) for pair in request.form.getlist("may"))
    return {(pair[0], pair[-1]) for pair in ticked}
