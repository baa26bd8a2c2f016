"""Pages of limits and pauses: the organiser's, and a participant's own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import helper, organiser
from matchmaker.events.foresight import carry_out
from matchmaker.events.queries import sessions_of, slots_by_session
from matchmaker.events.slots import choices_of
from matchmaker.events.views.answers import agreed
from matchmaker.forms import kept, options
from matchmaker.languages import pick
from matchmaker.limits.forms import KIND_NAMES, LimitsForm, OwnPausesForm, PauseForm, limits_form
from matchmaker.limits.models import Pause, RestWish
from matchmaker.limits.queries import (
    chosen_pauses,
    limits_of,
    pause_slots,
    pauses_of,
    session_limits,
    takers_of,
    whole_slots,
)
from matchmaker.limits.services import (
    PauseDetails,
    add_pause,
    change_pause,
    remove_pause,
    set_limits,
    take_pauses,
)
from matchmaker.participants.access import participant
from matchmaker.participants.foresight import consequences
from matchmaker.participants.forms import titled
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import times_of

bp = Blueprint("limits", __name__)
HOME = "/organise/<event_id>/set-up/limits"


@bp.route(HOME, methods=["GET", "POST"])
@organiser
def index(event_id: str) -> ResponseReturnValue:
    form = _limits_form()
    if form.validate_on_submit() and agreed(form, lambda: _set_limits(form)):
        flash(_("Saved."))
        return _home()
    return render_template(
        "limits/index.html",
        form=form,
        pauses=pauses_of(db.session, event_id),
        slots=pause_slots(db.session, event_id),
        takers=takers_of(db.session, event_id),
        kinds=KIND_NAMES,
    )


@bp.route(f"{HOME}/pauses/new", methods=["GET", "POST"])
@organiser
def new_pause(event_id: str) -> ResponseReturnValue:
    form = _pause_form(None)
    if form.validate_on_submit() and agreed(
        form, lambda: add_pause(db.session, g.event, **_said(form))
    ):
        flash(_("The pause is there."))
        return _home()
    return render_template("limits/pause.html", form=form, pause=None)


@bp.route(f"{HOME}/pauses/<pause_id>", methods=["GET", "POST"])
@organiser
def edit_pause(event_id: str, pause_id: str) -> ResponseReturnValue:
    pause = db.session.get(Pause, (event_id, pause_id)) or abort(404)
    form = _pause_form(pause)
    form.show_texts("name", pause.names)
    if form.validate_on_submit() and agreed(
        form, lambda: change_pause(db.session, pause, **_said(form))
    ):
        flash(_("Saved."))
        return _home()
    return render_template("limits/pause.html", form=form, pause=pause)


@bp.route(f"{HOME}/pauses/<pause_id>/remove", methods=["POST"])
@organiser
def drop_pause(event_id: str, pause_id: str) -> ResponseReturnValue:
    """Nobody loses a meeting by it, so that nothing is asked."""
    pause = db.session.get(Pause, (event_id, pause_id)) or abort(404)
    carry_out(db.session, g.event, lambda: remove_pause(db.session, pause))
    db.session.commit()
    flash(_("The pause is removed."))
    return _home()


@bp.route("/events/<slug>/me/pauses", methods=["GET", "POST"])
@participant
def mine(slug: str) -> ResponseReturnValue:
    """One's own pauses; nobody else sees them."""
    form = _own_form(g.me)
    foreseen: list[str] = []
    if form.validate_on_submit():
        foreseen = _foreseen(form)
        if not foreseen and kept(form, lambda: _take(form, g.me)):
            flash(_("Saved."))
            return redirect(url_for(".mine", slug=slug))
    return render_template("limits/mine.html", form=form, foreseen=foreseen)


@bp.route("/organise/<event_id>/participants/<participant_id>/pauses", methods=["GET", "POST"])
@helper
def theirs(event_id: str, participant_id: str) -> ResponseReturnValue:
    """For somebody who has said so on paper."""
    person = db.session.get(Participant, (event_id, participant_id)) or abort(404)
    form = _own_form(person)
    if form.validate_on_submit() and kept(form, lambda: _take(form, person)):
        flash(_("Saved."))
        return redirect(
            url_for("participants.edit", event_id=event_id, participant_id=participant_id)
        )
    return render_template("limits/theirs.html", form=form, person=person)


def _foreseen(form: OwnPausesForm) -> list[str]:
    """What the pauses chosen would mean, until the person says that it is meant."""
    if request.form.get("sure") == "yes":
        return []
    sessions, slots = times_of(db.session, g.me)
    slots = slots | whole_slots(db.session, g.me.event_id, form.pauses.data or [])
    return consequences(db.session, g.event, g.me, sessions, slots)


def _limits_form() -> LimitsForm:
    limits = limits_of(db.session, g.event.id)
    sessions = [
        (row.id, titled(row, current_language())) for row in sessions_of(db.session, g.event.id)
    ]
    return limits_form(
        sessions,
        session_limits(db.session, g.event.id),
        in_a_row=limits.in_a_row,
        organisations_once=limits.organisations_once,
    )


def _set_limits(form: LimitsForm) -> None:
    set_limits(
        db.session,
        g.event,
        in_a_row=form.in_a_row.data,
        organisations_once=form.organisations_once.data,
        by_session=form.by_session(),
    )


def _pause_form(pause: Pause | None) -> PauseForm:
    ticked = pause_slots(db.session, g.event.id).get(pause.id, set()) if pause else set()
    form = PauseForm(obj=pause, slots=sorted(ticked))
    form.slots.choices = options(choices_of(slots_by_session(db.session, g.event.id)))
    return form


def _said(form: PauseForm) -> PauseDetails:
    return PauseDetails(
        names=form.texts(),
        kind=form.kind.data,
        slots=form.slots.data or [],
        free=form.free.data,
        by_choice=form.by_choice.data,
    )


def _own_form(person: Participant) -> OwnPausesForm:
    wish = db.session.get(RestWish, (person.event_id, person.id))
    form = OwnPausesForm(
        pauses=sorted(chosen_pauses(db.session, person)), in_a_row=wish.in_a_row if wish else None
    )
    form.pauses.choices = options(_offered(person.event_id))
    return form


def _offered(event_id: str) -> Sequence[tuple[str, str]]:
    """With the hours among which each lies."""
    by_slot = dict(choices_of(slots_by_session(db.session, event_id)))
    slots, language = pause_slots(db.session, event_id), current_language()
    return [
        (row.id, f"{pick(row.names, language)} · {_hours(by_slot, slots.get(row.id, set()))}")
        for row in pauses_of(db.session, event_id)
        if row.by_choice
    ]


def _hours(by_slot: dict[str, str], ids: set[str]) -> str:
    return ", ".join(text for slot, text in by_slot.items() if slot in ids)


def _take(form: OwnPausesForm, person: Participant) -> None:
    take_pauses(db.session, person, form.pauses.data or [], form.in_a_row.data)


def _home() -> ResponseReturnValue:
    return redirect(url_for(".index", event_id=g.event.id))
