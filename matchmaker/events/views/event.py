"""A new event, its settings, and its public front."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.clock import zone_names
from matchmaker.database import db
from matchmaker.events.access import creator, organiser
from matchmaker.events.forms import EventForm, NewEventForm
from matchmaker.events.models import Event
from matchmaker.events.services import PlannedSession, change_event, create_event
from matchmaker.events.views.answers import agreed, bp, to
from matchmaker.forms import outcome

COMMON_ZONES = [
    name for name in zone_names() if name.startswith(("Africa/", "Europe/", "Asia/Dubai", "Asia/R"))
]


@bp.route("/organise/new", methods=["GET", "POST"])
@creator
def new() -> ResponseReturnValue:
    form = NewEventForm()
    if form.validate_on_submit() and (event := outcome(form, lambda: _create(form))):
        flash(_("The event is there. Next: its tables and stands."))
        return redirect(url_for("home.overview", event_id=event.id))
    return render_template("events/new.html", form=form, zones=COMMON_ZONES)


def _create(form: NewEventForm) -> Event:
    return create_event(
        db.session,
        g.account,
        names=form.texts(),
        slug=form.data["slug"],
        sessions=_planned(form),
        **form.settings(),
    )


def _planned(form: NewEventForm) -> list[PlannedSession]:
    """The same hours on every day; a row with one time only is refused as a session."""
    said = form.data
    days = [said["first_day"] + timedelta(days=number) for number in range(said["days"])]
    hours = [(row["starts"], row["ends"]) for row in said["hours"] if row["starts"] or row["ends"]]
    return [
        PlannedSession(day=day, starts=starts or ends, ends=ends or starts)
        for day in days
        for starts, ends in hours
    ]


@bp.route("/organise/<event_id>/set-up", methods=["GET", "POST"])
@organiser
def edit(event_id: str) -> ResponseReturnValue:
    form = EventForm(obj=g.event)
    for prefix, texts in (
        ("name", g.event.names),
        ("venue", g.event.venue),
        ("host", g.event.host),
    ):
        form.show_texts(prefix, texts)
    if form.validate_on_submit() and agreed(form, lambda: _change(form)):
        flash(_("Saved."))
        return to("edit")
    return render_template("events/edit.html", form=form, zones=COMMON_ZONES)


def _change(form: EventForm) -> None:
    change_event(db.session, g.event, names=form.texts(), slug=form.data["slug"], **form.settings())
