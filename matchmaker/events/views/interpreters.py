"""Interpreters, their languages and shifts."""

from __future__ import annotations

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.forms import InterpreterForm
from matchmaker.events.models import Interpreter
from matchmaker.events.queries import interpreter_absences_of, interpreters_of, slots_by_session
from matchmaker.events.services import (
    add_interpreter,
    change_interpreter,
    remove_interpreter,
    set_interpreter_absences,
)
from matchmaker.events.slots import choices_of
from matchmaker.events.views.answers import agreed, answer_agreed_removal, bp, own_or_404, to
from matchmaker.forms import kept, options
from matchmaker.languages import spoken_choices


@bp.route("/organise/<event_id>/set-up/interpreters")
@organiser
def interpreters(event_id: str) -> ResponseReturnValue:
    return render_template(
        "events/interpreters.html",
        interpreters=interpreters_of(db.session, g.event.id),
        absent=interpreter_absences_of(db.session, g.event.id),
        spoken=dict(spoken_choices(current_language())),
    )


@bp.route("/organise/<event_id>/set-up/interpreters/new", methods=["GET", "POST"])
@organiser
def new_interpreter(event_id: str) -> ResponseReturnValue:
    form = _form(None)
    if form.validate_on_submit() and kept(form, lambda: _keep(form, None)):
        flash(_("The interpreter is there."))
        return to("interpreters")
    return render_template("events/interpreter.html", form=form, interpreter=None)


@bp.route("/organise/<event_id>/set-up/interpreters/<interpreter_id>", methods=["GET", "POST"])
@organiser
def edit_interpreter(event_id: str, interpreter_id: str) -> ResponseReturnValue:
    interpreter = own_or_404(Interpreter, interpreter_id)
    form = _form(interpreter)
    if form.validate_on_submit() and agreed(form, lambda: _keep(form, interpreter)):
        flash(_("Saved."))
        return to("interpreters")
    return render_template("events/interpreter.html", form=form, interpreter=interpreter)


@bp.route("/organise/<event_id>/set-up/interpreters/<interpreter_id>/remove", methods=["POST"])
@organiser
def drop_interpreter(event_id: str, interpreter_id: str) -> ResponseReturnValue:
    interpreter = own_or_404(Interpreter, interpreter_id)
    return answer_agreed_removal(
        lambda: remove_interpreter(db.session, interpreter),
        _("The interpreter is removed."),
        "interpreters",
    )


def _form(interpreter: Interpreter | None) -> InterpreterForm:
    absences = interpreter_absences_of(db.session, g.event.id) if interpreter else {}
    absent = absences.get(interpreter.id, set()) if interpreter else set()
    form = InterpreterForm(obj=interpreter, absent=sorted(absent))
    form.languages.choices = options(spoken_choices(current_language()))
    form.absent.choices = options(choices_of(slots_by_session(db.session, g.event.id)))
    return form


def _keep(form: InterpreterForm, interpreter: Interpreter | None) -> None:
    said = {name: form.data[name] for name in ("name", "languages")}
    if interpreter is None:
        interpreter = add_interpreter(db.session, g.event, **said)
    else:
        change_interpreter(db.session, interpreter, **said)
    set_interpreter_absences(db.session, interpreter, form.absent.data or [])
