"""The page that makes an event from a template or an earlier edition."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.editions.forms import EDITION, TEMPLATE, EditionForm
from matchmaker.editions.services import copy_edition, create_from
from matchmaker.editions.templates import TEMPLATES
from matchmaker.events.access import creator
from matchmaker.events.models import Event
from matchmaker.events.queries import events_of
from matchmaker.forms import outcome
from matchmaker.languages import pick

bp = Blueprint("editions", __name__)


@bp.route("/organise/new/from", methods=["GET", "POST"])
@creator
def new() -> ResponseReturnValue:
    form = EditionForm()
    events = {event.id: event for event in events_of(db.session, g.account.id)}
    form.offer(_sources(events))
    if form.validate_on_submit() and (event := outcome(form, lambda: _make(form, events))):
        flash(_("The event is there. Look through its set-up, then open it to people."))
        return redirect(url_for("home.overview", event_id=event.id))
    return render_template("editions/new.html", form=form, templates=TEMPLATES, prefix=TEMPLATE)


def _sources(events: dict[str, Event]) -> list[tuple[str, str]]:
    language = current_language()
    templates = [(TEMPLATE + name, str(row.title)) for name, row in TEMPLATES.items()]
    return templates + [(EDITION + row.id, pick(row.names, language)) for row in events.values()]


def _make(form: EditionForm, events: dict[str, Event]) -> Event:
    """Only what the form has offered gets here."""
    own = {
        "names": form.texts(),
        "slug": form.data["slug"],
        "first_day": form.data["first_day"],
    }
    source: str = form.data["source"]
    if source.startswith(TEMPLATE):
        return create_from(db.session, g.account, TEMPLATES[source.removeprefix(TEMPLATE)], **own)
    return copy_edition(db.session, g.account, events[source.removeprefix(EDITION)], **own)
