"""Pages of one version: the board, the people, what is not placed; and a participant's own."""

from __future__ import annotations

from collections import Counter

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.participants.access import participant
from matchmaker.schedules.blueprint import HOME, bp, version_or_404
from matchmaker.schedules.board import make_board
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.schedules.unplaced import unplaced_for, unplaced_of


@bp.route(HOME + "versions/<version_id>/board")
@organiser
def board(event_id: str, version_id: str) -> ResponseReturnValue:
    shown = version_or_404(version_id)
    page = request.args.get("page", 1, type=int)
    return render_template(
        "schedules/board.html",
        version=shown,
        board=make_board(db.session, shown, request.args.get("day"), page),
        names=Names(db.session, event_id),
    )


@bp.route(HOME + "versions/<version_id>/people/")
@organiser
def people(event_id: str, version_id: str) -> ResponseReturnValue:
    """How many meetings everybody has."""
    shown, names = version_or_404(version_id), Names(db.session, event_id)
    counts = Counter(
        person for meeting in meetings_of(db.session, shown) for person in meeting.people
    )
    wanted = Counter(
        person for row in unplaced_of(db.session, shown, names) for person in row.people
    )
    listed = {who.id for who in names.people.values() if who.state == "validated"} | set(counts)
    return render_template(
        "schedules/people.html",
        version=shown,
        rows=sorted(listed, key=lambda person: (counts[person], names.person(person))),
        counts=counts,
        wanted=wanted,
        names=names,
    )


@bp.route(HOME + "versions/<version_id>/people/<participant_id>")
@organiser
def person(event_id: str, version_id: str, participant_id: str) -> ResponseReturnValue:
    """One person's meetings, and those that were not placed."""
    shown, names = version_or_404(version_id), Names(db.session, event_id)
    if participant_id not in names.people:
        abort(404)
    missing = unplaced_of(db.session, shown, names)
    return render_template(
        "schedules/person.html",
        version=shown,
        who=names.people[participant_id],
        meetings=meetings_of(db.session, shown, participant_id),
        missing=[row for row in missing if participant_id in row.people],
        names=names,
    )


@bp.route(HOME + "versions/<version_id>/not-placed")
@organiser
def not_placed(event_id: str, version_id: str) -> ResponseReturnValue:
    shown, names = version_or_404(version_id), Names(db.session, event_id)
    return render_template(
        "schedules/not_placed.html",
        version=shown,
        missing=unplaced_of(db.session, shown, names),
        names=names,
    )


@bp.route("/events/<slug>/me/not-placed")
@participant
def my_not_placed(slug: str) -> ResponseReturnValue:
    """The participant's own wishes that the published schedule does not hold."""
    shown = published_version(db.session, g.event.id)
    return render_template(
        "schedules/my_not_placed.html",
        version=shown,
        missing=unplaced_for(db.session, shown, g.me) if shown else [],
    )
