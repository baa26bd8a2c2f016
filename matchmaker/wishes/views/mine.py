"""My wishes, their order, and the wishes for me."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.participants.access import participant
from matchmaker.wishes import ordering, services
from matchmaker.wishes.about import entries_about
from matchmaker.wishes.fitting import fit_of
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
        gone=sum(own.wish.grade != "never" and not own.is_hoped_for for own in wishes),
        about=entries_about(
            db.session,
            g.event.id,
            [own.wish.id for own in wishes] + [item.wish.id for item in incoming],
        ),
        grades=grades_of(db.session, g.me),
        fit=fit_of(db.session, g.me, [own.wish for own in wishes if own.is_hoped_for]),
        tops_left=max(0, g.event.top_limit - sum(own.wish.grade == "top" for own in wishes)),
    )


@bp.route("/events/<slug>/me/wishes/order", methods=["POST"])
@participant
def order(slug: str) -> ResponseReturnValue:
    """The wishes of a grade as they were dragged; or one of them moved by its button."""
    asked = request.form
    way = "up" if "up" in asked else "down"
    try:
        if moved := asked.get(way):
            ordering.move(db.session, g.event, g.me, moved, up=way == "up")
            return redirect(url_for(".mine", slug=slug, _anchor=f"{way}-{moved}"))
        ids = asked.getlist("wish")
        ordering.put_in_order(db.session, g.event, g.me, asked.get("grade", ""), ids)
    except Refusal as refusal:
        db.session.rollback()
        if way not in asked:
            return {"sentence": str(refusal)}, 409
        flash(str(refusal), "error")
        return redirect(url_for(".mine", slug=slug))
    return "", 204


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
