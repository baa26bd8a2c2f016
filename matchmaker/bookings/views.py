"""Pages on which times are fixed, and the organiser's choice of who fixes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.bookings import consequences  # noqa: F401 - declares what it foresees
from matchmaker.bookings.forms import modes_form
from matchmaker.bookings.services import TimeTaken, book, offer_to
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.events.models import Place, Slot
from matchmaker.events.queries import sessions_of
from matchmaker.forms import kept
from matchmaker.participants.access import participant
from matchmaker.participants.forms import titled
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_cards
from matchmaker.schedules.modes import can_be_booked, mode_of, own_modes, set_modes
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.wishes.views.blueprint import turn_away

bp = Blueprint("bookings", __name__)


@bp.route("/events/<slug>/me/book/<participant_id>", methods=["GET", "POST"])
@participant
def choose(slug: str, participant_id: str) -> ResponseReturnValue:
    """The times in common with somebody, to choose one."""
    if away := turn_away():
        return away
    other = db.session.get(Participant, (g.event.id, participant_id))
    cards = find_cards(db.session, g.event.id, [participant_id])
    if other is None or not cards or other.id == g.me.id or not can_be_booked(db.session, g.event):
        abort(404)
    taken = False
    if request.method == "POST":
        try:
            book(db.session, g.event, g.me, other, request.form.get("slot", ""))
            db.session.commit()
            flash(_("The meeting is fixed. It stands in your agenda."))
            return redirect(url_for(".choose", slug=slug, participant_id=participant_id))
        except Refusal as refusal:
            db.session.rollback()
            flash(str(refusal), "error")
            taken = isinstance(refusal, TimeTaken)
            if not taken:
                return redirect(url_for("wishes.mine", slug=slug))
    offer = offer_to(db.session, g.event, g.me, other)
    page = render_template(
        "bookings/choose.html", card=cards[0], offer=offer, days=_by_day(offer.ways)
    )
    return page, 409 if taken else 200


def _by_day(ways: Any) -> list[tuple[datetime, list[tuple[str, Slot, str]]]]:
    """The times as the page shows them: by day, with the place."""
    slots = {row["slot"]: db.session.get_one(Slot, (g.event.id, row["slot"])) for row in ways}
    days: dict[Any, list[tuple[str, Slot, str]]] = {}
    for row in sorted(ways, key=lambda row: slots[row["slot"]].starts_at):
        place = db.session.get(Place, (g.event.id, row["place"])) if row["place"] else None
        slot = slots[row["slot"]]
        days.setdefault(slot.starts_at.date(), []).append(
            (slot.id, slot, place.code if place else "")
        )
    return list(days.items())


@bp.app_template_global("fixed_times")
def fixed_times() -> dict[str, datetime] | None:
    """When I meet whom already; None where participants fix no times."""
    if not can_be_booked(db.session, g.event):
        return None
    version = published_version(db.session, g.event.id)
    meetings = meetings_of(db.session, version, g.me.id) if version else []
    return {person: row.starts_at for row in meetings for person in row.people}


@bp.route("/organise/<event_id>/set-up/times", methods=["GET", "POST"])
@organiser
def modes(event_id: str) -> ResponseReturnValue:
    sessions = [
        (row.id, titled(row, current_language())) for row in sessions_of(db.session, event_id)
    ]
    form = modes_form(sessions, mode_of(db.session, g.event), own_modes(db.session, g.event))
    if form.validate_on_submit() and kept(
        form, lambda: set_modes(db.session, g.event, form.mode.data, form.own())
    ):
        flash(_("Saved."))
        return redirect(url_for(".modes", event_id=event_id))
    return render_template("bookings/modes.html", form=form)
