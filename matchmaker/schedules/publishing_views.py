"""Pages of what changes: two versions side by side, and what a publication does, before it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import helper, organiser
from matchmaker.events.queries import sessions_of
from matchmaker.paging import PAGE, Page, asked_page
from matchmaker.schedules.blueprint import HOME, bp, version_or_404
from matchmaker.schedules.differences import KINDS, Differences
from matchmaker.schedules.forms import PublicationForm
from matchmaker.schedules.joining import join
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.notices import reachable
from matchmaker.schedules.obstacles import gone_from
from matchmaker.schedules.publishing import (
    last_told,
    last_written_about,
    publish,
    revision_of,
    unpublish,
)
from matchmaker.schedules.queries import published_version
from matchmaker.schedules.versions import proof_of, size_of

PEOPLE = 20  # on a page, each with several meetings
VERSION = HOME + "versions/<version_id>/"


@bp.route(VERSION + "compare/<other_id>")
@helper
def differences(event_id: str, version_id: str, other_id: str) -> ResponseReturnValue:
    """What this version has otherwise than another one: by meeting, or by person."""
    shown, other = version_or_404(version_id), version_or_404(other_id)
    found = Differences(db.session, other, shown)
    view, names = request.args.get("view", ""), Names(db.session, event_id)
    rows = sorted(found.people, key=names.person) if view == "people" else found.of_kind(view)
    fetch, size = (found.by_person, PEOPLE) if view == "people" else (found.rows, PAGE)
    here: dict[str, Any] = {"event_id": event_id, "version_id": version_id, "other_id": other_id}
    return render_template(
        "schedules/differences.html",
        version=shown,
        other=other,
        found=found,
        view=view,
        kinds=KINDS,
        page=Page.of(rows, asked_page(), size).filled(fetch),
        page_url=lambda number: url_for(".differences", **here, view=view or None, page=number),
        names=names,
    )


@bp.route(VERSION + "publish", methods=["GET", "POST"])
@organiser
def publish_version(event_id: str, version_id: str) -> ResponseReturnValue:
    """What it changes for whom; then do it, to be looked at or for good."""
    shown = version_or_404(version_id)
    if request.method == "GET":
        return _preview(shown)
    preliminary = request.form.get("mode") == "preliminary"

    def decide(seen: int) -> str:
        number = publish(db.session, g.event, shown, seen=seen, preliminary=preliminary).number
        if preliminary:
            text = _("Published as version %(number)s, preliminary: nobody is written to.",
                     number=number)  # fmt: skip
            return str(text)
        return str(_("Published as version %(number)s.", number=number))

    here = url_for(".publish_version", event_id=event_id, version_id=version_id)
    return _decide(decide, refused=here)


@bp.route(VERSION + "part", methods=["POST"])
@organiser
def join_part(event_id: str, version_id: str) -> ResponseReturnValue:
    """A version of the sessions chosen and the published rest, to be published next."""
    shown = version_or_404(version_id)
    try:
        shown = join(db.session, g.event, shown, request.form.getlist("sessions"))
        flash(_("This is the version with the sessions you chose. Nothing is published yet."))
    except Refusal as refusal:
        flash(str(refusal), "error")
    return redirect(url_for(".publish_version", event_id=event_id, version_id=shown.id))


@bp.route(HOME + "unpublish", methods=["POST"])
@organiser
def unpublish_version(event_id: str) -> ResponseReturnValue:
    def decide(seen: int) -> str:
        unpublish(db.session, g.event, seen=seen)
        return str(_("Participants see no schedule any more."))

    return _decide(decide, refused=url_for(".index", event_id=event_id))


def publication_form() -> PublicationForm:
    form = PublicationForm(formdata=None)
    form.seen.data = str(revision_of(db.session, g.event.id))
    return form


def _preview(shown: Version) -> ResponseReturnValue:
    told = last_written_about(db.session, g.event.id)
    latest = last_told(db.session, g.event.id)
    found = Differences(db.session, told, shown)
    gone = gone_from(db.session, shown)
    names = Names(db.session, g.event.id)
    here: dict[str, Any] = {"event_id": g.event.id, "version_id": shown.id}
    return render_template(
        "schedules/publish.html",
        version=shown,
        proof=proof_of(shown, size_of(db.session, shown)),
        told=told,
        waiting=latest if latest != told else None,
        published=published_version(db.session, g.event.id),
        found=found,
        kinds=KINDS,
        reached=reachable(db.session, g.event.id, found.people),
        gone=[names.person(person) for person in gone],
        page=Page.of(sorted(found.people, key=names.person), asked_page(), PEOPLE).filled(
            found.by_person
        ),
        page_url=lambda number: url_for(".publish_version", **here, page=number),
        sessions=sessions_of(db.session, g.event.id),
        publication=publication_form(),
        names=names,
    )


def _decide(decide: Callable[[int], str], *, refused: str) -> ResponseReturnValue:
    """Move the publication from the revision that the organiser has seen; say how it went."""
    form = PublicationForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        flash(decide(form.revision))
    except Refusal as refusal:
        flash(str(refusal), "error")
        return redirect(refused)
    return redirect(url_for("schedules.index", event_id=g.event.id))
