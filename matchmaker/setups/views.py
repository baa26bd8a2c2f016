"""The pages that take a set-up from a file: into an event, or as a new one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import creator, organiser
from matchmaker.events.models import Event
from matchmaker.setups.forms import FileForm, NewEventForm
from matchmaker.setups.naming import part_name
from matchmaker.setups.parts import FaultyFile
from matchmaker.setups.services import (
    create_from_file,
    packed,
    read_file,
    take_set_up,
    unpacked,
)
from matchmaker.spreadsheets.reading import Table

bp = Blueprint("setups", __name__)
SHOWN = 300


@bp.route("/organise/<event_id>/set-up/file", methods=["GET", "POST"])
@organiser
def take(event_id: str) -> ResponseReturnValue:
    """Upload; then what it would change; then, agreed to, saved."""
    form, shown = FileForm(), {}
    if form.validate_on_submit():
        try:
            shown = _looked_at(form)
            if shown.get("is_saved"):
                flash(_("The set-up is as in the file now."))
                return redirect(url_for(".take", event_id=event_id))
        except Refusal as refusal:
            db.session.rollback()
            _tell(form, refusal)
    return render_template("setups/take.html", form=form, part_name=part_name, most=SHOWN, **shown)


def _looked_at(form: FileForm) -> dict[str, Any]:
    """All is done to see what comes of it, and kept only where somebody has agreed to that."""
    tables = _tables(form)
    foreseen = take_set_up(db.session, g.event, tables)
    agreed = request.form.get("agreed", "")
    if agreed == foreseen.seal and foreseen.changes:
        db.session.commit()
        return {"is_saved": True}
    db.session.rollback()
    if agreed:
        flash(_("The event was changed since you looked. Look again, then save."), "error")
    return {"foreseen": foreseen, "said": packed(tables), "seal": foreseen.seal}


def _tables(form: FileForm) -> tuple[Table, ...]:
    """Of the file that comes; else of the one that was looked at."""
    content, name = form.content()
    kept = request.form.get("said", "")
    return unpacked(kept) if kept and not content else read_file(content, name)


@bp.route("/organise/new/from-file", methods=["GET", "POST"])
@creator
def new() -> ResponseReturnValue:
    form = NewEventForm()
    if form.validate_on_submit():
        try:
            event = _make(form)
            db.session.commit()
            flash(_("The event is there. Look through its set-up, then open it to people."))
            return redirect(url_for("home.overview", event_id=event.id))
        except Refusal as refusal:
            db.session.rollback()
            _tell(form, refusal)
    return render_template("setups/new.html", form=form)


def _make(form: NewEventForm) -> Event:
    return create_from_file(
        db.session,
        g.account,
        read_file(*form.content()),
        names=form.texts(),
        slug=form.data["slug"] or "",
        first_day=form.data["first_day"],
    )


def _tell(form: FileForm, refusal: Refusal) -> None:
    for sentence in refusal.faults if isinstance(refusal, FaultyFile) else [str(refusal)]:
        form.refuse(sentence)
