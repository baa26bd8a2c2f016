"""What the pages of the set-up share: the blueprint, and how a deed is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import OfEvent, db
from matchmaker.errors import Refusal
from matchmaker.events.access import has_form, may_open, may_send
from matchmaker.events.foresight import carry_out, seal_of
from matchmaker.forms import Form

bp = Blueprint("events", __name__)
for _asked in (may_open, may_send, has_form):
    bp.add_app_template_global(_asked)
Row = TypeVar("Row", bound=OfEvent)


def answer_removal(deed: Callable[[], object], done: str, endpoint: str) -> ResponseReturnValue:
    """Remove and say so, or say why it stays; back to the list."""
    try:
        deed()
        db.session.commit()
        flash(done)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return to(endpoint)


def agreed(form: Form, deed: Callable[[], object]) -> bool:
    """Do it and keep it; or say on the form why not, or what it would do, and nothing has changed.
    Who has read what it does, and agrees, sends these sentences' seal with the form.
    """
    try:
        return _carried_out(deed)
    except Refusal as refusal:
        db.session.rollback()
        form.refuse(str(refusal))
        return False


def answer_agreed_removal(
    deed: Callable[[], object], done: str, endpoint: str
) -> ResponseReturnValue:
    """Like :func:`answer_removal`; what it would do is asked on a page of its own."""
    try:
        if not _carried_out(deed):
            return render_template("events/agree.html", back=whole(endpoint))
        flash(done)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return to(endpoint)


def _carried_out(deed: Callable[[], object]) -> bool:
    """The sentences that were not agreed to are left for the page."""
    lines = carry_out(db.session, g.event, deed)
    if lines and request.form.get("agreed") != seal_of(lines):
        db.session.rollback()
        g.consequences, g.seal = lines, seal_of(lines)
        return False
    db.session.commit()
    return True


def to(endpoint: str, **arguments: Any) -> ResponseReturnValue:
    """Back to a page of this event; of another feature by its whole name."""
    return redirect(url_for(whole(endpoint), event_id=g.event.id, **arguments))


def whole(endpoint: str) -> str:
    return endpoint if "." in endpoint else f"events.{endpoint}"


def own_or_404(model: type[Row], row_id: str) -> Row:
    """A row of this event."""
    return db.session.get(model, (g.event.id, row_id)) or abort(404)
