"""The profile of one's organisation, which its people share, and logos for everybody."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.forms import kept
from matchmaker.organisations.editing import profile_form, save_profile
from matchmaker.organisations.forms import ProfileForm
from matchmaker.organisations.logos import logo_of, send_logo
from matchmaker.organisations.models import Organisation
from matchmaker.participants.access import participant
from matchmaker.participants.queries import shown_organisation
from matchmaker.participants.registration import home_path
from matchmaker.participants.team import leads
from matchmaker.participants.views.blueprint import bp


@bp.route("/events/<slug>/me/organisation", methods=["GET", "POST"])
@participant
def organisation(slug: str) -> ResponseReturnValue:
    """What its managers say of an organisation, or everybody of it where there is none; its name
    is the organisers' to change.
    """
    if g.me.state != "validated":
        flash(_("You can describe your organisation once the organisers have confirmed you."))
        return redirect(home_path(g.event))
    own = db.session.get(Organisation, (g.event.id, g.me.organisation_id or ""))
    if own is None:
        flash(_("Say first which organisation you come from."))
        return redirect(url_for(".profile", slug=slug))
    if not leads(db.session, g.me):
        flash(_("The managers of your team describe your organisation. Ask one of them."))
        return redirect(url_for("wishes.organisation", slug=slug, organisation_id=own.id))
    form = profile_form(db.session, own, current_language(), ProfileForm)
    if form.validate_on_submit() and kept(form, lambda: save_profile(db.session, own, form)):
        flash(_("Saved."))
        return redirect(url_for(".organisation", slug=slug))
    logo = logo_of(db.session, own)
    return render_template(
        "participants/organisation.html",
        form=form,
        organisation=own,
        logo=logo and url_for(".logo", slug=slug, organisation_id=own.id, v=logo.digest),
    )


@bp.route("/events/<slug>/me/organisations/<organisation_id>/logo")
@participant
def logo(slug: str, organisation_id: str) -> ResponseReturnValue:
    if g.me.state != "validated":
        abort(404)
    found = shown_organisation(db.session, g.me, organisation_id) or abort(404)
    return send_logo(db.session, found)
