"""Stopping mails from a mail, and the organiser's settings and returned mails."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from matchmaker.accounts.access import anyone
from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.models import Event
from matchmaker.forms import kept
from matchmaker.notices.forms import MailSettingsForm
from matchmaker.notices.kinds import KINDS
from matchmaker.notices.queries import settings_of
from matchmaker.notices.services import change_settings, resume_kind, stop_kind, stopped_by
from matchmaker.notices.tickets import Ticket, read_ticket, ticket_for
from matchmaker.notices.writing import Recipient, recipient_of

bp = Blueprint("notices", __name__)
bp.add_app_template_global(
    lambda person: url_for("notices.choose", ticket=ticket_for(person)), "mails_address"
)
STOPPABLE = [kind for kind in KINDS.values() if kind.may_be_stopped]


@bp.route("/mails/<ticket>", methods=["GET", "POST"])
@anyone
def choose(ticket: str) -> ResponseReturnValue:
    """Each kind with one button; those of the mail that led here come first."""
    found, person = _bearer_or_404(ticket)
    if request.method == "POST":
        kind, deed = request.form.get("kind", ""), request.form.get("deed", "")
        if kind not in KINDS or deed not in ("stop", "resume"):
            abort(400)
        change = stop_kind if deed == "stop" else resume_kind
        change(db.session, person.event_id, person.id, kind)
        db.session.commit()
        return redirect(url_for(".choose", ticket=ticket))
    g.event = db.session.get_one(Event, person.event_id)
    return render_template(
        "notices/choose.html",
        event=g.event,
        person=person,
        kinds=sorted(STOPPABLE, key=lambda kind: kind.code not in found.kinds),
        stopped=stopped_by(db.session, person.event_id, person.id),
        ticket=ticket,
    )


@bp.route("/mails/<ticket>/stop", methods=["POST"])
@anyone
def one_click(ticket: str) -> ResponseReturnValue:
    """RFC 8058: a mailbox asks for its reader, without a page, a cookie or a form of ours; the
    address itself is the proof.
    """
    found, person = _bearer_or_404(ticket)
    if request.form.get("List-Unsubscribe") != "One-Click":
        abort(400)
    for kind in set(found.kinds) & set(KINDS):
        stop_kind(db.session, person.event_id, person.id, kind)
    db.session.commit()
    return "", 204


def _bearer_or_404(text: str) -> tuple[Ticket, Recipient]:
    ticket = read_ticket(text) or abort(404)
    person = recipient_of(db.session, ticket.event_id, ticket.participant_id)
    if person is None or not person.email:
        abort(404)
    if request.cookies.get("language") is None and g.account is None:
        g.language = person.language
        refresh()
    return ticket, person


@bp.route("/organise/<event_id>/set-up/mails", methods=["GET", "POST"])
@organiser
def settings(event_id: str) -> ResponseReturnValue:
    form = MailSettingsForm(obj=settings_of(db.session, event_id))
    if form.validate_on_submit() and kept(
        form, lambda: change_settings(db.session, g.event, **form.settings())
    ):
        flash(_("Saved."))
        return redirect(url_for(".settings", event_id=event_id))
    return render_template("notices/settings.html", form=form)
