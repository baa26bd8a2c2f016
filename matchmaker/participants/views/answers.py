"""Answers to the organiser's questions, changed by the person or by an organiser."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import desk
from matchmaker.forms import kept
from matchmaker.participants.access import participant
from matchmaker.participants.answers import answers_of, set_answers, shown_answers
from matchmaker.participants.models import Participant
from matchmaker.participants.question_forms import QuestionsForm, questions_form
from matchmaker.participants.views.blueprint import bp
from matchmaker.participation.asked import questions_for


@bp.route("/events/<slug>/me/answers", methods=["GET", "POST"])
@participant
def my_answers(slug: str) -> ResponseReturnValue:
    form = _form_of(g.me)
    if form.validate_on_submit() and _keep(form, g.me):
        return redirect(url_for(".profile", slug=slug))
    return render_template("participants/my_answers.html", form=form)


@bp.route("/organise/<event_id>/participants/<participant_id>/answers", methods=["GET", "POST"])
@desk
def edit_answers(event_id: str, participant_id: str) -> ResponseReturnValue:
    person = db.session.get(Participant, (g.event.id, participant_id)) or abort(404)
    form = _form_of(person)
    if form.validate_on_submit() and _keep(form, person):
        return redirect(url_for(".edit", event_id=event_id, participant_id=participant_id))
    return render_template("participants/answers.html", form=form, person=person)


@bp.app_template_global("shown_answers")
def answers_for_all(participant_id: str) -> list[tuple[str, str]]:
    """What the other participants may read of somebody's answers."""
    person = db.session.get(Participant, (g.event.id, participant_id))
    if person is None:
        return []
    return shown_answers(db.session, person, current_language(), "participants")


def _form_of(person: Participant) -> QuestionsForm:
    asked = questions_for(db.session, person.event_id, person.type_code)
    return questions_form(asked, current_language(), answers_of(db.session, person))


def _keep(form: QuestionsForm, person: Participant) -> bool:
    done = kept(form, lambda: set_answers(db.session, person, form.said()))
    if done:
        flash(_("Saved."))
    return done
