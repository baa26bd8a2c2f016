"""Registering on the event's page, step by step; each step is saved and leads to the next."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import visitor
from matchmaker.events.phases import require_open
from matchmaker.participants.drafts import begin, find_draft, keep, mail_draft, next_step, steps_of
from matchmaker.participants.finishing import finish_registration
from matchmaker.participants.models import Registration
from matchmaker.participants.registration import home_path
from matchmaker.participants.services import find_participant
from matchmaker.participants.views.arrival import remember_finished
from matchmaker.participants.views.blueprint import bp
from matchmaker.participants.views.steps import STEP_NAMES, Step, make_step

KEY = "registrations"  # event → token, in the browser's session
LEAVES = {"back", "later"}  # buttons that leave a step without going on


@bp.route("/events/<slug>/register", methods=["GET", "POST"])
@visitor
def register(slug: str) -> ResponseReturnValue:
    """The first step; it is there before anything is kept."""
    if g.account and find_participant(db.session, g.event, email=g.account.email):
        return redirect(home_path(g.event))
    return _carry_out("person", _draft())


@bp.route("/events/<slug>/register/<step>", methods=["GET", "POST"])
@visitor
def register_step(slug: str, step: str) -> ResponseReturnValue:
    draft = _draft()
    if draft is None or "person" not in draft.said:
        return redirect(url_for(".register", slug=slug))
    steps = steps_of(db.session, g.event, draft)
    upcoming = next_step(steps, draft)
    if step not in steps or steps.index(step) > steps.index(upcoming):
        return _to(upcoming)
    return _carry_out(step, draft)


@bp.route("/events/<slug>/register/resume/<draft_token>")
@visitor
def resume(slug: str, draft_token: str) -> ResponseReturnValue:
    """Go on in this browser with what was begun, maybe in another."""
    draft = find_draft(db.session, g.event, draft_token)
    if draft is None or draft.finished_at is not None:
        return render_template("participants/register/over.html"), 410
    _remember(draft_token)
    return _to(next_step(steps_of(db.session, g.event, draft), draft))


@bp.route("/events/<slug>/registration/anew", methods=["POST"])
@visitor
def anew(slug: str) -> ResponseReturnValue:
    """Somebody else registers in the same browser."""
    _forget()
    return redirect(url_for(".register", slug=slug))


def _carry_out(name: str, draft: Registration | None) -> ResponseReturnValue:
    """Show a step; or keep what it says, and lead on."""
    if draft is not None and request.method == "POST" and request.form.keys() & LEAVES:
        return _leave(name, draft)
    step = make_step(name, draft)
    if request.method == "POST" and step.form.validate_on_submit():
        try:
            require_open(db.session, g.event, "registration")
            if answer := _keep(step, draft):
                db.session.commit()
                return answer
        except Refusal as refusal:
            db.session.rollback()
            step.form.refuse(str(refusal))
    return _show(step, draft)


def _leave(name: str, draft: Registration) -> ResponseReturnValue:
    """Back, or on later by a link: what this step says so far is kept where it can be, and stays
    in its fields where it cannot.
    """
    is_kept = _keep_so_far(make_step(name, draft), draft)
    if "back" in request.form:
        db.session.commit()
        steps = steps_of(db.session, g.event, draft)
        return _to(steps[max(0, steps.index(name) - 1)])
    mail_draft(db.session, g.event, draft, session[KEY][g.event.id])
    db.session.commit()
    flash(_("A mail with a link is on its way: go on with it whenever you like, within 14 days."))
    return _to(name) if is_kept else _show(make_step(name, draft), draft)


def _keep_so_far(step: Step, draft: Registration) -> bool:
    if step.name == "consent" or not step.form.validate():
        return False
    try:
        require_open(db.session, g.event, "registration")
        said = step.said()
    except Refusal:
        return False
    if said is not None:
        keep(db.session, draft, step.name, said)
    return said is not None


def _show(step: Step, draft: Registration | None) -> str:
    return render_template(
        f"participants/register/{step.name}.html",
        form=step.form,
        step=step.name,
        steps=steps_of(db.session, g.event, draft),
        names=STEP_NAMES,
        done=set(draft.said) if draft else set(),
        **step.shown(),
    )


def _keep(step: Step, draft: Registration | None) -> ResponseReturnValue | None:
    """None where the step has something to ask before it goes on."""
    if step.name == "consent" and draft is not None:
        return _finish(draft)
    said = step.said()
    if said is None:
        return None
    if draft is None:
        draft, token = begin(db.session, g.event)
        _remember(token)
    keep(db.session, draft, step.name, said)
    steps = steps_of(db.session, g.event, draft)
    return _to(steps[steps.index(step.name) + 1])


def _finish(draft: Registration) -> ResponseReturnValue:
    own = g.account and g.account.email_key == draft.email_key
    finish_registration(db.session, g.event, draft, g.account)
    db.session.commit()
    remember_finished(session[KEY][g.event.id])
    _forget()
    return redirect(home_path(g.event) if own else url_for(".registered", slug=g.event.slug))


def _to(step: str) -> ResponseReturnValue:
    if step == "person":
        return redirect(url_for(".register", slug=g.event.slug))
    return redirect(url_for(".register_step", slug=g.event.slug, step=step))


def _draft() -> Registration | None:
    """What this browser has begun and not finished; somebody who signs in begins for themselves."""
    draft = find_draft(db.session, g.event, session.get(KEY, {}).get(g.event.id))
    if draft is None or draft.finished_at is not None:
        return None
    return draft


def _remember(token: str) -> None:
    session[KEY] = {**session.get(KEY, {}), g.event.id: token}


def _forget() -> None:
    session[KEY] = {id_: token for id_, token in session.get(KEY, {}).items() if id_ != g.event.id}
