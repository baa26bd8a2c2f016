"""The organiser's pages of participation types."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.forms import kept
from matchmaker.participation.forms import TypeForm
from matchmaker.participation.models import ParticipationType
from matchmaker.participation.queries import types_of
from matchmaker.participation.services import add_type, change_type, move_type, remove_type
from matchmaker.vocabularies.queries import uses_of_codes

bp = Blueprint("participation", __name__, url_prefix="/organise/<event_id>/set-up/types")


@bp.route("/")
@organiser
def index(event_id: str) -> ResponseReturnValue:
    return render_template(
        "participation/index.html",
        types=types_of(db.session, event_id),
        uses=uses_of_codes(db.session, event_id, ParticipationType),
    )


@bp.route("/new", methods=["GET", "POST"])
@organiser
def new(event_id: str) -> ResponseReturnValue:
    form = TypeForm(by_hand=g.event.validates_by_hand)
    if form.validate_on_submit() and kept(
        form, lambda: add_type(db.session, g.event, form.texts(), **form.details())
    ):
        flash(_("Added."))
        return _to_list()
    return render_template("participation/edit.html", form=form, row=None, uses=0)


@bp.route("/<type_id>", methods=["GET", "POST"])
@organiser
def edit(event_id: str, type_id: str) -> ResponseReturnValue:
    row = _own_or_404(type_id)
    form = TypeForm(obj=row)
    form.show_texts("name", row.names)
    if form.validate_on_submit() and kept(
        form, lambda: change_type(db.session, row, form.texts(), **form.details())
    ):
        flash(_("Saved."))
        return _to_list()
    uses = uses_of_codes(db.session, event_id, ParticipationType)[row.code]
    return render_template("participation/edit.html", form=form, row=row, uses=uses)


@bp.route("/<type_id>/move", methods=["POST"])
@organiser
def move(event_id: str, type_id: str) -> ResponseReturnValue:
    """One line up or down."""
    row = _own_or_404(type_id)
    place = list(types_of(db.session, event_id)).index(row) + 1
    move_type(db.session, row, place - 1 if request.form.get("way") == "up" else place + 1)
    db.session.commit()
    return _to_list(row.id)


@bp.route("/<type_id>/remove", methods=["POST"])
@organiser
def drop(event_id: str, type_id: str) -> ResponseReturnValue:
    row = _own_or_404(type_id)
    try:
        remove_type(db.session, row)
        db.session.commit()
        flash(_("Removed."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return _to_list()


def _own_or_404(type_id: str) -> ParticipationType:
    return db.session.get(ParticipationType, (g.event.id, type_id)) or abort(404)


def _to_list(anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".index", event_id=g.event.id, _anchor=anchor))
