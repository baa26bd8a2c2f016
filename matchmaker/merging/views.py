"""Pages: who may be the same, and two compared before they are made one."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.forms import clean_text
from matchmaker.merging.display import Wording
from matchmaker.merging.queries import alike_organisations, alike_people
from matchmaker.merging.services import MODELS, merge, plan_merge
from matchmaker.organisations.queries import organisation_names
from matchmaker.organisations.services import find_organisation
from matchmaker.participants.keys import find_participant

bp = Blueprint("merging", __name__, url_prefix="/organise/<event_id>/participants/duplicates")


@bp.route("/")
@organiser
def index(event_id: str) -> ResponseReturnValue:
    """Likely pairs; or the two that somebody names, compared."""
    kind = request.args.get("kind", "participant")
    names = [clean_text(request.args.get(name, "")) for name in ("one", "other")]
    if kind in MODELS and all(names):
        one, other = (_find(kind, name) for name in names)
        if one and other:
            return redirect(
                url_for(".compare", event_id=event_id, kind=kind, stays=one, goes=other)
            )
        flash(_("Nobody is found by one of these. Write it as it stands in the list."), "error")
    return render_template(
        "merging/index.html",
        people=alike_people(db.session, event_id),
        organisations=alike_organisations(db.session, event_id),
        every=organisation_names(db.session, event_id),
    )


@bp.route("/<kind>", methods=["GET", "POST"])
@organiser
def compare(event_id: str, kind: str) -> ResponseReturnValue:
    """What goes where, and what differs; then it is done."""
    if kind not in MODELS:
        abort(404)
    stays, goes = (clean_text(request.args.get(name, "")) for name in ("stays", "goes"))
    swapped = url_for(".compare", event_id=event_id, kind=kind, stays=goes, goes=stays)
    try:
        found = plan_merge(db.session, g.event, kind, stays, goes)
        if request.method == "POST":
            seen = request.form.get("seen", "")
            merge(db.session, g.event, found, request.form.to_dict(), seen)
            flash(_("The two are one now."))
            return redirect(_page_of(kind, stays))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        if request.method == "POST":
            return redirect(request.url)
        return render_template("merging/refused.html", swapped=swapped)
    words = Wording(db.session, event_id, current_language())
    return render_template("merging/compare.html", merge=found, words=words, swapped=swapped)


def _find(kind: str, name: str) -> str | None:
    if kind == "organisation":
        organisation = find_organisation(db.session, g.event, name)
        return organisation.id if organisation else None
    person = find_participant(db.session, g.event, email=name, reference=name)
    return person.id if person else None


def _page_of(kind: str, id_: str) -> str:
    if kind == "organisation":
        return url_for("organisations.edit", event_id=g.event.id, organisation_id=id_)
    return url_for("participants.edit", event_id=g.event.id, participant_id=id_)
