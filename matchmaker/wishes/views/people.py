"""The buttons that grade people and organisations."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.organisations.models import Organisation
from matchmaker.participants.access import participant
from matchmaker.participants.filters import kept
from matchmaker.participants.models import Participant
from matchmaker.wishes import services
from matchmaker.wishes.obstacles import obstacle_to_house, obstacles_to
from matchmaker.wishes.permission import requests_left
from matchmaker.wishes.queries import grades_of
from matchmaker.wishes.views.blueprint import bp


@bp.route("/events/<slug>/me/people/<participant_id>", methods=["POST"])
@participant
def grade(slug: str, participant_id: str) -> ResponseReturnValue:
    """Grade a person who is shown, or one whom I have graded before."""
    wished = db.session.get(Participant, (g.event.id, participant_id))
    if wished is None or not (_is_shown(wished) or participant_id in grades_of(db.session, g.me)):
        abort(404)
    return _carry_out(services.grade, wished)


@bp.route("/events/<slug>/me/organisations/<organisation_id>", methods=["POST"])
@participant
def grade_organisation(slug: str, organisation_id: str) -> ResponseReturnValue:
    organisation = db.session.get(Organisation, (g.event.id, organisation_id)) or abort(404)
    return _carry_out(services.wish_organisation, organisation)


def _carry_out(deed: Any, wished: Participant | Organisation) -> ResponseReturnValue:
    """Answers with the page on which the button was; a script gets what has changed of it."""
    refused = ""
    try:
        deed(
            db.session,
            g.event,
            g.me,
            wished,
            request.form.get("grade") or None,
            request.form.get("message"),
        )
    except Refusal as refusal:
        db.session.rollback()
        refused = str(refusal)
    if request.form.get("part") == "grades":
        return _changed(wished, refused)
    if refused:
        flash(refused, "error")
    elif "message" in request.form:
        flash(_("Your message is saved."))
    house = wished.id if isinstance(wished, Organisation) else wished.organisation_id
    return redirect(_back(g.event.slug, wished.id, house))


def _changed(wished: Participant | Organisation, refusal: str) -> str:
    grades = grades_of(db.session, g.me)
    obstacle = (
        obstacle_to_house(db.session, g.event, g.me, wished.id)
        if isinstance(wished, Organisation)
        else obstacles_to(db.session, g.event, g.me, [wished.id]).get(wished.id)
    )
    return render_template(
        "wishes/_graded.html",
        url=request.full_path.rstrip("?"),
        current=grades.get(wished.id),
        obstacle=obstacle,
        refusal=refusal,
        message_url=url_for(".mine", slug=g.event.slug, _anchor=wished.id)
        if request.args.get("on") == "person"
        else "",
        requests_left=requests_left(db.session, g.event, g.me),
        tops_left=max(0, g.event.top_limit - list(grades.values()).count("top")),
    )


def _back(slug: str, anchor: str, organisation_id: str | None) -> str:
    """To the same place of the page on which the button was."""
    page = request.args.get("on")
    if page == "mine":
        return url_for(".mine", slug=slug, _anchor=anchor)
    if page == "person":
        return url_for(".person", slug=slug, participant_id=anchor)
    if page == "suggestions":
        return url_for("suggestions.index", slug=slug)
    if page == "organisation" and organisation_id:
        return url_for(".organisation", slug=slug, organisation_id=organisation_id, _anchor=anchor)
    return url_for("catalogue.people", slug=slug, _anchor=anchor, **kept(request.args))


def _is_shown(wished: Participant) -> bool:
    return wished.state == "validated" and wished.consent_version is not None
