"""What the modules of pages share."""

from __future__ import annotations

from flask import Blueprint, abort, g

from matchmaker.accounts.localisation import current_language
from matchmaker.database import Texts, db
from matchmaker.programme import words
from matchmaker.programme.models import ProgrammeItem

bp = Blueprint("programme", __name__)


def item_or_404(item_id: str) -> ProgrammeItem:
    """An item of this event that takes place."""
    row = db.session.get(ProgrammeItem, (g.event.id, item_id))
    return row if row is not None and row.cancelled_at is None else abort(404)


@bp.app_template_global("item_place")
def item_place(item: ProgrammeItem, zones: dict[str | None, Texts]) -> str:
    return words.where_text(item, zones, current_language())


@bp.app_template_global("item_kinds")
def item_kinds() -> dict[str, object]:
    return words.KIND_NAMES
