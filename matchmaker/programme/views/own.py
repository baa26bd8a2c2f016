"""The programme as everybody sees it, and what somebody signs up for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.models import Slot
from matchmaker.events.queries import sessions_of, slots_of
from matchmaker.participants.access import participant
from matchmaker.participants.foresight import losing
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.outlook import outlooks
from matchmaker.programme.queries import items_of, overlap
from matchmaker.programme.signing import leave, sign_up
from matchmaker.programme.views.blueprint import bp, item_or_404
from matchmaker.programme.words import zone_names

MINE = "/events/<slug>/me/programme"


@bp.app_template_global("programme_days")
def programme_days() -> list[tuple[Any, list[Any]]]:
    """Sessions and items of the event by day and time, as the public page shows them."""
    rows: list[Any] = [
        *({"day": row.day, "starts": row.starts, "ends": row.ends, "session": row}
          for row in sessions_of(db.session, g.event.id)),
        *({"day": row.starts_at.date(), "starts": row.starts_at.time(),
           "ends": row.ends_at.time(), "item": row}
          for row in items_of(db.session, g.event.id)),
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["day"], row["starts"], row["ends"]))
    return [(day, list(of_day)) for day, of_day in groupby(rows, lambda row: row["day"])]


@bp.app_template_global("has_programme")
def has_programme() -> bool:
    return bool(items_of(db.session, g.event.id))


@bp.app_template_global("zones_by_id")
def zones_by_id() -> dict[Any, Any]:
    return zone_names(db.session, g.event.id)


@bp.route(MINE)
@participant
def mine(slug: str) -> ResponseReturnValue:
    """All items, with what can be done about each, and what is at the same time."""
    found = outlooks(db.session, g.event, g.me)
    days = [
        (day, list(rows)) for day, rows in groupby(found, lambda row: row.item.starts_at.date())
    ]
    return render_template("programme/mine.html", days=days, zones=zones_by_id())


@bp.route(f"{MINE}/<item_id>", methods=["POST"])
@participant
def join(slug: str, item_id: str) -> ResponseReturnValue:
    """What it would mean is asked first."""
    item = item_or_404(item_id)
    foreseen = [] if request.form.get("sure") == "yes" else _foreseen(item)
    if foreseen:
        return render_template("programme/join.html", item=item, foreseen=foreseen)
    said = {
        "attends": _("You are signed up. No meeting is placed for you then."),
        "waits": _("All places are taken: you wait for one. We write to you when you have it."),
    }
    return _done(lambda: str(said[sign_up(db.session, g.event, item.id, g.me)]))


@bp.route(f"{MINE}/<item_id>/leave", methods=["POST"])
@participant
def part(slug: str, item_id: str) -> ResponseReturnValue:
    item = item_or_404(item_id)

    def deed() -> str:
        leave(db.session, g.event, item.id, g.me)
        return str(_("You have left; your place is free for somebody else."))

    return _done(deed)


def _done(deed: Callable[[], str]) -> ResponseReturnValue:
    try:
        said = deed()
        db.session.commit()
        flash(said)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".mine", slug=g.event.slug))


def _foreseen(item: ProgrammeItem) -> list[str]:
    return losing(db.session, g.event, g.me, {slot.id for slot in _slots_during(item)})


def _slots_during(item: ProgrammeItem) -> list[Slot]:
    slots = slots_of(db.session, g.event.id)
    return [slot for slot in slots if overlap(item, slot.starts_at, slot.ends_at)]
