"""A team's pages. They are always one's own, also while one acts for a colleague."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.forms import kept, options
from matchmaker.languages import spoken_choices
from matchmaker.organisations.models import Organisation
from matchmaker.participants import team as teams
from matchmaker.participants.access import act_for, oneself
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import home_path
from matchmaker.participation.queries import type_choices
from matchmaker.teams.forms import ColleagueForm
from matchmaker.teams.queries import deeds_for, meetings_of, team_of, wishes_of
from matchmaker.teams.services import add_colleague

bp = Blueprint("teams", __name__, url_prefix="/events/<slug>/me/team")


@bp.route("/")
@oneself
def index(slug: str) -> ResponseReturnValue:
    return render_template(
        "teams/index.html",
        organisation=_organisation(),
        team=team_of(db.session, g.event, g.own),
        i_lead=teams.leads(db.session, g.own),
        deeds=deeds_for(db.session, g.own),
    )


@bp.route("/new", methods=["GET", "POST"])
@oneself
def new(slug: str) -> ResponseReturnValue:
    """A colleague, maybe without an e-mail address."""
    if not teams.leads(db.session, g.own):
        flash(_("Only a manager of your team does this."), "error")
        return _to_team()
    form = ColleagueForm(language=current_language(), spoken=[current_language()])
    language = current_language()
    types = type_choices(db.session, g.event.id, language, at_registration=True)
    form.type_code.choices = options(types)
    if not types:
        del form.type_code
    form.spoken.choices = options(spoken_choices(language))
    if form.validate_on_submit() and kept(form, lambda: _add(form)):
        flash(_("Added. Who has an e-mail address gets a link."))
        return _to_team()
    return render_template("teams/new.html", form=form)


@bp.route("/<participant_id>")
@oneself
def colleague(slug: str, participant_id: str) -> ResponseReturnValue:
    """Agenda and wishes of a colleague, for those who lead the team."""
    person = _colleague_or_404(participant_id)
    if not teams.leads(db.session, g.own) or person.team_role == "applicant":
        abort(404)
    return render_template(
        "teams/colleague.html",
        person=person,
        meetings=meetings_of(db.session, g.event, person),
        wishes=wishes_of(db.session, person),
        may_act=teams.may_act_for(g.own, person),
    )


@bp.route("/<participant_id>/role", methods=["POST"])
@oneself
def change(slug: str, participant_id: str) -> ResponseReturnValue:
    """Let somebody in, send them away, or make them a manager."""
    person = _colleague_or_404(participant_id)
    deeds: dict[str, Callable[[], None]] = {
        "let_in": lambda: teams.let_in(db.session, g.own, person),
        "send_away": lambda: teams.send_away(db.session, g.own, person),
        "manager": lambda: teams.name_manager(db.session, g.own, person),
    }
    return _carry_out(deeds.get(request.form.get("deed", "")) or abort(400))


@bp.route("/own", methods=["POST"])
@oneself
def own(slug: str) -> ResponseReturnValue:
    """Whether colleagues may act for me; and being a manager no more."""

    def deed() -> None:
        if "lets_act" in request.form:
            g.own.lets_act = request.form["lets_act"] == "yes"
        else:
            teams.step_down(db.session, g.own)

    return _carry_out(deed)


@bp.route("/act", methods=["POST"])
@oneself
def act(slug: str) -> ResponseReturnValue:
    """Act for a colleague from now on in this browser; for nobody, where none is named."""
    wanted = request.form.get("participant_id", "")
    if not wanted:
        act_for(None)
        return _to_team()
    person = _colleague_or_404(wanted)
    try:
        teams.note_acting(db.session, g.own, person)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return _to_team()
    act_for(person)
    return redirect(home_path(g.event))


def _carry_out(deed: Callable[[], None]) -> ResponseReturnValue:
    try:
        deed()
        db.session.commit()
        flash(_("Saved."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return _to_team()


def _add(form: ColleagueForm) -> None:
    add_colleague(
        db.session, g.event, g.own, form.details(),
        email=form.email.data or "", has_agreed=form.has_agreed.data,
    )  # fmt: skip


def _organisation() -> Organisation | None:
    return db.session.get(Organisation, (g.event.id, g.own.organisation_id or ""))


def _colleague_or_404(participant_id: str) -> Participant:
    person = db.session.get(Participant, (g.event.id, participant_id))
    if person is None or person.id == g.own.id or not g.own.organisation_id:
        abort(404)
    if person.organisation_id != g.own.organisation_id or g.own.team_role == "applicant":
        abort(404)
    return person


def _to_team() -> ResponseReturnValue:
    return redirect(url_for(".index", slug=g.event.slug))
