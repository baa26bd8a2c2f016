"""Where an organiser chooses the look, and what browsers load of it."""

from __future__ import annotations

from babel.numbers import format_decimal
from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import organiser, visitor
from matchmaker.forms import kept
from matchmaker.languages import isolate, locale_of
from matchmaker.looks.colours import OWN, WHITE, contrast, day_shades, read_colour
from matchmaker.looks.forms import LogoForm, LookForm
from matchmaker.looks.queries import Worn, look_of, small_picture_of
from matchmaker.looks.services import remove_picture, set_look, set_picture
from matchmaker.looks.stylesheets import sample_stylesheet, stylesheet

bp = Blueprint("looks", __name__)
HOME = "/organise/<event_id>/set-up/look"
CACHED = "private, max-age=31536000, immutable"  # the addresses change with what they lead to


@bp.before_app_request
def look_again() -> None:
    g.pop("look", None)


@bp.app_template_global("event_look")
def event_look() -> Worn | None:
    """What the page wears: the public and the participants' pages of an event that has a look.
    Its team works in Matchmaker's own.
    """
    if "look" not in g:
        is_dressed = "event" in g and "role" not in g
        g.look = look_of(db.session, g.event.id) if is_dressed else None
    worn: Worn | None = g.look
    return worn


@bp.route("/events/<slug>/look.css")
@visitor
def sheet(slug: str) -> ResponseReturnValue:
    return _styles(stylesheet(look_of(db.session, g.event.id).colour))


@bp.route("/events/<slug>/logo.png")
@visitor
def logo(slug: str) -> ResponseReturnValue:
    """The picture, of a type that we chose, to be kept by the browser."""
    picture = small_picture_of(db.session, g.event.id) or abort(404)
    response = Response(picture, mimetype="image/png")
    response.headers["Content-Disposition"] = "inline; filename=logo.png"
    response.headers["Cache-Control"] = CACHED
    response.add_etag()
    return response.make_conditional(request)


@bp.route(HOME, methods=["GET", "POST"])
@organiser
def edit(event_id: str) -> ResponseReturnValue:
    """Colour and texts; *Show* shows them without keeping anything."""
    worn, form = look_of(db.session, event_id), LookForm()
    form.show(worn, g.event)
    form.settle()
    is_shown = "show" in request.form
    if form.validate_on_submit() and not is_shown and kept(form, lambda: _keep(form)):
        flash(_("Saved."))
        return redirect(url_for(".edit", event_id=event_id))
    return render_template(
        "looks/edit.html", form=form, logo_form=LogoForm(formdata=None), worn=worn,
        is_shown=is_shown, **_sample(form.colour.data or ""),
    )  # fmt: skip


def _keep(form: LookForm) -> None:
    set_look(db.session, g.event, **form.settings())


@bp.route(HOME + "/logo", methods=["POST"])
@organiser
def change_logo(event_id: str) -> ResponseReturnValue:
    form = LogoForm()
    try:
        if "remove" in request.form:
            remove_picture(db.session, g.event)
        else:
            set_picture(db.session, g.event, form.logo.data.read() if form.logo.data else b"")
        db.session.commit()
        flash(_("Saved."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".edit", event_id=event_id))


@bp.route(HOME + "/sample")
@organiser
def sample(event_id: str) -> ResponseReturnValue:
    """How pages, mails and sheets would look with a colour that nobody has saved."""
    worn = look_of(db.session, event_id)
    return render_template(
        "looks/_sample.html", worn=worn, **_sample(request.args.get("colour", ""))
    )


@bp.route(HOME + "/sample.css")
@organiser
def sample_sheet(event_id: str) -> ResponseReturnValue:
    return _styles(sample_stylesheet(read_colour(request.args.get("colour", "")) or ""))


def _sample(text: str) -> dict[str, object]:
    """What is said of a colour before it is saved."""
    colour = read_colour(text)
    accent = day_shades(colour or OWN).accent
    return {
        "colour": colour or "",
        "is_unknown": colour is None and bool(text.strip()),
        "accent": accent,
        "shade": isolate(accent),
        "contrast": _on_white(accent),
        "before": _on_white(colour or OWN),
    }


def _on_white(colour: str) -> str:
    locale = locale_of(current_language())
    return format_decimal(round(contrast(colour, WHITE), 1), locale=locale)


def _styles(text: str) -> Response:
    answer = Response(text, content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = CACHED
    return answer
