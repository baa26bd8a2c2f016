"""A deed on many people: what it would bring, then the deed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.forms import clean_text
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_lines
from matchmaker.segments.bulk import DEEDS, Deed
from matchmaker.segments.deeds import digest, people_of
from matchmaker.segments.forms import DeedForm
from matchmaker.segments.queries import found
from matchmaker.segments.views.blueprint import asked_filter, bp, list_url
from matchmaker.segments.views.choices import offer_types

NAMED = 20  # people by name on the page that asks


@bp.route("/participants/deed", methods=["GET", "POST"])
@organiser
def deed(event_id: str) -> ResponseReturnValue:
    """Asked by GET, with the number and what would come of it; done by POST."""
    wanted = DEEDS.get(request.args.get("deed", "")) or abort(404)
    ids = _meant()
    if not ids:
        flash(_("Tick somebody first, or choose everybody who is found."), "error")
        return redirect(list_url())
    form = _form(wanted)
    if form.validate_on_submit():
        if request.form.get("seen") != digest(ids):
            form.refuse(
                _("The list has changed since you looked: it is others now. Look, and press again.")
            )
        elif wanted.opens:
            return redirect(wanted.opens(db.session, g.event, ids))
        else:
            number = wanted.do(db.session, g.event, ids, _value(form, wanted))
            flash(_done(wanted, number))
            return redirect(list_url())
    return render_template(
        "segments/deed.html",
        form=form,
        deed=wanted,
        number=len(ids),
        named=find_lines(db.session, event_id, ids)[:NAMED],
        consequences=wanted.foresee(db.session, g.event, ids),
        seen=digest(ids),
        list_url=list_url,
    )


def _meant() -> list[str]:
    """The ids of those ticked, of this event; or of everybody whom the filter finds."""
    if request.args.get("scope") == "found":
        return found(db.session, g.event.id, asked_filter())
    ticked = [clean_text(id_) for id_ in request.args.getlist("ids")]
    people: list[Participant] = list(people_of(db.session, g.event.id, ticked))
    return [person.id for person in people]


def _form(wanted: Deed) -> DeedForm:
    form = DeedForm()
    offer_types(form.type_code)
    for name in ("type_code", "most"):
        if name != wanted.asks:
            del form[name]
    return form


def _value(form: DeedForm, wanted: Deed) -> Any:
    return (form[wanted.asks].data or None) if wanted.asks else None


def _done(wanted: Deed, number: int) -> str:
    if wanted.code == "link":
        text = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", number)
    elif wanted.code == "delete":
        text = ngettext("%(num)s participant deleted.", "%(num)s participants deleted.", number)
    else:
        text = ngettext("%(num)s participant changed.", "%(num)s participants changed.", number)
    return str(text)
