"""The board of a draft: looked at, changed by forms and by a script, followed by others. Cures of
what is not placed: ``cure_views``.
"""

from __future__ import annotations

from typing import Any

from flask import (
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.database import db
from matchmaker.drafts import cure_views
from matchmaker.drafts.blueprint import bp
from matchmaker.drafts.deeds import do
from matchmaker.drafts.forms import ChangeForm
from matchmaker.drafts.importing import kind  # noqa: F401 - meetings can be imported
from matchmaker.drafts.log import changes_since, deed, newest_changes, steps_of, told
from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.picking import picked_up
from matchmaker.drafts.places import Choices
from matchmaker.drafts.screens import Screen, View, plain
from matchmaker.drafts.searching import hits_of
from matchmaker.drafts.services import Hand
from matchmaker.drafts.solving import start, take_over
from matchmaker.errors import Refusal
from matchmaker.events.access import helper
from matchmaker.events.models import Slot
from matchmaker.paging import Page, asked_page
from matchmaker.schedules.blueprint import HOME, version_or_404
from matchmaker.schedules.models import Run, ScheduledMeeting, UnplacedMeeting, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import chosen_meetings
from matchmaker.schedules.runs import KIND
from matchmaker.schedules.unplaced import count_unplaced, unplaced_ids, unplaced_of

__all__ = ["bp", "cure_views"]
DRAFT = HOME + "drafts/<draft_id>/"
LOG_LENGTH = 100


def _draft_or_404(draft_id: str) -> Version:
    draft = version_or_404(draft_id)
    return draft if draft.is_open else abort(404)


@bp.route(HOME + "versions/<version_id>/draft", methods=["POST"])
@helper
def open_version(event_id: str, version_id: str) -> ResponseReturnValue:
    draft = open_draft(db.session, g.event, version_or_404(version_id), g.account.id)
    return redirect(url_for("drafts.board", event_id=event_id, draft_id=draft.id))


@bp.route(DRAFT)
@helper
def board(event_id: str, draft_id: str) -> ResponseReturnValue:
    """One day, some rows at a time; places, people or interpreters."""
    draft, view = _draft_or_404(draft_id), View.asked()
    screen = Screen(db.session, draft, view)
    return render_template(
        "drafts/board.html",
        draft=draft,
        version=draft,
        view=view,
        screen=screen,
        board=screen.board,
        cells=screen.cells,
        hits=hits_of(db.session, draft, view.search) if view.search else [],
        steps=steps_of(db.session, draft, g.account.id),
        form=ChangeForm(formdata=None),
        missing=count_unplaced(db.session, draft),
    )


@bp.route(DRAFT + "options")
@helper
def options(event_id: str, draft_id: str) -> ResponseReturnValue:
    """Where the meeting that was picked up could go, on the page that is looked at."""
    draft, meeting = _draft_or_404(draft_id), request.args.get("meeting", "")
    _known_or_404(draft, meeting)
    return picked_up(db.session, g.event, draft, View.asked(), meeting)


@bp.route(DRAFT + "news")
@helper
def news(event_id: str, draft_id: str) -> ResponseReturnValue:
    """What others have changed since the page was made; 204 where nothing."""
    draft = _draft_or_404(draft_id)
    seen = request.args.get("seen", 0, type=int)
    if draft.revision == seen:
        return "", 204
    return _news(draft, seen)


def _news(draft: Version, seen: int) -> dict[str, Any]:
    changes = changes_since(db.session, draft, seen)
    screen = Screen(db.session, draft, View.asked(), changes)
    names = Names(db.session, draft.event_id)
    said = [plain(told(db.session, change, names)) for change in changes[-3:]]
    steps = steps_of(db.session, draft, g.account.id)
    return {
        "seen": draft.revision,
        "cells": screen.written(),
        "sentence": " ".join(said),
        "undo": steps.undo.number if steps.undo else None,
        "redo": steps.redo.number if steps.redo else None,
        "missing": count_unplaced(db.session, draft),
    }


@bp.route(DRAFT + "change", methods=["POST"])
@helper
def change(event_id: str, draft_id: str) -> ResponseReturnValue:
    """Every change; a script gets what it has to show, a form its page."""
    draft, form = _draft_or_404(draft_id), ChangeForm()
    if not form.validate_on_submit():
        abort(400)
    is_script = request.accept_mimetypes.best == "application/json"
    hand = Hand(g.event, draft, form.revision, g.account.id)
    try:
        done = do(db.session, hand, form)
    except Refusal as refusal:
        if is_script:
            return {"sentence": plain(str(refusal))}, 409
        flash(plain(str(refusal)), "error")
        return redirect(_back(form, draft))
    if is_script:
        return _news(draft, form.revision)
    names = Names(db.session, event_id)
    flash(plain(deed(done, g.account.name or g.account.email, names)))
    return redirect(_back(form, draft))


def _back(form: ChangeForm, draft: Version) -> str:
    here = {"event_id": g.event.id, "draft_id": draft.id}
    if form.meeting.data and _is_known(draft, form.meeting.data):
        return url_for("drafts.meeting", meeting_id=form.meeting.data, **here)
    return url_for("drafts.board", **here)


@bp.route(DRAFT + "meetings/<meeting_id>")
@helper
def meeting(event_id: str, draft_id: str, meeting_id: str) -> ResponseReturnValue:
    """One meeting: where it is, where it could go, what can be done with it."""
    draft = _draft_or_404(draft_id)
    _known_or_404(draft, meeting_id)
    choices = Choices(db.session, g.event, draft, meeting_id)
    slot = db.session.get(Slot, (event_id, request.args.get("slot", "")))
    placed = chosen_meetings(db.session, draft, [meeting_id], choices.part.venue)
    return render_template(
        "drafts/meeting.html",
        draft=draft,
        version=draft,
        placed=placed[0] if placed else None,
        missing=unplaced_of(db.session, draft, choices.names, [meeting_id]),
        meeting_id=meeting_id,
        slots=choices.slots() if slot is None else [],
        slot=slot,
        places=choices.at(slot.id) if slot is not None else [],
        names=choices.names,
        form=ChangeForm(formdata=None),
    )


def _is_known(draft: Version, meeting: str) -> bool:
    key = draft.event_id, draft.id, meeting
    tables = (ScheduledMeeting, UnplacedMeeting)
    return any(db.session.get(table, key) is not None for table in tables)


def _known_or_404(draft: Version, meeting: str) -> None:
    if not _is_known(draft, meeting):
        abort(404)


@bp.route(DRAFT + "not-placed")
@helper
def not_placed(event_id: str, draft_id: str) -> ResponseReturnValue:
    """What waits to be placed, the heaviest first."""
    draft, names = _draft_or_404(draft_id), Names(db.session, event_id)
    page = Page.between(
        asked_page(),
        count_unplaced(db.session, draft),
        lambda offset, limit: unplaced_ids(db.session, draft, offset, limit),
    )
    return render_template(
        "drafts/not_placed.html",
        draft=draft,
        version=draft,
        page=page.filled(lambda ids: unplaced_of(db.session, draft, names, ids)),
        title=ngettext(
            "%(num)s meeting is not placed.", "%(num)s meetings are not placed.", page.total
        ),
        names=names,
    )


@bp.route(DRAFT + "solve", methods=["POST"])
@helper
def solve(event_id: str, draft_id: str) -> ResponseReturnValue:
    """Let the engine place the marked meetings or all, or improve around what is locked."""
    draft = _draft_or_404(draft_id)
    try:
        run = start(db.session, g.event, draft, request.form, g.account)
    except Refusal as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("drafts.not_placed", event_id=event_id, draft_id=draft_id))
    current_app.extensions["queue"].enqueue(KIND, event_id, run.id)
    return redirect(url_for("schedules.run", event_id=event_id, run_id=run.id))


@bp.route(DRAFT + "take/<run_id>", methods=["POST"])
@helper
def take(event_id: str, draft_id: str, run_id: str) -> ResponseReturnValue:
    """What a run has found becomes the draft."""
    draft = _draft_or_404(draft_id)
    run = db.session.get(Run, (event_id, run_id))
    if run is None or run.draft_id != draft.id:
        abort(404)
    try:
        done = take_over(db.session, Hand(g.event, draft, draft.revision or 0, g.account.id), run)
    except Refusal as refusal:
        flash(plain(str(refusal)), "error")
    else:
        names = Names(db.session, event_id)
        flash(plain(deed(done, g.account.name or g.account.email, names)))
    return redirect(url_for("drafts.board", event_id=event_id, draft_id=draft_id))


@bp.route(DRAFT + "log")
@helper
def log(event_id: str, draft_id: str) -> ResponseReturnValue:
    """Who changed what, the newest first."""
    draft, names = _draft_or_404(draft_id), Names(db.session, event_id)
    entries = newest_changes(db.session, draft, LOG_LENGTH)
    return render_template(
        "drafts/log.html",
        draft=draft,
        version=draft,
        entries=[(change, deed(change, who, names)) for change, who in entries],
        form=ChangeForm(formdata=None),
        title=_("Changes"),
    )
