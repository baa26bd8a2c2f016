"""One person, as the organiser enters and changes them."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import desk
from matchmaker.forms import kept, options
from matchmaker.participants.answers import shown_answers
from matchmaker.participants.entering import (
    add_entry,
    change_entry,
    choices_of,
    organisation_name,
    send_link,
)
from matchmaker.participants.forms import ParticipantForm
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import organisation_names
from matchmaker.participants.services import reset_agenda_secret
from matchmaker.participants.views.blueprint import STATE_NAMES, bp
from matchmaker.participation.models import AUDIENCES
from matchmaker.participation.queries import type_choices


@bp.route("/organise/<event_id>/participants/new", methods=["GET", "POST"])
@desk
def new(event_id: str) -> ResponseReturnValue:
    form = ParticipantForm()
    _offer(form)
    if not form.is_submitted():
        form.language.data = g.event.language
        form.sessions.data = form.every_session
    if form.validate_on_submit() and kept(
        form, lambda: add_entry(db.session, g.event, form.entry())
    ):
        flash(_("Added."))
        return redirect(url_for("segments.index", event_id=event_id))
    return _show(form, None)


@bp.route("/organise/<event_id>/participants/<participant_id>", methods=["GET", "POST"])
@desk
def edit(event_id: str, participant_id: str) -> ResponseReturnValue:
    participant = _own_or_404(participant_id)
    form = ParticipantForm(obj=participant)
    _offer(form)
    form.show(db.session, participant)
    if not form.is_submitted():
        form.manages.data = participant.team_role == "manager"
    if not form.is_submitted():
        form.organisation.data = organisation_name(db.session, participant)
    if form.validate_on_submit() and kept(
        form, lambda: change_entry(db.session, g.event, participant, form.entry())
    ):
        flash(_("Saved."))
        return redirect(url_for(".edit", event_id=event_id, participant_id=participant_id))
    return _show(form, participant)


@bp.route("/organise/<event_id>/participants/<participant_id>/link", methods=["POST"])
@desk
def mail_link(event_id: str, participant_id: str) -> ResponseReturnValue:
    try:
        send_link(db.session, g.event, _own_or_404(participant_id))
        flash(_("A sign-in link is on its way."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".edit", event_id=event_id, participant_id=participant_id))


@bp.route("/organise/<event_id>/participants/<participant_id>/secret", methods=["POST"])
@desk
def reset_secret(event_id: str, participant_id: str) -> ResponseReturnValue:
    reset_agenda_secret(db.session, _own_or_404(participant_id))
    db.session.commit()
    flash(_("The live agenda has a new address; codes printed before do not work any more."))
    return redirect(url_for(".edit", event_id=event_id, participant_id=participant_id))


def _own_or_404(participant_id: str) -> Participant:
    return db.session.get(Participant, (g.event.id, participant_id)) or abort(404)


def _offer(form: ParticipantForm) -> None:
    form.offer_times(db.session, g.event)
    choices = choices_of(db.session, g.event)
    form.delegation_id.choices = options([("", "—"), *choices.delegations])
    types = type_choices(db.session, g.event.id, current_language())
    form.type_code.choices = options([("", "—"), *types])
    form.place_id.choices = options([("", "—"), *choices.places])
    form.state.choices = options(STATE_NAMES.items())


def _show(form: ParticipantForm, participant: Participant | None) -> ResponseReturnValue:
    return render_template(
        "participants/entry.html",
        form=form,
        person=participant,
        organisations=organisation_names(db.session, g.event.id),
        answers=_answers_of(participant) if participant else (),
    )


def _answers_of(participant: Participant) -> list[tuple[str, str]]:
    return shown_answers(db.session, participant, current_language(), *AUDIENCES)
