"""Whose a stand is: shown with the places, and changed on the place's page."""

from __future__ import annotations

from collections.abc import Callable, Collection

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.events.models import Place
from matchmaker.forms import clean_text
from matchmaker.participants.models import Participant
from matchmaker.participants.owners import Given, give_place, owners_at, take_place
from matchmaker.participants.queries import Line
from matchmaker.participants.services import OWN_PLACES
from matchmaker.participants.suggesting import suggestions
from matchmaker.participants.views.blueprint import bp

PLACE = "/organise/<event_id>/set-up/places/<place_id>/"


@bp.app_template_global("owners_at")
def owners_of_places(places: Collection[str]) -> dict[str, list[Line]]:
    return owners_at(db.session, g.event.id, places)


@bp.app_template_global("can_be_owned")
def can_be_owned(place: Place) -> bool:
    return place.kind in OWN_PLACES


@bp.app_template_global("suggested_people")
def suggested_people() -> tuple[list[tuple[str, str]], list[str]]:
    return suggestions(db.session, g.event.id)


@bp.route(PLACE + "give", methods=["POST"])
@organiser
def give(event_id: str, place_id: str) -> ResponseReturnValue:
    place = _own_or_404(place_id)
    named = clean_text(request.form.get("whose", ""))
    return _answer(place, lambda: _said(place, give_place(db.session, g.event, place, named)))


@bp.route(PLACE + "take/<participant_id>", methods=["POST"])
@organiser
def take(event_id: str, place_id: str, participant_id: str) -> ResponseReturnValue:
    place = _own_or_404(place_id)
    person = db.session.get(Participant, (event_id, participant_id)) or abort(404)

    def deed() -> str:
        take_place(db.session, place, person)
        said = _("%(name)s does not stay at %(code)s.", name=person.shown_name, code=place.code)
        return str(said)

    return _answer(place, deed)


def _answer(place: Place, deed: Callable[[], str]) -> ResponseReturnValue:
    back = url_for("events.edit_place", event_id=g.event.id, place_id=place.id, _anchor="whose")
    try:
        done = deed()
        db.session.commit()
        flash(done)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(back)


def _said(place: Place, given: Given) -> str:
    if not given.people:
        return str(_("So it is already."))
    said = ngettext(
        "%(num)s person stays at %(code)s now.",
        "%(num)s people stay at %(code)s now.",
        given.people,
        code=place.code,
    )
    if given.left:
        said += " " + _("Before, they stayed at: %(codes)s.", codes=", ".join(given.left))
    return str(said)


def _own_or_404(place_id: str) -> Place:
    return db.session.get(Place, (g.event.id, place_id)) or abort(404)
