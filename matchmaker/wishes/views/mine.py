"""My wishes, and the wishes for me."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.participants.access import participant
from matchmaker.wishes import services
from matchmaker.wishes.about import entries_about
from matchmaker.wishes.models import GRADES
from matchmaker.wishes.queries import grades_of, incoming_wishes, own_wishes
from matchmaker.wishes.views.blueprint import bp, turn_away


@bp.route("/events/<slug>/me/wishes")
@participant
def mine(slug: str) -> ResponseReturnValue:
    if away := turn_away():
        return away
    wishes = own_wishes(db.session, g.me)
    incoming = incoming_wishes(db.session, g.me)
    return render_template(
        "wishes/mine.html",
        groups={grade: [own for own in wishes if own.wish.grade == grade] for grade in GRADES},
        incoming=incoming,
        about=entries_about(
            db.session,
            g.event.id,
            [own.wish.id for own in wishes] + [item.wish.id for item in incoming],
        ),
        grades=grades_of(db.session, g.me),
        tops_left=max(0, g.event.top_limit - sum(own.wish.grade == "top" for own in wishes)),
    )


@bp.route("/events/<slug>/me/wishes/<wish_id>/answer", methods=["POST"])
@participant
def answer(slug: str, wish_id: str) -> ResponseReturnValue:
    """Accept or decline a wish for me."""
    try:
        accepts = request.form.get("answer") == "accept"
        services.answer(db.session, g.event, g.me, wish_id, accepts=accepts)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".mine", slug=slug, _anchor="incoming"))
