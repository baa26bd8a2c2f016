"""Wishing to meet somebody about one of their entries."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.queries import shown_entries
from matchmaker.participants.access import participant
from matchmaker.wishes import services
from matchmaker.wishes.about import pointed_at
from matchmaker.wishes.views.blueprint import bp


@bp.route("/events/<slug>/me/marketplace/<entry_id>/wish", methods=["POST"])
@participant
def about(slug: str, entry_id: str) -> ResponseReturnValue:
    """Point my wish for its author at the entry; or, asked to, at nothing any more."""
    entry = db.session.get(Entry, (g.event.id, entry_id)) or abort(404)
    is_mine = entry.id in pointed_at(db.session, g.event.id, g.me.id)
    if not (is_mine or shown_entries(db.session, g.event.id, Entry.id == entry_id)):
        abort(404)
    try:
        if request.form.get("point") == "no":
            services.wish_about_nothing(db.session, g.event, g.me, entry)
        else:
            services.wish_about(db.session, g.event, g.me, entry)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    if request.args.get("on") == "mine":
        return redirect(url_for(".mine", slug=slug, _anchor=entry.author_id))
    return redirect(url_for(".person", slug=slug, participant_id=entry.author_id, _anchor=entry_id))
