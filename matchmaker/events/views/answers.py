"""What the pages of the set-up share: the blueprint, and how a deed is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from matchmaker.database import OfEvent, db
from matchmaker.errors import Refusal
from matchmaker.events.access import has_form, may_open, may_send

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


def to(endpoint: str, **arguments: Any) -> ResponseReturnValue:
    """Back to a page of this event."""
    return redirect(url_for(f"events.{endpoint}", event_id=g.event.id, **arguments))


def own_or_404(model: type[Row], row_id: str) -> Row:
    """A row of this event."""
    return db.session.get(model, (g.event.id, row_id)) or abort(404)
