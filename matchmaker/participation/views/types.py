"""The organiser's pages of participation types."""

from __future__ import annotations

from flask import abort, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.events.views.answers import agreed
from matchmaker.forms import kept
from matchmaker.participation.asked import questions_of
from matchmaker.participation.forms import KIND_NAMES, TypeForm
from matchmaker.participation.models import ParticipationType
from matchmaker.participation.queries import types_of
from matchmaker.participation.services import add_type, change_type, move_type, remove_type
from matchmaker.participation.views.blueprint import bp, to_list
from matchmaker.vocabularies.queries import uses_of_codes


@bp.route("/types/")
@organiser
def index(event_id: str) -> ResponseReturnValue:
    return render_template(
        "participation/index.html",
        types=types_of(db.session, event_id),
        uses=uses_of_codes(db.session, event_id, ParticipationType),
        questions=questions_of(db.session, event_id),
        kinds=KIND_NAMES,
    )


@bp.route("/types/new", methods=["GET", "POST"])
@organiser
def new(event_id: str) -> ResponseReturnValue:
    form = TypeForm(by_hand=g.event.validates_by_hand)
    if form.validate_on_submit() and kept(
        form, lambda: add_type(db.session, g.event, form.texts(), **form.details())
    ):
        flash(_("Added."))
        return to_list()
    return render_template("participation/edit.html", form=form, row=None, uses=0)


@bp.route("/types/<type_id>", methods=["GET", "POST"])
@organiser
def edit(event_id: str, type_id: str) -> ResponseReturnValue:
    row = _own_or_404(type_id)
    form = TypeForm(obj=row)
    form.show_texts("name", row.names)
    if form.validate_on_submit() and agreed(
        form, lambda: change_type(db.session, row, form.texts(), **form.details())
    ):
        flash(_("Saved."))
        return to_list()
    uses = uses_of_codes(db.session, event_id, ParticipationType)[row.code]
    return render_template("participation/edit.html", form=form, row=row, uses=uses)


@bp.route("/types/<type_id>/move", methods=["POST"])
@organiser
def move(event_id: str, type_id: str) -> ResponseReturnValue:
    """One line up or down."""
    row = _own_or_404(type_id)
    place = list(types_of(db.session, event_id)).index(row) + 1
    move_type(db.session, row, place - 1 if request.form.get("way") == "up" else place + 1)
    db.session.commit()
    return to_list(row.id)


@bp.route("/types/<type_id>/remove", methods=["POST"])
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
    return to_list()


def _own_or_404(type_id: str) -> ParticipationType:
    return db.session.get(ParticipationType, (g.event.id, type_id)) or abort(404)
