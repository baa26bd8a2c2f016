"""The organiser's own questions."""

from __future__ import annotations

from flask import abort, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.forms import kept, options
from matchmaker.participation.asked import options_of, questions_of
from matchmaker.participation.forms import KIND_NAMES, NewQuestionForm, QuestionForm
from matchmaker.participation.models import Question
from matchmaker.participation.queries import type_choices
from matchmaker.participation.questions import (
    add_question,
    change_question,
    move_question,
    remove_question,
    types_of_question,
)
from matchmaker.participation.views.blueprint import bp, to_list


@bp.route("/questions/new", methods=["GET", "POST"])
@organiser
def new_question(event_id: str) -> ResponseReturnValue:
    form = NewQuestionForm()
    _offer(form)
    form.show_options([])
    if form.validate_on_submit() and kept(
        form, lambda: add_question(db.session, g.event, form.kind.data, form.details())
    ):
        flash(_("Added."))
        return to_list("questions")
    return _show(form, None)


@bp.route("/questions/<question_id>", methods=["GET", "POST"])
@organiser
def edit_question(event_id: str, question_id: str) -> ResponseReturnValue:
    row = _own_or_404(question_id)
    form = QuestionForm(
        is_required=row.is_required,
        audience=row.audience,
        is_active=row.is_active,
        types=types_of_question(db.session, row),
    )
    _offer(form)
    form.show_texts("name", row.labels)
    form.show_texts("hint", row.hints)
    form.show_options(options_of(db.session, event_id, [row.id])[row.id])
    if form.validate_on_submit() and kept(
        form, lambda: change_question(db.session, row, form.details())
    ):
        flash(_("Saved."))
        return to_list("questions")
    return _show(form, row)


@bp.route("/questions/<question_id>/move", methods=["POST"])
@organiser
def move_asked(event_id: str, question_id: str) -> ResponseReturnValue:
    """One line up or down."""
    row = _own_or_404(question_id)
    place = list(questions_of(db.session, event_id)).index(row) + 1
    move_question(db.session, row, place - 1 if request.form.get("way") == "up" else place + 1)
    db.session.commit()
    return to_list(row.id)


@bp.route("/questions/<question_id>/remove", methods=["POST"])
@organiser
def drop_question(event_id: str, question_id: str) -> ResponseReturnValue:
    try:
        remove_question(db.session, _own_or_404(question_id))
        db.session.commit()
        flash(_("Removed."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return to_list("questions")


def _offer(form: QuestionForm) -> None:
    form.types.choices = options(type_choices(db.session, g.event.id, current_language()))


def _own_or_404(question_id: str) -> Question:
    return db.session.get(Question, (g.event.id, question_id)) or abort(404)


def _show(form: QuestionForm, row: Question | None) -> ResponseReturnValue:
    return render_template("participation/question.html", form=form, row=row, kinds=KIND_NAMES)
