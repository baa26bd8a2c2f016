"""The page of suggestions, and the first few of them for other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.localisation import current_language
from matchmaker.catalogue.queries import bookmarks_of
from matchmaker.database import db
from matchmaker.events.models import MeetingSession
from matchmaker.forms import kept
from matchmaker.marketplace.models import Entry
from matchmaker.organisations.models import Organisation
from matchmaker.participants.access import participant
from matchmaker.participants.queries import Card
from matchmaker.suggestions.beginning import house_to_describe, is_beginning, say_first
from matchmaker.suggestions.forms import FirstWordsForm
from matchmaker.suggestions.services import Suggestion, suggestions_for
from matchmaker.suggestions.wording import Words
from matchmaker.vocabularies.queries import labels_of
from matchmaker.wishes.queries import grades_of
from matchmaker.wishes.views.blueprint import turn_away

bp = Blueprint("suggestions", __name__)
MOST, AT_FIRST = 12, 3


@dataclass(frozen=True)
class Line:
    """A suggestion in the words of the page."""

    card: Card
    sentences: Sequence[tuple[str, bool]]  # and whether it speaks for a meeting
    obstacle: str | None
    is_crowded: bool


@bp.route("/events/<slug>/me/people/suggestions", methods=["GET", "POST"])
@participant
def index(slug: str) -> ResponseReturnValue:
    """Whom I could meet, and why."""
    if away := turn_away():
        return away
    form = _begun()
    if form and form.validate_on_submit() and kept(form, lambda: _say(form)):
        flash(_("Saved: this is what follows from it. Change your lines under “My entries”."))
        return redirect(url_for(".index", slug=slug))
    return render_template(
        "suggestions/index.html",
        form=form,
        house=house_to_describe(db.session, g.me),
        suggestions=_lines(MOST),
        grades=grades_of(db.session, g.me),
        bookmarks=bookmarks_of(db.session, g.me),
    )


def _begun() -> FirstWordsForm | None:
    """The form of who has said nothing yet; who sends it twice is shown what came of it."""
    if not is_beginning(db.session, g.me):
        return None
    form = FirstWordsForm()
    own = db.session.get(Organisation, (g.event.id, g.me.organisation_id or ""))
    form.ask(db.session, g.event.id, own, current_language())
    return form


def _say(form: FirstWordsForm) -> None:
    say_first(
        db.session,
        g.me,
        form.lines(),
        form.sector.data or [],
        form.country.data or "",
        current_language(),
    )


@bp.app_template_global("says_nothing_yet")
def says_nothing_yet() -> bool:
    """Whether the start page asks for first words."""
    return is_beginning(db.session, g.me)


@bp.app_template_global("first_suggestions")
def first_suggestions() -> list[Line]:
    """The best few, for the start page."""
    return _lines(AT_FIRST) or []


def _lines(most: int) -> list[Line] | None:
    found = suggestions_for(db.session, g.event, g.me, most)
    if not found:
        return None if found is None else []
    words = _words(found)
    return [
        Line(
            suggestion.card,
            [(words.sentence(reason), reason.speaks_for) for reason in suggestion.reasons],
            suggestion.obstacle,
            suggestion.is_crowded,
        )
        for suggestion in found
    ]


def _words(suggestions: Sequence[Suggestion]) -> Words:
    reasons = [reason for suggestion in suggestions for reason in suggestion.reasons]
    sides = [side for reason in reasons for side in (reason.mine, reason.theirs) if side]
    entries = {side.entry_id for side in sides if side.entry_id}
    titles = db.session.execute(
        select(Entry.id, Entry.title).where(Entry.event_id == g.event.id, Entry.id.in_(entries))
    )
    sessions = db.session.execute(
        select(MeetingSession.id, MeetingSession.names)
        .where(MeetingSession.event_id == g.event.id)
        .order_by(MeetingSession.day, MeetingSession.starts)
    )
    return Words(
        current_language(),
        labels_of(db.session, g.event.id),
        dict(sessions.all()),
        dict(titles.all()),
    )
