"""The marketplace: entries written, changed, removed. They are found in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import helper
from matchmaker.forms import kept
from matchmaker.languages import pick
from matchmaker.marketplace.forms import KIND_NAMES, EntryForm
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.queries import (
    all_entries,
    entries_of,
    search,
    terms_of_entry,
)
from matchmaker.marketplace.services import add_entry, change_entry, remove_entry
from matchmaker.paging import Page, asked_page
from matchmaker.participants.access import participant
from matchmaker.participants.registration import home_path
from matchmaker.vocabularies.queries import labels_of

bp = Blueprint("marketplace", __name__)


@bp.app_template_global("entry_kinds")
def entry_kinds() -> dict[str, str]:
    return _kinds_in(str(get_locale()))


@lru_cache
def _kinds_in(_locale: str) -> dict[str, str]:
    return {code: str(name) for code, name in KIND_NAMES.items()}


@bp.app_template_global("term_labels")
def term_labels(terms: Mapping[str, Sequence[str]]) -> list[str]:
    """The labels of codes by list, each once."""
    if "labels" not in g:
        g.labels = labels_of(db.session, g.event.id)
    labels = [
        pick(g.labels.get(kind, {}).get(code), current_language()) or code
        for kind, codes in terms.items()
        for code in codes
    ]
    return list(dict.fromkeys(labels))


@bp.route("/events/<slug>/me/marketplace/mine")
@participant
def mine(slug: str) -> ResponseReturnValue:
    if away := _turn_away():
        return away
    return render_template("marketplace/mine.html", entries=entries_of(db.session, g.me))


@bp.route("/events/<slug>/me/marketplace/new", methods=["GET", "POST"])
@participant
def new(slug: str) -> ResponseReturnValue:
    if away := _turn_away():
        return away
    form = EntryForm()
    form.offer(db.session, g.event.id, current_language(), {})
    if form.validate_on_submit() and kept(form, lambda: add_entry(db.session, g.me, form.said())):
        flash(_("Added."))
        return redirect(url_for(".mine", slug=slug))
    return render_template("marketplace/edit.html", form=form, entry=None)


@bp.route("/events/<slug>/me/marketplace/<entry_id>", methods=["GET", "POST"])
@participant
def edit(slug: str, entry_id: str) -> ResponseReturnValue:
    entry = _own_or_404(entry_id)
    form = EntryForm(obj=entry)
    form.offer(db.session, g.event.id, current_language(), terms_of_entry(db.session, entry))
    if form.validate_on_submit() and kept(
        form, lambda: change_entry(db.session, entry, form.said())
    ):
        flash(_("Saved."))
        return redirect(url_for(".mine", slug=slug))
    return render_template("marketplace/edit.html", form=form, entry=entry)


@bp.route("/events/<slug>/me/marketplace/<entry_id>/remove", methods=["POST"])
@participant
def drop(slug: str, entry_id: str) -> ResponseReturnValue:
    remove_entry(db.session, _own_or_404(entry_id))
    db.session.commit()
    flash(_("Removed."))
    return redirect(url_for(".mine", slug=slug))


@bp.route("/organise/<event_id>/marketplace")
@helper
def ledger(event_id: str) -> ResponseReturnValue:
    """Every entry, for the organiser."""
    q = request.args.get("q", "")[:200]
    return render_template(
        "marketplace/ledger.html",
        page=Page.of(search(all_entries(db.session, event_id), q), asked_page()),
        page_url=lambda number: url_for(".ledger", event_id=event_id, q=q or None, page=number),
        q=q,
    )


@bp.route("/organise/<event_id>/marketplace/<entry_id>/remove", methods=["POST"])
@helper
def take_out(event_id: str, entry_id: str) -> ResponseReturnValue:
    """What has no place at this event, removed by an organiser."""
    entry = db.session.get(Entry, (event_id, entry_id)) or abort(404)
    remove_entry(db.session, entry)
    db.session.commit()
    flash(_("Removed."))
    return redirect(url_for(".ledger", event_id=event_id))


def _own_or_404(entry_id: str) -> Entry:
    entry = db.session.get(Entry, (g.event.id, entry_id))
    return entry if entry and entry.author_id == g.me.id else abort(404)


def _turn_away() -> ResponseReturnValue | None:
    """Whoever is not confirmed does not see the others yet."""
    if g.me.state == "validated":
        return None
    flash(_("You see the other participants once the organisers have confirmed you."))
    return redirect(home_path(g.event))
