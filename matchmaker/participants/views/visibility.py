"""Who sees what of a person, and whether partners see address and telephone."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.forms import kept
from matchmaker.participants.access import participant
from matchmaker.participants.forms import ContactForm
from matchmaker.participants.views.blueprint import bp
from matchmaker.participants.visibility import share_contact, who_sees


@bp.route("/events/<slug>/me/visibility", methods=["GET", "POST"])
@participant
def visibility(slug: str) -> ResponseReturnValue:
    form = ContactForm(obj=g.me)
    if form.validate_on_submit() and kept(form, lambda: _share(form)):
        flash(_("Saved."))
        return redirect(url_for(".visibility", slug=slug))
    return render_template("participants/visibility.html", form=form, seen=who_sees(g.me))


def _share(form: ContactForm) -> None:
    share_contact(
        db.session,
        g.me,
        phone=form.data["phone"] or "",
        email_shown=form.data["shares_email"],
        phone_shown=form.data["shares_phone"],
    )
