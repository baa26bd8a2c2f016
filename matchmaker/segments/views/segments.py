"""Segments: kept from the list, renamed, taken away."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser
from matchmaker.forms import clean_text, kept
from matchmaker.segments.display import in_words
from matchmaker.segments.filters import Filter
from matchmaker.segments.forms import SegmentForm
from matchmaker.segments.models import Segment
from matchmaker.segments.queries import count, find_segment, ids_of, segments_of
from matchmaker.segments.services import (
    change_filter,
    drop_segment,
    keep_segment,
    rename_segment,
)
from matchmaker.segments.views.blueprint import asked_filter, bp, list_url


@bp.route("/segments")
@organiser
def segments(event_id: str) -> ResponseReturnValue:
    """All of them with their filter in words, and how many they find now."""
    rows = [_shown(segment) for segment in segments_of(db.session, event_id)]
    return render_template("segments/segments.html", rows=rows)


@bp.route("/participants/keep", methods=["POST"])
@organiser
def keep(event_id: str) -> ResponseReturnValue:
    """The filter of the list under a name; or in the place of the segment's that was opened."""
    segment = find_segment(db.session, event_id, clean_text(request.form.get("segment", "")))

    def deed() -> Segment:
        if segment is None:
            name = request.form.get("name", "")
            return keep_segment(db.session, g.event, name, asked_filter())
        change_filter(db.session, segment, asked_filter())
        return segment

    return _carry_out(deed)


@bp.route("/segments/<segment_id>", methods=["GET", "POST"])
@organiser
def edit_segment(event_id: str, segment_id: str) -> ResponseReturnValue:
    segment = _own_or_404(segment_id)
    form = SegmentForm(obj=segment)
    if form.validate_on_submit() and kept(
        form, lambda: rename_segment(db.session, segment, form.name.data or "")
    ):
        flash(_("Saved."))
        return redirect(url_for(".segments", event_id=event_id))
    return render_template("segments/edit.html", form=form, row=_shown(segment))


@bp.route("/segments/<segment_id>/drop", methods=["POST"])
@organiser
def drop(event_id: str, segment_id: str) -> ResponseReturnValue:
    drop_segment(db.session, _own_or_404(segment_id))
    flash(_("Removed."))
    return redirect(url_for(".segments", event_id=event_id))


def _carry_out(deed: Callable[[], Segment]) -> ResponseReturnValue:
    try:
        segment = deed()
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(list_url())
    flash(_("The segment “%(name)s” is kept.", name=segment.name))
    return redirect(list_url(segment=segment.id))


def _shown(segment: Segment) -> dict[str, object]:
    """What a page says of a segment; one that cannot be read any more says so."""
    try:
        wanted = Filter.kept(segment.filter)
    except Refusal as refusal:
        return {"segment": segment, "words": str(refusal), "number": None, "url": None}
    ids = ids_of(db.session, g.event.id, wanted)
    words = in_words(db.session, g.event.id, wanted, current_language())
    url = url_for(".index", event_id=g.event.id, segment=segment.id, **wanted.data())
    return {"segment": segment, "words": words, "number": count(db.session, ids), "url": url}


def _own_or_404(segment_id: str) -> Segment:
    return find_segment(db.session, g.event.id, segment_id) or abort(404)
