"""Tables, stands, online rooms and quiet places."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.forms import PlaceForm, TablesForm
from matchmaker.events.models import Place
from matchmaker.events.queries import (
    closures_of,
    count_places,
    places_of,
    slots_by_session,
    walks_of,
    zones_of,
)
from matchmaker.events.services import (
    add_place,
    add_tables,
    change_place,
    close_place,
    remove_place,
    walking_slots,
)
from matchmaker.events.slots import choices_of
from matchmaker.events.views.answers import agreed, answer_agreed_removal, bp, own_or_404, to
from matchmaker.forms import kept, options, outcome
from matchmaker.languages import pick
from matchmaker.paging import Page, asked_page


@bp.route("/organise/<event_id>/set-up/places", methods=["GET", "POST"])
@organiser
def places(event_id: str) -> ResponseReturnValue:
    form = TablesForm()
    form.zone_id.choices = options(_zone_choices())
    if form.validate_on_submit() and kept(form, lambda: _add_tables(form)):
        flash(_("The tables are there."))
        return to("places")
    return render_template("events/places.html", form=form, **_what_stands())


def _add_tables(form: TablesForm) -> None:
    said = form.data
    add_tables(
        db.session,
        g.event,
        count=said["count"],
        prefix=said["prefix"],
        start=said["start"],
        zone_id=said["zone_id"] or None,
    )


def _what_stands() -> dict[str, Any]:
    page = Page.between(
        asked_page(),
        count_places(db.session, g.event.id),
        partial(places_of, db.session, g.event.id),
    )
    zones = zones_of(db.session, g.event.id)
    names = {zone.id: zone.names for zone in zones}
    walks = [
        (*(names[zone_id] for zone_id in sorted(pair)), minutes, _slots_lost(minutes))
        for pair, minutes in walks_of(db.session, g.event.id).items()
    ]
    return {
        "zones": zones,
        "zone_names": names,
        "walks": walks,
        "page": page,
        "page_url": lambda number: url_for(".places", event_id=g.event.id, page=number),
        "closed": closures_of(db.session, g.event.id, [place.id for place in page.rows]),
    }


def _slots_lost(minutes: int) -> int:
    return walking_slots(minutes, g.event.slot_minutes, g.event.changeover_minutes)


@bp.route("/organise/<event_id>/set-up/places/new", methods=["GET", "POST"])
@organiser
def new_place(event_id: str) -> ResponseReturnValue:
    form = _place_form(None)
    if form.validate_on_submit() and (place := outcome(form, lambda: _keep(form, None))):
        flash(_("The place is there."))
        if place.kind == "stand":  # whose it is comes next
            return to("edit_place", place_id=place.id)
        return to("places")
    return render_template("events/place.html", form=form, place=None)


@bp.route("/organise/<event_id>/set-up/places/<place_id>", methods=["GET", "POST"])
@organiser
def edit_place(event_id: str, place_id: str) -> ResponseReturnValue:
    place = own_or_404(Place, place_id)
    form = _place_form(place)
    form.show_texts("name", place.names)
    if form.validate_on_submit() and agreed(form, lambda: _keep(form, place)):
        flash(_("Saved."))
        return to("places")
    return render_template("events/place.html", form=form, place=place)


@bp.route("/organise/<event_id>/set-up/places/<place_id>/remove", methods=["POST"])
@organiser
def drop_place(event_id: str, place_id: str) -> ResponseReturnValue:
    place = own_or_404(Place, place_id)
    return answer_agreed_removal(
        lambda: remove_place(db.session, place), _("The place is removed."), "places"
    )


def _place_form(place: Place | None) -> PlaceForm:
    closed = (
        closures_of(db.session, g.event.id, [place.id]).get(place.id, set()) if place else set()
    )
    form = PlaceForm(obj=place, closed=sorted(closed))
    form.zone_id.choices = options(_zone_choices())
    form.closed.choices = options(choices_of(slots_by_session(db.session, g.event.id)))
    return form


def _keep(form: PlaceForm, place: Place | None) -> Place:
    said = form.data
    details = {
        **{name: said[name] for name in ("code", "kind", "capacity")},
        "names": form.texts(),
        "zone_id": said["zone_id"] or None,
    }
    if place is None:
        place = add_place(db.session, g.event, **details)
    else:
        change_place(db.session, place, **details)
    close_place(db.session, place, form.closed.data or [])
    return place


def _zone_choices() -> list[tuple[str, str]]:
    language = current_language()
    zones = [(zone.id, pick(zone.names, language)) for zone in zones_of(db.session, g.event.id)]
    return [("", _("no zone")), *zones]
