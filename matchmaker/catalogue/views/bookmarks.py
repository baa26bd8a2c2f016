"""The button that bookmarks somebody."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.catalogue.queries import bookmarks_of
from matchmaker.catalogue.services import set_bookmark
from matchmaker.catalogue.views.blueprint import bp
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.participants.access import participant
from matchmaker.participants.filters import kept
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_cards


@bp.app_template_global("is_bookmarked")
def is_bookmarked(participant_id: str) -> bool:
    return participant_id in bookmarks_of(db.session, g.me)


@bp.route("/events/<slug>/me/people/<participant_id>/bookmark", methods=["POST"])
@participant
def bookmark(slug: str, participant_id: str) -> ResponseReturnValue:
    """Somebody who is shown; taken away also from who is not shown any more."""
    other = db.session.get(Participant, (g.event.id, participant_id)) or abort(404)
    keep = request.form.get("keep") == "yes"
    if keep and (other.id == g.me.id or not find_cards(db.session, g.event.id, [other.id])):
        abort(404)
    try:
        set_bookmark(db.session, g.me, other, keep=keep)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(_back(slug, participant_id))


def _back(slug: str, participant_id: str) -> str:
    page = request.args.get("on")
    if page == "person":
        return url_for("wishes.person", slug=slug, participant_id=participant_id)
    if page == "suggestions":
        return url_for("suggestions.index", slug=slug, _anchor=participant_id)
    return url_for("catalogue.people", slug=slug, _anchor=participant_id, **kept(request.args))
