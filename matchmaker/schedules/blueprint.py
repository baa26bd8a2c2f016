"""What both modules of pages stand on: their blueprint, and loading a version."""

from __future__ import annotations

from flask import Blueprint, abort, g

from matchmaker.database import db
from matchmaker.schedules import consequences, elsewhere  # noqa: F401 - they declare what they foresee
from matchmaker.schedules.goals import failure_text, label_of
from matchmaker.schedules.models import Version
from matchmaker.schedules.progress import live_report
from matchmaker.schedules.queries import find_version
from matchmaker.schedules.wording import aim_text, order_text

bp = Blueprint("schedules", __name__)
bp.add_app_template_global(live_report, "live_report")
bp.add_app_template_global(failure_text, "failure_text")
bp.add_app_template_global(aim_text, "aim_text")
bp.add_app_template_global(order_text, "order_text")
bp.add_app_template_global(label_of, "goal_name")
HOME = "/organise/<event_id>/schedule/"


def version_or_404(version_id: str) -> Version:
    """A version of the event that the policy has loaded."""
    return find_version(db.session, g.event.id, version_id) or abort(404)
