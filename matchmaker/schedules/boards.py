"""Pages of one version: the board, the people, what is not placed; and a participant's own."""

from __future__ import annotations

from collections.abc import Collection

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import db
from matchmaker.events.access import desk
from matchmaker.paging import Page, asked_page
from matchmaker.participants.access import participant
from matchmaker.schedules.amending import AMENDED
from matchmaker.schedules.blueprint import HOME, bp, version_or_404
from matchmaker.schedules.board import Boards
from matchmaker.schedules.cells import CellWriter
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import count_meetings, meetings_of, published_version
from matchmaker.schedules.unplaced import (
    count_missing,
    count_unplaced,
    count_wishes,
    unplaced_for,
    unplaced_ids,
    unplaced_of,
    unplaced_with,
)


@bp.route(HOME + "versions/<version_id>/board")
@desk
def board(event_id: str, version_id: str) -> ResponseReturnValue:
    """One day, some places at a time."""
    shown = version_or_404(version_id)
    boards = Boards(db.session, shown)
    drawn = boards.draw(request.args.get("day"), asked_page())
    return render_template(
        "schedules/board.html",
        version=shown,
        days=boards.days,
        board=drawn,
        cells=_cells_of(shown, drawn.people if drawn else ()),
    )


@bp.route(HOME + "versions/<version_id>/board/whole")
@desk
def whole_board(event_id: str, version_id: str) -> ResponseReturnValue:
    """All days and places, for the printer."""
    shown = version_or_404(version_id)
    return render_template(
        "schedules/whole_board.html",
        version=shown,
        boards=Boards(db.session, shown).draw_all(),
        cells=_cells_of(shown),
    )


def _cells_of(version: Version, people: Collection[str] | None = None) -> CellWriter:
    home = url_for("schedules.people", event_id=version.event_id, version_id=version.id)
    return CellWriter(Names(db.session, version.event_id, people), lambda person: home + person)


@bp.route(HOME + "versions/<version_id>/people/")
@desk
def people(event_id: str, version_id: str) -> ResponseReturnValue:
    """How many meetings everybody has, those with the fewest first."""
    shown, names = version_or_404(version_id), Names(db.session, event_id)
    counts = count_meetings(db.session, shown)
    listed = {who.id for who in names.people.values() if who.state == "validated"} | set(counts)
    order = sorted(listed, key=lambda person: (counts[person], names.person(person)))
    return render_template(
        "schedules/people.html",
        version=shown,
        page=Page.of(order, asked_page()),
        page_url=lambda number: url_for(
            ".people", event_id=event_id, version_id=version_id, page=number
        ),
        counts=counts,
        wanted=count_missing(db.session, shown),
        names=names,
    )


@bp.route(HOME + "versions/<version_id>/people/<participant_id>")
@desk
def person(event_id: str, version_id: str, participant_id: str) -> ResponseReturnValue:
    """One person's meetings, and those that were not placed."""
    shown, names = version_or_404(version_id), Names(db.session, event_id)
    if participant_id not in names.people:
        abort(404)
    missing = unplaced_with(db.session, shown, participant_id)
    return render_template(
        "schedules/person.html",
        version=shown,
        who=names.people[participant_id],
        meetings=meetings_of(db.session, shown, participant_id),
        missing=unplaced_of(db.session, shown, names, missing),
        names=names,
    )


@bp.route(HOME + "versions/<version_id>/not-placed")
@desk
def not_placed(event_id: str, version_id: str) -> ResponseReturnValue:
    shown, names = version_or_404(version_id), Names(db.session, event_id)
    page = Page.between(
        asked_page(),
        count_unplaced(db.session, shown),
        lambda offset, limit: unplaced_ids(db.session, shown, offset, limit),
    )
    return render_template(
        "schedules/not_placed.html",
        version=shown,
        page=page.filled(lambda ids: unplaced_of(db.session, shown, names, ids)),
        page_url=lambda number: url_for(
            ".not_placed", event_id=event_id, version_id=version_id, page=number
        ),
        names=names,
    )


@bp.route("/events/<slug>/me/not-placed")
@participant
def my_not_placed(slug: str) -> ResponseReturnValue:
    """The participant's own wishes that the published schedule does not hold."""
    shown = published_version(db.session, g.event.id)
    if shown is not None and shown.status == AMENDED and shown.run_id is None:
        shown = None  # only what participants booked: no run has placed anything yet
    return render_template(
        "schedules/my_not_placed.html",
        version=shown,
        wishes=count_wishes(db.session, g.me),
        missing=unplaced_for(db.session, shown, g.me) if shown else [],
    )
