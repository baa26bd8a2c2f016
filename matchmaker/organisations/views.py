"""Organisations and delegations, for organisers."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import helper
from matchmaker.events.queries import members_of
from matchmaker.events.team import invite_member
from matchmaker.forms import Form, kept
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.editing import profile_form, save_profile
from matchmaker.organisations.forms import DelegationForm, LeaderForm, OrganisationForm
from matchmaker.organisations.logos import logo_of, send_logo
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.organisations.queries import (
    count_organisations,
    delegations_of,
    organisations_of,
    types_of,
)
from matchmaker.organisations.services import (
    change_delegation,
    find_or_add_delegation,
    remove_delegation,
)
from matchmaker.paging import Page, asked_page
from matchmaker.vocabularies.queries import labels_of

bp = Blueprint("organisations", __name__)


@bp.route("/organise/<event_id>/organisations")
@helper
def index(event_id: str) -> ResponseReturnValue:
    search = request.args.get("q", "").strip()[:100]
    page = Page.between(
        asked_page(),
        count_organisations(db.session, event_id, search),
        partial(organisations_of, db.session, event_id, search),
    )
    return render_template(
        "organisations/index.html",
        search=search,
        page=page,
        types=types_of(db.session, event_id, [row.id for row in page.rows]),
        labels=labels_of(db.session, event_id)["type"],
        page_url=lambda number: url_for(".index", event_id=event_id, q=search or None, page=number),
        country=lambda code: country_name(code, current_language()) if code else "",
    )


@bp.route("/organise/<event_id>/organisations/<organisation_id>", methods=["GET", "POST"])
@helper
def edit(event_id: str, organisation_id: str) -> ResponseReturnValue:
    organisation = db.session.get(Organisation, (g.event.id, organisation_id)) or abort(404)
    form = profile_form(db.session, organisation, current_language(), OrganisationForm)
    if form.validate_on_submit() and kept(
        form, lambda: save_profile(db.session, organisation, form, form.name.data)
    ):
        flash(_("Saved."))
        return redirect(url_for("organisations.index", event_id=g.event.id))
    logo = logo_of(db.session, organisation)
    return render_template(
        "organisations/edit.html",
        form=form,
        organisation=organisation,
        logo=logo and url_for(".logo", event_id=event_id, organisation_id=organisation_id,
                              v=logo.digest),
    )  # fmt: skip


@bp.route("/organise/<event_id>/organisations/<organisation_id>/logo")
@helper
def logo(event_id: str, organisation_id: str) -> ResponseReturnValue:
    organisation = db.session.get(Organisation, (g.event.id, organisation_id)) or abort(404)
    return send_logo(db.session, organisation)


@bp.route("/organise/<event_id>/delegations", methods=["GET", "POST"])
@helper
def delegations(event_id: str) -> ResponseReturnValue:
    form = DelegationForm()
    if form.validate_on_submit() and kept(form, lambda: _add(form)):
        flash(_("The delegation is there."))
        return _to_delegations()
    return render_template(
        "organisations/delegations.html",
        form=form,
        delegations=delegations_of(db.session, event_id),
    )


def _add(form: DelegationForm) -> None:
    find_or_add_delegation(db.session, g.event, form.data["code"], form.names())


@bp.route("/organise/<event_id>/delegations/<delegation_id>", methods=["GET", "POST"])
@helper
def edit_delegation(event_id: str, delegation_id: str) -> ResponseReturnValue:
    delegation = _own_delegation(delegation_id)
    names = {f"name_{code}": text for code, text in delegation.names.items()}
    form = DelegationForm(code=delegation.code, **names)
    if form.validate_on_submit() and kept(
        form, lambda: change_delegation(db.session, delegation, form.names())
    ):
        flash(_("Saved."))
        return _to_delegations()
    return _show_delegation(delegation, form, LeaderForm())


@bp.route("/organise/<event_id>/delegations/<delegation_id>/leaders", methods=["POST"])
@helper
def invite_leader(event_id: str, delegation_id: str) -> ResponseReturnValue:
    delegation = _own_delegation(delegation_id)
    form = LeaderForm()
    if form.validate_on_submit() and kept(form, lambda: _invite(form, delegation)):
        flash(_("Invited: a mail with a sign-in link is on its way."))
        return redirect(
            url_for("organisations.edit_delegation", event_id=event_id, delegation_id=delegation_id)
        )
    names = {f"name_{code}": text for code, text in delegation.names.items()}
    return _show_delegation(
        delegation, DelegationForm(formdata=None, code=delegation.code, **names), form
    )


@bp.route("/organise/<event_id>/delegations/<delegation_id>/remove", methods=["POST"])
@helper
def drop_delegation(event_id: str, delegation_id: str) -> ResponseReturnValue:
    delegation = _own_delegation(delegation_id)
    form = Form()
    if kept(form, lambda: remove_delegation(db.session, delegation)):
        flash(_("The delegation is removed."))
    for sentence in form.form_errors:
        flash(sentence)
    return _to_delegations()


def _invite(form: LeaderForm, delegation: Delegation) -> None:
    invite_member(
        db.session,
        g.event,
        address=form.data["address"],
        role="delegation",
        delegation_id=delegation.id,
    )


def _own_delegation(delegation_id: str) -> Delegation:
    return db.session.get(Delegation, (g.event.id, delegation_id)) or abort(404)


def _show_delegation(
    delegation: Delegation, form: DelegationForm, leader: LeaderForm
) -> ResponseReturnValue:
    leaders = [
        account
        for member, account in members_of(db.session, g.event.id)
        if member.delegation_id == delegation.id
    ]
    return render_template(
        "organisations/delegation.html",
        delegation=delegation, form=form, leader=leader, leaders=leaders,
    )  # fmt: skip


def _to_delegations() -> ResponseReturnValue:
    return redirect(url_for("organisations.delegations", event_id=g.event.id))
