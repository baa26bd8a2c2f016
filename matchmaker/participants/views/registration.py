"""Registering on the event's page."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.accounts.services import email_key
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import visitor
from matchmaker.participants.forms import RegisterForm
from matchmaker.participants.registration import home_path, register
from matchmaker.participants.services import find_participant
from matchmaker.participants.views.blueprint import bp


@bp.route("/events/<slug>/register", methods=["GET", "POST"], endpoint="register")
@visitor
def show_form(slug: str) -> ResponseReturnValue:
    if g.account and find_participant(db.session, g.event, email=g.account.email):
        return redirect(home_path(g.event))
    form = RegisterForm()
    form.offer_times(db.session, g.event)
    if not form.is_submitted():
        _suggest(form)
    if form.validate_on_submit() and _registered(form):
        if g.account and g.account.email_key == email_key(form.email.data or ""):
            return redirect(home_path(g.event))
        return redirect(url_for(".registered", slug=slug))
    # Nothing is suggested here: who takes part is not for everybody to read.
    return render_template("participants/register.html", form=form, organisations=())


@bp.route("/events/<slug>/registered")
@visitor
def registered(slug: str) -> ResponseReturnValue:
    """The same page whether the address was new or known."""
    return render_template("participants/registered.html")


def _suggest(form: RegisterForm) -> None:
    form.language.data = current_language()
    form.spoken.data = [current_language()]
    form.sessions.data = form.every_session
    if g.account:
        form.email.data = g.account.email


def _registered(form: RegisterForm) -> bool:
    try:
        register(db.session, g.event, form.email.data or "", form.answers(), g.account)
    except Refusal as refusal:
        db.session.rollback()
        form.refuse(str(refusal))
        return False
    return True
