"""The organiser's mailings: written, looked at as each recipient will, tried out, sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.events.models import Event
from matchmaker.forms import options, outcome
from matchmaker.languages import language_name, pick
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.forms import MailingForm
from matchmaker.mailings.letters import language_for
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.placeholders import PLACEHOLDERS
from matchmaker.mailings.queries import deliveries_of, languages_of, mailings_of, states_of
from matchmaker.mailings.services import (
    letter_for,
    reached_by,
    remove_mailing,
    send_mailing,
    send_test,
    write_mailing,
)
from matchmaker.mailings.ticking import begin_mailing, foresee, ticked_people, told
from matchmaker.mails.letters import as_text
from matchmaker.organisations.queries import delegations_of
from matchmaker.paging import Page, asked_page
from matchmaker.participants.models import Participant
from matchmaker.participants.returned import failure_text
from matchmaker.participation.queries import types_of
from matchmaker.segments.bulk import Deed, offer
from matchmaker.segments.queries import segments_of

bp = Blueprint("mailings", __name__)
HOME = "/organise/<event_id>/mailings/"
NAMED = 20  # people by name on the page where the mailing to them is written


def _begin(session: Session, event: Event, ids: list[str]) -> str:
    """A draft to those ticked; where it is written."""
    row = begin_mailing(session, event, ids, g.account.id)
    session.commit()
    return url_for("mailings.edit", event_id=event.id, mailing_id=row.id)


offer(
    Deed(
        code="mail",
        label=lazy_gettext("Write a mail"),
        title=lambda n: ngettext(
            "Write a mail to %(num)s participant?", "Write a mail to %(num)s participants?", n
        ),
        foresee=foresee,
        opens=_begin,
    )
)


@bp.route(HOME)
@organiser
def index(event_id: str) -> ResponseReturnValue:
    rows = mailings_of(db.session, event_id)
    counts = {
        row.id: states_of(deliveries_of(db.session, row)) for row in rows if row.state == "sent"
    }
    return render_template("mailings/index.html", rows=rows, counts=counts)


@bp.route(HOME + "new", methods=["GET", "POST"])
@organiser
def new(event_id: str) -> ResponseReturnValue:
    return _write(None)


@bp.route(HOME + "<mailing_id>/text", methods=["GET", "POST"])
@organiser
def edit(event_id: str, mailing_id: str) -> ResponseReturnValue:
    row = _own_or_404(mailing_id)
    if row.state == "sent":
        return redirect(url_for(".show", event_id=event_id, mailing_id=mailing_id))
    return _write(row)


def _write(row: Mailing | None) -> ResponseReturnValue:
    form = MailingForm.of(row, request.args.get("segment", ""))
    language = current_language()
    every = ("", _("Everybody"))
    types = [(kind.code, pick(kind.names, language)) for kind in types_of(db.session, g.event.id)]
    groups = [
        (group.id, pick(group.names, language) or group.code)
        for group in delegations_of(db.session, g.event.id)
    ]
    segments = [(segment.id, segment.name) for segment in segments_of(db.session, g.event.id)]
    form.segment_id.choices = options([every, *segments])
    form.type_code.choices = options([every, *types])
    form.delegation_id.choices = options([every, *groups])
    if form.validate_on_submit():
        kept = outcome(form, lambda: _keep(form, row))
        if kept is not None:
            return redirect(url_for(".show", event_id=g.event.id, mailing_id=kept.id))
    return render_template(
        "mailings/edit.html", form=form, row=row, placeholders=PLACEHOLDERS, **_ticked(row)
    )


def _ticked(row: Mailing | None) -> dict[str, Any]:
    """Of a mailing to people who were ticked, who they are; else nothing."""
    if row is None or not Audience.read(row.audience).ticked:
        return {"is_ticked": False}
    number, named = ticked_people(db.session, row, NAMED)
    reached = told(reached_by(db.session, g.event, row))
    return {"is_ticked": True, "ticked": number, "named": named, "reached": reached}


def _keep(form: MailingForm, row: Mailing | None) -> Mailing:
    kept = Audience.read(row.audience) if row else Audience()
    return write_mailing(
        db.session,
        g.event,
        row,
        subjects=form.texts("subject"),
        bodies=form.texts("body"),
        audience=kept if kept.ticked else form.audience(),
        account_id=g.account.id,
    )


@bp.route(HOME + "<mailing_id>")
@organiser
def show(event_id: str, mailing_id: str) -> ResponseReturnValue:
    """Of a draft, how each recipient will read it; of a sent one, what became of each mail."""
    row = _own_or_404(mailing_id)
    if row.state == "sent":
        return _show_deliveries(row)
    if not row.bodies:
        return redirect(url_for(".edit", event_id=event_id, mailing_id=mailing_id))
    try:
        reached = reached_by(db.session, g.event, row)
    except Refusal as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".edit", event_id=event_id, mailing_id=mailing_id))
    number = min(max(1, request.args.get("person", 1, type=int)), max(1, len(reached.people)))
    person = letter = None
    if reached.people:
        person = db.session.get_one(Participant, (event_id, reached.people[number - 1]))
        letter = letter_for(db.session, g.event, row, person)
    return render_template(
        "mailings/preview.html",
        row=row,
        reached=reached,
        told=told(reached),
        number=number,
        person=person,
        letter=letter,
        text=as_text(letter) if letter else "",
        unwritten=_unwritten(row, reached.people),
        spoken=language_for(row.bodies, person.language, g.event.language) if person else "",
    )


def _unwritten(row: Mailing, people: Sequence[str]) -> list[tuple[str, int]]:
    """The languages in which some of the recipients read and nothing is written."""
    counts = languages_of(db.session, row.event_id, people)
    return [
        (language_name(code, current_language()), count)
        for code, count in counts.items()
        if not row.bodies.get(code)
    ]


def _show_deliveries(row: Mailing) -> ResponseReturnValue:
    found = deliveries_of(db.session, row)
    return render_template(
        "mailings/sent.html",
        row=row,
        page=Page.of(found, asked_page()),
        counts=states_of(found),
        failure_text=failure_text,
        page_url=lambda number: url_for(
            ".show", event_id=g.event.id, mailing_id=row.id, page=number
        ),
    )


@bp.route(HOME + "<mailing_id>/test", methods=["POST"])
@organiser
def test(event_id: str, mailing_id: str) -> ResponseReturnValue:
    """The shown recipient's mail to one's own address."""
    row = _own_or_404(mailing_id)
    person = db.session.get(Participant, (event_id, request.form.get("person", "")))
    if person is None or not row.bodies:
        abort(404)
    send_test(db.session, g.event, row, person, g.account)
    db.session.commit()
    flash(_("A test mail is on its way to %(address)s.", address=g.account.email))
    return redirect(url_for(".show", event_id=event_id, mailing_id=mailing_id))


@bp.route(HOME + "<mailing_id>/send", methods=["POST"])
@organiser
def send(event_id: str, mailing_id: str) -> ResponseReturnValue:
    row = _own_or_404(mailing_id)
    try:
        count = send_mailing(db.session, g.event, row, request.form.get("seen", 0, type=int))
        db.session.commit()
        flash(ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", count))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".show", event_id=event_id, mailing_id=mailing_id))


@bp.route(HOME + "<mailing_id>/remove", methods=["POST"])
@organiser
def drop(event_id: str, mailing_id: str) -> ResponseReturnValue:
    try:
        remove_mailing(db.session, _own_or_404(mailing_id))
        db.session.commit()
        flash(_("The draft is removed."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".index", event_id=event_id))


def _own_or_404(mailing_id: str) -> Mailing:
    return db.session.get(Mailing, (g.event.id, mailing_id)) or abort(404)
