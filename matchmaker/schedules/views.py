"""Pages of this feature: runs, followed live; versions. Boards: ``boards``; what changes and
publishing: ``publishing_views``; scenarios: ``scenario_views``.
"""

from __future__ import annotations

from flask import (
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import desk, helper, organiser, staff
from matchmaker.events.queries import sessions_of
from matchmaker.schedules import boards, following, goals, publishing_views, scenario_views
from matchmaker.schedules.blueprint import HOME, bp, version_or_404
from matchmaker.schedules.forms import RunForm, moved
from matchmaker.schedules.handwriting import files_of
from matchmaker.schedules.models import Run
from matchmaker.schedules.names import Names
from matchmaker.schedules.publishing_views import publication_form
from matchmaker.schedules.queries import published_version
from matchmaker.schedules.runs import KIND
from matchmaker.schedules.services import open_run, start_run, stop_run
from matchmaker.schedules.shares import Shares
from matchmaker.schedules.versions import (
    kept_versions,
    other_versions,
    proof_of,
    runs_without_version,
    size_of,
)
from matchmaker.wishes.queries import count_unanswered

__all__ = ["boards", "bp", "publishing_views", "scenario_views"]


def _run_or_404(run_id: str) -> Run:
    return db.session.get(Run, (g.event.id, run_id)) or abort(404)


@bp.route(HOME, methods=["GET", "POST"])
@staff("organiser", reads="desk")
def index(event_id: str) -> ResponseReturnValue:
    """Start a run; the runs and versions that there are."""
    published = published_version(db.session, event_id)
    form, order = RunForm(), request.form.getlist("order")
    if request.method == "GET" and published is not None and not published.is_preliminary:
        form.stays.data = "few"  # people have it in their hands
    arrows = request.form.get("up"), request.form.get("down")
    if any(arrows):
        form.wanted.data = "own"
    elif form.validate_on_submit() and (run := _started(form, order)):
        current_app.extensions["queue"].enqueue(KIND, event_id, run.id)
        return redirect(url_for("schedules.run", event_id=event_id, run_id=run.id))
    return render_template(
        "schedules/index.html",
        form=form,
        order=moved(order, *arrows),
        sessions=sessions_of(db.session, event_id),
        chosen=request.form.getlist("sessions"),
        open_run=open_run(db.session, event_id),
        kept=kept_versions(db.session, event_id, amended="all" in request.args),
        failed=runs_without_version(db.session, event_id),
        published=published,
        publication=publication_form(),
        unanswered=count_unanswered(db.session, g.event),
    )


def _started(form: RunForm, order: list[str]) -> Run | None:
    """The run that the form asks for; None where it is refused, with the sentence on the form."""
    try:
        return start_run(
            db.session,
            g.event,
            wanted=form.wanted.data,
            seconds=form.seconds.data or 0,
            aim=form.aim(order, request.form.getlist("sessions")),
            account=g.account,
        )
    except Refusal as refusal:
        form.refuse(str(refusal))
        return None


@bp.route(HOME + "runs/<run_id>")
@helper
def run(event_id: str, run_id: str) -> ResponseReturnValue:
    """A run, followed live."""
    return render_template("schedules/run.html", run=_run_or_404(run_id))


@bp.route(HOME + "runs/<run_id>/news")
@helper
def news(event_id: str, run_id: str) -> ResponseReturnValue:
    """The run as server-sent events; 503 where enough pages are followed already."""
    _run_or_404(run_id)
    if not following.take_seat():
        abort(503)
    lines = following.follow(db.session, g.event, run_id)
    answer = Response(stream_with_context(lines), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy passes each line on at once
    return answer


@bp.route(HOME + "runs/<run_id>/state")
@helper
def state(event_id: str, run_id: str) -> ResponseReturnValue:
    """The same once, for pages that ask."""
    _run_or_404(run_id)
    return following.news_of(db.session, g.event, run_id)


@bp.route(HOME + "runs/<run_id>/stop", methods=["POST"])
@organiser
def stop(event_id: str, run_id: str) -> ResponseReturnValue:
    stop_run(db.session, _run_or_404(run_id))
    flash(_("The run is being stopped; the best schedule so far is kept."))
    return redirect(url_for("schedules.run", event_id=event_id, run_id=run_id))


@bp.route(HOME + "versions/<version_id>/")
@desk
def version(event_id: str, version_id: str) -> ResponseReturnValue:
    """What was reached, and what can be done with it."""
    shown = version_or_404(version_id)
    size = size_of(db.session, shown)
    return render_template(
        "schedules/version.html",
        version=shown,
        run=db.session.get(Run, (event_id, shown.run_id)) if shown.run_id else None,
        size=size,
        proof=proof_of(shown, size),
        shares=Shares.of(db.session, shown),
        names=Names(db.session, event_id),
        goals=goals.report(shown.goals.get("goals", []), size, keeps=bool(shown.goals.get("kept"))),
        published=published_version(db.session, event_id),
        others=other_versions(db.session, shown),
    )


@bp.route(HOME + "versions/<version_id>/problem.json")
@organiser
def problem_file(event_id: str, version_id: str) -> ResponseReturnValue:
    return _download(files_of(db.session, version_or_404(version_id))[0], "problem.json")


@bp.route(HOME + "versions/<version_id>/schedule.json")
@organiser
def schedule_file(event_id: str, version_id: str) -> ResponseReturnValue:
    return _download(files_of(db.session, version_or_404(version_id))[1], "schedule.json")


def _download(text: str, name: str) -> Response:
    answer = Response(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{g.event.slug}-{name}"'
    return answer
