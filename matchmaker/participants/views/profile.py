"""What a person changes of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.forms import kept
from matchmaker.organisations.models import Organisation
from matchmaker.participants.access import participant
from matchmaker.participants.entering import organisation_name
from matchmaker.participants.foresight import consequences
from matchmaker.participants.forms import AboutForm
from matchmaker.participants.queries import organisation_names
from matchmaker.participants.registration import home_path, save_answers
from matchmaker.participants.services import give_consent, withdraw_consent
from matchmaker.participants.views.blueprint import bp
from matchmaker.participants.views.choosing import settle
from matchmaker.participation.asked import questions_for
from matchmaker.participation.queries import type_names


@bp.route("/events/<slug>/me/profile", methods=["GET", "POST"])
@participant
def profile(slug: str) -> ResponseReturnValue:
    form = AboutForm(obj=g.me)
    form.offer_times(db.session, g.event)
    form.show(db.session, g.me)
    if not form.is_submitted():
        form.organisation.data = organisation_name(db.session, g.me)
    resembling: Sequence[Organisation] = ()
    foreseen: list[str] = []
    if form.validate_on_submit():
        name, resembling = _settle(form)
        foreseen = _foreseen(form)
        if name and not foreseen and kept(form, lambda: _save(form, name)):
            flash(_("Saved."))
            return redirect(url_for(".profile", slug=slug))
    return render_template(
        "participants/profile.html",
        form=form,
        organisations=organisation_names(db.session, g.event.id),
        resembling=resembling,
        foreseen=foreseen,
        type_name=type_names(db.session, g.event.id).get(g.me.type_code or ""),
        is_asked=bool(questions_for(db.session, g.event.id, g.me.type_code)),
    )


def _foreseen(form: AboutForm) -> list[str]:
    """What the times sent would mean, until the person says that it is meant."""
    if request.form.get("sure") == "yes":
        return []
    times = form.sessions.data or [], form.absences.data or []
    return consequences(db.session, g.event, g.me, *times)


def _settle(form: AboutForm) -> tuple[str | None, Sequence[Organisation]]:
    try:
        return settle(form.organisation.data or "")
    except Refusal as refusal:
        form.refuse(str(refusal))
        return None, ()


def _save(form: AboutForm, organisation: str) -> None:
    answers = replace(form.answers(), organisation=organisation)
    save_answers(db.session, g.event, g.me, answers)


@bp.route("/events/<slug>/me/consent", methods=["POST"])
@participant
def consent(slug: str) -> ResponseReturnValue:
    """Agree to be shown, or take it back: from the next page on nobody sees this person."""
    if g.me is not g.own and g.me.email:
        flash(_("Only they themselves can agree to be shown, or take it back."), "error")
        return redirect(home_path(g.event))
    if request.form.get("agree") == "yes":
        give_consent(db.session, g.me, g.event.consent_version)
        flash(_("Thank you. The other participants can find you now."))
    else:
        withdraw_consent(db.session, g.me)
        flash(_("The other participants cannot find you any more."))
    db.session.commit()
    return redirect(home_path(g.event))
