"""Zones of the venue, and walking between them."""

from __future__ import annotations

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.forms import ZoneForm, zone_form
from matchmaker.events.models import Zone
from matchmaker.events.queries import walks_of, zones_of
from matchmaker.events.services import add_zone, remove_zone, rename_zone, set_walk
from matchmaker.events.views.answers import agreed, answer_removal, bp, own_or_404, to
from matchmaker.forms import kept
from matchmaker.languages import pick


@bp.route("/organise/<event_id>/set-up/zones/new", methods=["GET", "POST"])
@organiser
def new_zone(event_id: str) -> ResponseReturnValue:
    form = _form_beside(None)
    if form.validate_on_submit() and kept(form, lambda: _keep(form, None)):
        flash(_("The zone is there."))
        return to("places")
    return render_template("events/zone.html", form=form, zone=None)


@bp.route("/organise/<event_id>/set-up/zones/<zone_id>", methods=["GET", "POST"])
@organiser
def edit_zone(event_id: str, zone_id: str) -> ResponseReturnValue:
    zone = own_or_404(Zone, zone_id)
    form = _form_beside(zone)
    form.show_texts("name", zone.names)
    if form.validate_on_submit() and agreed(form, lambda: _keep(form, zone)):
        flash(_("Saved."))
        return to("places")
    return render_template("events/zone.html", form=form, zone=zone)


@bp.route("/organise/<event_id>/set-up/zones/<zone_id>/remove", methods=["POST"])
@organiser
def drop_zone(event_id: str, zone_id: str) -> ResponseReturnValue:
    zone = own_or_404(Zone, zone_id)
    return answer_removal(
        lambda: remove_zone(db.session, zone), _("The zone is removed."), "places"
    )


def _form_beside(zone: Zone | None) -> ZoneForm:
    """The form with a field for each other zone, filled with the minutes that are known."""
    others = [other for other in zones_of(db.session, g.event.id) if other is not zone]
    known = walks_of(db.session, g.event.id) if zone else {}
    minutes = {
        f"walk_{other.id}": known.get(frozenset((zone.id, other.id))) for other in others if zone
    }
    language = current_language()
    return zone_form((other.id, pick(other.names, language)) for other in others)(**minutes)


def _keep(form: ZoneForm, zone: Zone | None) -> None:
    if zone is None:
        zone = add_zone(db.session, g.event, names=form.texts())
    else:
        rename_zone(db.session, zone, form.texts())
    for field in form:
        if field.name.startswith("walk_") and field.data is not None:
            other = field.name.removeprefix("walk_")
            set_walk(db.session, g.event, zone.id, other, field.data)
