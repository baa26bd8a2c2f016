"""The organiser's pages of the lists."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.forms import kept
from matchmaker.vocabularies.forms import NewTermForm, TermForm
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.queries import count_terms, terms_of, uses_of
from matchmaker.vocabularies.services import add_term, change_term, move_term, remove_term
from matchmaker.vocabularies.starting import is_in_no_order

bp = Blueprint("vocabularies", __name__, url_prefix="/organise/<event_id>/set-up/lists")

LIST_NAMES = {
    "type": _("Types of organisation"),
    "size": _("Sizes"),
    "sector": _("Sectors"),
    "industry": _("Emerging industries"),
    "technology": _("Technology fields"),
    "service": _("Services of clusters"),
    "label": _("Labels"),
    "network": _("Clusters and networks"),
}


@bp.route("/")
@organiser
def index(event_id: str) -> ResponseReturnValue:
    counts = count_terms(db.session, event_id)
    return render_template("vocabularies/index.html", names=LIST_NAMES, counts=counts)


@bp.route("/<kind>", methods=["GET", "POST"])
@organiser
def show(event_id: str, kind: str) -> ResponseReturnValue:
    """One list, and a form that adds to it."""
    if kind not in LIST_NAMES:
        abort(404)
    form = NewTermForm()
    if form.validate_on_submit() and kept(
        form, lambda: add_term(db.session, g.event, kind, form.texts())
    ):
        flash(gettext("Added."))
        return _to(kind)
    terms = terms_of(db.session, event_id, kind)
    return render_template(
        "vocabularies/show.html",
        form=form,
        kind=kind,
        names=LIST_NAMES,
        terms=terms,
        in_no_order=is_in_no_order(kind, [term.code for term in terms]),
        uses=uses_of(db.session, event_id, kind),
    )


@bp.route("/terms/<term_id>", methods=["GET", "POST"])
@organiser
def edit(event_id: str, term_id: str) -> ResponseReturnValue:
    term = _own_or_404(term_id)
    terms = terms_of(db.session, event_id, term.kind)
    form = TermForm(is_active=term.is_active, position=terms.index(term) + 1)
    form.show_texts("name", term.labels)
    if form.validate_on_submit() and kept(form, lambda: _change(form, term)):
        flash(gettext("Saved."))
        return _to(term.kind)
    uses = uses_of(db.session, event_id, term.kind)[term.code]
    return render_template(
        "vocabularies/edit.html", form=form, term=term, names=LIST_NAMES, uses=uses
    )


@bp.route("/terms/<term_id>/move", methods=["POST"])
@organiser
def move(event_id: str, term_id: str) -> ResponseReturnValue:
    """One line up or down."""
    term = _own_or_404(term_id)
    place = terms_of(db.session, event_id, term.kind).index(term) + 1
    move_term(db.session, term, place - 1 if request.form.get("way") == "up" else place + 1)
    db.session.commit()
    return _to(term.kind, term.id)


@bp.route("/terms/<term_id>/remove", methods=["POST"])
@organiser
def drop(event_id: str, term_id: str) -> ResponseReturnValue:
    term = _own_or_404(term_id)
    kind = term.kind
    try:
        remove_term(db.session, term)
        db.session.commit()
        flash(gettext("Removed."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return _to(kind)


def _change(form: TermForm, term: Term) -> None:
    change_term(db.session, term, form.texts(), is_active=form.is_active.data)
    move_term(db.session, term, form.position.data or 1)


def _own_or_404(term_id: str) -> Term:
    return db.session.get(Term, (g.event.id, term_id)) or abort(404)


def _to(kind: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", event_id=g.event.id, kind=kind, _anchor=anchor))
