"""My wishes, their order, and the wishes for me."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.participants.access import participant
from matchmaker.wishes import answering, ordering
from matchmaker.wishes.about import entries_about
from matchmaker.wishes.fitting import fit_of
from matchmaker.wishes.models import GRADES
from matchmaker.wishes.obstacles import obstacles_to
from matchmaker.wishes.permission import requests_left
from matchmaker.wishes.queries import grades_of, incoming_wishes, own_wishes
from matchmaker.wishes.requests import count_waiting, remarks_on, standings_of
from matchmaker.wishes.views.blueprint import bp, turn_away


@bp.route("/events/<slug>/me/wishes")
@participant
def mine(slug: str) -> ResponseReturnValue:
    if away := turn_away():
        return away
    wishes = own_wishes(db.session, g.me)
    incoming = incoming_wishes(db.session, g.me)
    ids = [own.wish.id for own in wishes] + [item.wish.id for item in incoming]
    standings = standings_of(db.session, g.event, wishes, incoming)
    return render_template(
        "wishes/mine.html",
        groups={grade: [own for own in wishes if own.wish.grade == grade] for grade in GRADES},
        incoming=sorted(incoming, key=lambda item: standings[item.wish.id].state != "open"),
        standings=standings,
        remarks=remarks_on(db.session, g.me, ids),
        waiting=count_waiting(db.session, g.event, wishes, incoming),
        gone=sum(own.wish.grade != "never" and not own.is_hoped_for for own in wishes),
        about=entries_about(db.session, g.event.id, ids),
        grades=grades_of(db.session, g.me),
        obstacles=obstacles_to(
            db.session,
            g.event,
            g.me,
            {own.wish.to_id for own in wishes if own.card and own.wish.to_id},
        ),
        fit=fit_of(db.session, g.me, [own.wish for own in wishes if own.is_hoped_for]),
        requests_left=requests_left(db.session, g.event, g.me),
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
    accepts, reason = request.form.get("answer") == "accept", request.form.get("reason", "")

    def deed() -> str:
        answering.answer(
            db.session, g.event, g.me, wish_id, accepts=accepts, reason="" if accepts else reason
        )
        done = _("You have accepted this wish.") if accepts else _("You have declined this wish.")
        return str(done)

    return _done(deed, slug, f"wish-{wish_id}")


@bp.route("/events/<slug>/me/wishes/<wish_id>/remarks", methods=["POST"])
@participant
def remark(slug: str, wish_id: str) -> ResponseReturnValue:
    """A question about a wish, or an answer."""

    def deed() -> str:
        answering.remark(db.session, g.event, g.me, wish_id, request.form.get("text", ""))
        return str(_("Sent."))

    return _done(deed, slug, f"wish-{wish_id}")


@bp.route("/events/<slug>/me/wishes/<wish_id>/renew", methods=["POST"])
@participant
def renew(slug: str, wish_id: str) -> ResponseReturnValue:
    """Ask again."""

    def deed() -> str:
        answering.renew(db.session, g.event, g.me, wish_id)
        return str(_("You have asked again."))

    return _done(deed, slug, f"wish-{wish_id}")


def _done(deed: Callable[[], str], slug: str, anchor: str) -> ResponseReturnValue:
    """Do it and go back to where the button was; or say why not, at the top of the page."""
    try:
        flash(deed())
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for(".mine", slug=slug))
    return redirect(url_for(".mine", slug=slug, _anchor=anchor))
