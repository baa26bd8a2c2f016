"""The page of one meeting that is not placed: why, and what would help; doing it by one click."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.drafts.blueprint import bp
from matchmaker.drafts.cure_words import effects, lines
from matchmaker.drafts.curing import Healer, explain, is_ours
from matchmaker.errors import Refusal
from matchmaker.events.access import RANKS, helper
from matchmaker.schedules.blueprint import HOME, version_or_404
from matchmaker.schedules.bridge import Explained
from matchmaker.schedules.names import Names
from matchmaker.schedules.reasons import sentence
from matchmaker.schedules.unplaced import unplaced_of


@bp.route(HOME + "versions/<version_id>/not-placed/<meeting_id>", methods=["GET", "POST"])
@helper
def cures(event_id: str, version_id: str, meeting_id: str) -> ResponseReturnValue:
    """At once with the reason; what would help takes the engine a second or two in a large event,
    so the page asks for it by a script (``found=part``), or is asked with it (``found=page``).
    """
    version, wanted = version_or_404(version_id), request.args.get("found", "")
    names = Names(db.session, event_id)
    missing = unplaced_of(db.session, version, names, [meeting_id])
    if request.method == "POST":
        if not missing and explain(db.session, g.event, version, meeting_id) is None:
            abort(404)
        return _heal(version_id, meeting_id)
    here = {"version": version, "meeting": meeting_id, "names": names}
    if missing and not wanted:
        reason = missing[0].sentence
        return render_template("drafts/cures.html", found=False, reason=reason, **here)
    found = explain(db.session, g.event, version, meeting_id) or abort(404)
    here |= _shown(found, meeting_id, names)
    if wanted == "part":
        return {"over": True, "html": render_template("drafts/_cures.html", **here)}
    return render_template("drafts/cures.html", found=True, **here)


def _shown(found: Explained, meeting_id: str, names: Names) -> dict[str, Any]:
    return {
        "blockers": [sentence(row["rule"], row, names) for row in found.blockers],
        "cures": [
            (cure, lines(cure, meeting_id, names), effects(cure), _may_do(bool(cure.steps)))
            for cure in found.cures
        ],
        "is_ours": is_ours,
    }


def _may_do(changes_set_up: bool) -> bool:
    return RANKS[g.role] >= RANKS["organiser" if changes_set_up else "helper"]


def _heal(version_id: str, meeting_id: str) -> ResponseReturnValue:
    healer = Healer(db.session, g.event, g.account.id, may_set_up=_may_do(True))
    here = {"event_id": g.event.id, "meeting_id": meeting_id}
    version, key = version_or_404(version_id), request.form.get("cure", "")
    try:
        change = healer.heal(version, meeting_id, key)
    except Refusal as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("drafts.cures", version_id=version_id, **here))
    flash(_("Done in the draft; nothing is published yet."))
    return redirect(url_for("drafts.meeting", draft_id=change.version_id, **here))
