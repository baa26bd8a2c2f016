"""What a person changes of themselves."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.forms import kept
from matchmaker.participants.access import participant
from matchmaker.participants.entering import organisation_name
from matchmaker.participants.forms import AboutForm
from matchmaker.participants.queries import organisation_names
from matchmaker.participants.registration import home_path, save_answers
from matchmaker.participants.services import give_consent, withdraw_consent
from matchmaker.participants.views.blueprint import bp


@bp.route("/events/<slug>/me/profile", methods=["GET", "POST"])
@participant
def profile(slug: str) -> ResponseReturnValue:
    form = AboutForm(obj=g.me)
    form.offer_times(db.session, g.event)
    form.show(db.session, g.me)
    if not form.is_submitted():
        form.organisation.data = organisation_name(db.session, g.me)
    if form.validate_on_submit() and kept(
        form, lambda: save_answers(db.session, g.event, g.me, form.answers())
    ):
        flash(_("Saved."))
        return redirect(url_for(".profile", slug=slug))
    names = organisation_names(db.session, g.event.id)
    return render_template("participants/profile.html", form=form, organisations=names)


@bp.route("/events/<slug>/me/consent", methods=["POST"])
@participant
def consent(slug: str) -> ResponseReturnValue:
    """Agree to be shown, or take it back: from the next page on nobody sees this person."""
    if request.form.get("agree") == "yes":
        give_consent(db.session, g.me, g.event.consent_version)
        flash(_("Thank you. The other participants can find you now."))
    else:
        withdraw_consent(db.session, g.me)
        flash(_("The other participants cannot find you any more."))
    db.session.commit()
    return redirect(home_path(g.event))
