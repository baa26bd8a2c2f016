"""Pages of scenarios: try another set-up, see them side by side, adopt one."""

from __future__ import annotations

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import helper, organiser, staff
from matchmaker.events.foresight import seal_of
from matchmaker.events.queries import sessions_of
from matchmaker.schedules.blueprint import HOME, bp
from matchmaker.schedules.forms import ScenarioForm
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.publishing import revision_of
from matchmaker.schedules.queries import find_version, published_version
from matchmaker.schedules.runs import KIND
from matchmaker.schedules.scenarios import (
    Balance,
    Scenario,
    adopt,
    counts_of,
    scenarios_of,
    start_scenario,
)
from matchmaker.schedules.services import open_run
from matchmaker.schedules.versions import kept_versions, proof_of, size_of

SCENARIOS = HOME + "scenarios/"


def _scenario_or_404(run_id: str) -> Scenario:
    run = db.session.get(Run, (g.event.id, run_id))
    return Scenario(run) if run and run.scenario else abort(404)


@bp.route(SCENARIOS, methods=["GET", "POST"])
@staff("organiser", reads="helper")
def scenarios(event_id: str) -> ResponseReturnValue:
    """Side by side, and the form for another one."""
    form, chosen = ScenarioForm(), request.form.getlist("without")
    if form.validate_on_submit() and (run := _started(form, chosen)):
        current_app.extensions["queue"].enqueue(KIND, event_id, run.id)
        return redirect(url_for(".run", event_id=event_id, run_id=run.id))
    base = _base()
    before = counts_of(db.session, base) if base else {}
    found = scenarios_of(db.session, event_id)
    sessions = sessions_of(db.session, event_id)
    return render_template(
        "schedules/scenarios.html",
        form=form,
        chosen=chosen,
        sessions=sessions,
        by_id={row.id: row for row in sessions},
        open_run=open_run(db.session, event_id),
        base=base,
        published=revision_of(db.session, g.event.id) > 0,
        proof=proof_of(base, size_of(db.session, base)) if base else "",
        versions=[row.version for row in kept_versions(db.session, event_id, amended=False)],
        rows=[(row, Balance.of(before, row.counts) if row.is_solved else None) for row in found],
    )


def _started(form: ScenarioForm, without: list[str]) -> Run | None:
    """The run; None where it is refused, with the sentence on the form."""
    try:
        return start_scenario(
            db.session,
            g.event,
            form.variation(without),
            seconds=form.seconds.data or 0,
            account=g.account,
        )
    except Refusal as refusal:
        form.refuse(str(refusal))
        return None


def _base() -> Version | None:
    """The version that scenarios are compared with: the one asked for, else what is published, or
    the newest.
    """
    asked = find_version(db.session, g.event.id, request.args.get("base", ""))
    if asked or (asked := published_version(db.session, g.event.id)):
        return asked
    newest = kept_versions(db.session, g.event.id)
    return newest[0].version if newest else None


@bp.route(SCENARIOS + "<run_id>/")
@helper
def scenario(event_id: str, run_id: str) -> ResponseReturnValue:
    """Who gains and who loses by it, against a version or another scenario."""
    shown = _scenario_or_404(run_id)
    others = [row for row in scenarios_of(db.session, event_id) if row.is_solved]
    against = next((row for row in others if row.run.id == request.args.get("against")), None)
    base = _base()
    before = against.counts if against else counts_of(db.session, base) if base else None
    return render_template(
        "schedules/scenario.html",
        shown=shown,
        base=base,
        published=revision_of(db.session, g.event.id) > 0,
        against=against,
        others=[row for row in others if row.run.id != run_id],
        balance=None if before is None else Balance.of(before, shown.counts),
        names=Names(db.session, event_id),
        sessions={row.id: row for row in sessions_of(db.session, event_id)},
    )


@bp.route(SCENARIOS + "<run_id>/adopt", methods=["POST"])
@organiser
def adopt_scenario(event_id: str, run_id: str) -> ResponseReturnValue:
    """Change the set-up so, once the organiser has read what that does."""
    shown = _scenario_or_404(run_id)
    here = url_for(".scenario", event_id=event_id, run_id=run_id)
    if not shown.is_solved or shown.run.version_id:
        flash(_("Only a scenario that is solved and not adopted yet can be adopted."), "error")
        return redirect(here)
    try:
        version, lines = adopt(db.session, g.event, shown.run)
        made = url_for(".version", event_id=event_id, version_id=version.id)
        if lines and request.form.get("agreed") != seal_of(lines):
            db.session.rollback()
            return render_template(
                "schedules/adopt.html", lines=lines, seal=seal_of(lines), run_id=run_id
            )
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(here)
    flash(_("The set-up is as in the scenario now, and this is its schedule. Publish it next."))
    return redirect(made)
