"""After a registration: where the link was mailed to, once more, or to the right address."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.events.access import visitor
from matchmaker.forms import kept
from matchmaker.participants.correcting import address_of, correct_address, write_again
from matchmaker.participants.drafts import find_draft
from matchmaker.participants.models import Registration
from matchmaker.participants.registration_forms import AddressForm
from matchmaker.participants.views.blueprint import bp

KEY = "finished"  # event → token, in the browser's session


@bp.route("/events/<slug>/registered", methods=["GET", "POST"])
@visitor
def registered(slug: str) -> ResponseReturnValue:
    """The same page whether the address was new or known."""
    draft = _finished()
    address = address_of(db.session, draft) if draft else ""
    form = AddressForm(data={"email": address})
    if draft is None:
        return _to_page() if form.is_submitted() else _page(form, "")
    if form.validate_on_submit() and kept(
        form, lambda: correct_address(db.session, g.event, draft, form.email.data or "")
    ):
        flash(_("A mail to this address is on its way."))
        return _to_page()
    return _page(form, address)


@bp.route("/events/<slug>/registered/again", methods=["POST"])
@visitor
def write_once_more(slug: str) -> ResponseReturnValue:
    if draft := _finished():
        write_again(db.session, g.event, draft)
        flash(_("A mail to this address is on its way."))
    return _to_page()


def remember_finished(token: str) -> None:
    session[KEY] = {**session.get(KEY, {}), g.event.id: token}


def _page(form: AddressForm, address: str) -> str:
    return render_template("participants/registered.html", form=form, address=address)


def _to_page() -> ResponseReturnValue:
    return redirect(url_for(".registered", slug=g.event.slug))


def _finished() -> Registration | None:
    draft = find_draft(db.session, g.event, session.get(KEY, {}).get(g.event.id))
    return draft if draft is not None and draft.finished_at is not None else None
