"""The organiser's side: every wish, entered and removed; and the meetings that follow."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.database import db
from matchmaker.events.access import helper, staff
from matchmaker.forms import Form, kept, outcome
from matchmaker.paging import Page, asked_page
from matchmaker.participants.queries import find_lines
from matchmaker.participants.suggesting import suggestions
from matchmaker.wishes.about import entries_about
from matchmaker.wishes.entering import enter_named, names_of
from matchmaker.wishes.forms import WishForm
from matchmaker.wishes.meetings import ProposedMeeting
from matchmaker.wishes.models import Wish
from matchmaker.wishes.proposals import proposal_of
from matchmaker.wishes.queries import find_wishes
from matchmaker.wishes.services import remove_wish
from matchmaker.wishes.silence import remind_silent, silent_people
from matchmaker.wishes.views.blueprint import bp


@bp.route("/organise/<event_id>/wishes")
@helper
def index(event_id: str) -> ResponseReturnValue:
    q, grade = request.args.get("q", ""), request.args.get("grade", "")
    found = find_wishes(db.session, event_id, q=q, grade=grade)
    page = Page.between(asked_page(), found.count(), found.lines)
    return render_template(
        "wishes/index.html",
        page=page,
        about=entries_about(db.session, event_id, [row.id for row in page.rows]),
        page_url=lambda number: url_for(
            ".index", event_id=event_id, q=q or None, grade=grade or None, page=number
        ),
        q=q,
        grade=grade,
    )


@bp.route("/organise/<event_id>/wishes/new", methods=["GET", "POST"])
@helper
def new(event_id: str) -> ResponseReturnValue:
    form = WishForm()
    if form.validate_on_submit() and kept(
        form, lambda: enter_named(db.session, g.event, form.entry())
    ):
        flash(_("Added."))
        return redirect(url_for(".new", event_id=event_id))
    known = suggestions(db.session, event_id)
    return render_template("wishes/new.html", form=form, suggestions=known)


@bp.route("/organise/<event_id>/wishes/<wish_id>/remove", methods=["POST"])
@helper
def remove(event_id: str, wish_id: str) -> ResponseReturnValue:
    remove_wish(db.session, db.session.get(Wish, (event_id, wish_id)) or abort(404))
    flash(_("Removed."))
    return redirect(url_for(".index", event_id=event_id))


@bp.route("/organise/<event_id>/wishes/meetings")
@helper
def meetings(event_id: str) -> ResponseReturnValue:
    """What the solver will be asked to place, and what not and why."""
    proposal = proposal_of(db.session, g.event)
    left = request.args.get("list") == "left"
    page = Page.of(proposal.left_out if left else proposal.meetings, asked_page())
    return render_template(
        "wishes/meetings.html",
        proposal=proposal,
        page=page,
        page_url=lambda number: url_for(
            ".meetings", event_id=event_id, list="left" if left else None, page=number
        ),
        left=left,
        names=names_of(db.session, event_id, _named_in(page)),
    )


def _named_in(page: Page) -> set[str]:
    """Whose names the page shows: people, and organisations where nobody could come."""
    meetings = [row for row in page.rows if isinstance(row, ProposedMeeting)]
    there = {person for meeting in meetings for side in meeting.sides for person in side}
    return there | {part for row in page.rows for part in row.id.split("~")}


@bp.route("/organise/<event_id>/wishes/without", methods=["GET", "POST"])
@staff("organiser", reads="helper")
def without(event_id: str) -> ResponseReturnValue:
    """Who has wished for nobody yet; pressed, exactly these are written to."""
    form = Form()
    if form.validate_on_submit():
        count = outcome(form, lambda: remind_silent(db.session, g.event))
        if count is not None:
            flash(
                ngettext("%(num)s person is written to.", "%(num)s people are written to.", count)
            )
            return redirect(url_for(".without", event_id=event_id))
    page = Page.of(silent_people(db.session, event_id), asked_page())
    return render_template(
        "wishes/without.html",
        form=form,
        page=page.filled(lambda ids: find_lines(db.session, event_id, ids)),
        page_url=lambda number: url_for(".without", event_id=event_id, page=number),
    )
