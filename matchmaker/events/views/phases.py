"""The phases of an event: the organiser's form, and what every page may ask of them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.clock import wall_now
from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.forms import PhasesForm
from matchmaker.events.models import PHASES
from matchmaker.events.phase_words import NAMES
from matchmaker.events.phases import ALWAYS, Span, phase_rows, set_phase, spans_of
from matchmaker.events.views.answers import bp, to
from matchmaker.forms import kept


@bp.route("/organise/<event_id>/set-up/phases", methods=["GET", "POST"])
@organiser
def phases(event_id: str) -> ResponseReturnValue:
    form = PhasesForm(data=_stored())
    if form.validate_on_submit() and kept(form, lambda: _keep(form)):
        flash(_("Saved."))
        return to("phases")
    return render_template(
        "events/phases.html",
        form=form,
        names=NAMES,
        always=ALWAYS,
        now=wall_now(g.event.zone),
    )


@bp.before_app_request
def look_again() -> None:
    g.pop("phase_spans", None)


@bp.app_template_global("phase_spans")
def phase_spans() -> Mapping[str, Span]:
    """The phases of the page's event, looked up once for a page."""
    if "phase_spans" not in g:
        g.phase_spans = spans_of(db.session, g.event)
    spans: Mapping[str, Span] = g.phase_spans
    return spans


@bp.app_template_global("is_open")
def is_open(name: str) -> bool:
    span = phase_spans().get(name)
    return span is not None and span.is_open


def _stored() -> dict[str, dict[str, object]]:
    rows = phase_rows(db.session, g.event.id)
    return {
        name: {
            "opens_at": row.opens_at,
            "closes_at": row.closes_at,
            "by_hand": {None: "", True: "open", False: "closed"}[row.by_hand],
        }
        for name, row in rows.items()
    }


def _keep(form: PhasesForm) -> None:
    for name in PHASES:
        said = form[name].form.data
        set_phase(
            db.session,
            g.event,
            name,
            opens_at=said["opens_at"],
            closes_at=said["closes_at"],
            by_hand={"open": True, "closed": False}.get(said["by_hand"]),
        )
