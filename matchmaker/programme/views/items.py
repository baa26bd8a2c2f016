"""The set-up of the programme."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.queries import sessions_of, zones_of
from matchmaker.events.views.answers import agreed, answer_agreed_removal
from matchmaker.forms import options
from matchmaker.languages import pick
from matchmaker.participation.queries import type_choices, type_names
from matchmaker.programme.forms import ItemForm
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.queries import (
    cancelled_items,
    count_signups,
    items_of,
    types_by_item,
)
from matchmaker.programme.services import add_item, change_item, remove_item
from matchmaker.programme.views.blueprint import bp, item_or_404
from matchmaker.programme.words import zone_names

HOME = "/organise/<event_id>/set-up/programme"


@bp.route(HOME)
@organiser
def index(event_id: str) -> ResponseReturnValue:
    return render_template(
        "programme/index.html",
        items=items_of(db.session, event_id),
        cancelled=cancelled_items(db.session, event_id),
        counts=count_signups(db.session, event_id),
        types=types_by_item(db.session, event_id),
        type_names=type_names(db.session, event_id),
        zones=zone_names(db.session, event_id),
    )


@bp.route(f"{HOME}/new", methods=["GET", "POST"])
@organiser
def new(event_id: str) -> ResponseReturnValue:
    form = _form(None)
    if form.validate_on_submit() and agreed(
        form, lambda: add_item(db.session, g.event, **form.details())
    ):
        flash(_("The programme item is there."))
        return _home()
    return render_template("programme/item.html", form=form, item=None)


@bp.route(f"{HOME}/<item_id>", methods=["GET", "POST"])
@organiser
def edit(event_id: str, item_id: str) -> ResponseReturnValue:
    item = item_or_404(item_id)
    form = _form(item)
    if form.validate_on_submit() and agreed(
        form,
        lambda: change_item(db.session, g.event, item, tells=form.tells.data, **form.details()),
    ):
        flash(_("Saved."))
        return _home()
    return render_template("programme/item.html", form=form, item=item)


@bp.route(f"{HOME}/<item_id>/remove", methods=["POST"])
@organiser
def drop(event_id: str, item_id: str) -> ResponseReturnValue:
    item = item_or_404(item_id)
    return answer_agreed_removal(
        lambda: remove_item(db.session, g.event, item),
        _("The programme item is removed."),
        "programme.index",
    )


def _form(item: ProgrammeItem | None) -> ItemForm:
    form = ItemForm(obj=item, **(_stored(item) if item else _proposed()))
    language = current_language()
    zones = zones_of(db.session, g.event.id)
    form.zone_id.choices = options([("", "—"), *((z.id, pick(z.names, language)) for z in zones)])
    form.types.choices = options(type_choices(db.session, g.event.id, language))
    if item is not None:
        form.show_texts("name", item.titles)
        form.show_texts("about", item.abouts)
        form.show_texts("venue", item.venue)
    return form


def _stored(item: ProgrammeItem) -> dict[str, object]:
    return {
        "day": item.starts_at.date(),
        "starts": item.starts_at.time(),
        "ends": item.ends_at.time(),
        "types": sorted(types_by_item(db.session, item.event_id).get(item.id, ())),
    }


def _proposed() -> dict[str, object]:
    """On the first day."""
    sessions = sessions_of(db.session, g.event.id)
    return {"day": sessions[0].day} if sessions else {}


def _home() -> ResponseReturnValue:
    return redirect(url_for(".index", event_id=g.event.id))
