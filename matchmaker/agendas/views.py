"""The agenda as files, and the live one. My day: ``day_views``; for organisers: ``print_views``."""

from __future__ import annotations

from dataclasses import replace

from flask import (
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from matchmaker.accounts.access import anyone
from matchmaker.accounts.localisation import current_language
from matchmaker.agendas import day_views, preview_views, print_views
from matchmaker.agendas.blueprint import ICS, PDF, bp, file_answer, pdf_title
from matchmaker.agendas.day import programme_by_day
from matchmaker.agendas.day_views import MINE
from matchmaker.agendas.looks import look_on_paper
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.services import find_by_secret, published_agenda, published_calendar
from matchmaker.agendas.sheets import agenda_sheet
from matchmaker.clock import wall_now
from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.languages import LANGUAGES
from matchmaker.participants.access import participant
from matchmaker.participants.models import Participant
from matchmaker.participants.services import reset_agenda_secret

__all__ = ["bp", "day_views", "preview_views", "print_views"]


@bp.route(MINE + ".pdf")
@participant
def mine_as_pdf(slug: str) -> ResponseReturnValue:
    agenda = published_agenda(db.session, g.event, g.me.id) or abort(404)
    agenda = replace(agenda, language=current_language())
    look = look_on_paper(db.session, g.event.id)
    pdf = print_one("agenda", agenda_sheet(agenda), pdf_title(), look)
    return file_answer(pdf, PDF, "agenda.pdf")


@bp.route(MINE + ".ics")
@participant
def mine_as_calendar(slug: str) -> ResponseReturnValue:
    return file_answer(published_calendar(db.session, g.event, g.me), ICS, "agenda.ics")


@bp.route(MINE + "/new-address", methods=["POST"])
@participant
def new_address(slug: str) -> ResponseReturnValue:
    """The printed and subscribed addresses stop working."""
    reset_agenda_secret(db.session, g.me)
    db.session.commit()
    flash(_("Your live agenda has a new address. The old one leads nowhere any more."))
    return redirect(url_for("agendas.mine", slug=slug))


@bp.route("/a/<secret>")
@anyone
def live(secret: str) -> ResponseReturnValue:
    """What the QR code opens: read only, no contact data, and never a sign-in."""
    me, event = _bearer_or_404(secret)
    g.event = event
    asked = request.args.get("language", me.language)
    g.language = asked if asked in LANGUAGES else me.language
    refresh()
    agenda = published_agenda(db.session, event, me.id)
    wall = wall_now(event.zone)
    programme = programme_by_day(db.session, me)
    page = render_template(
        "agendas/live.html", agenda=agenda, event=event, me=me, wall=wall, programme=programme
    )
    return _unlisted(make_response(page))


@bp.route("/a/<secret>.ics")
@anyone
def live_calendar(secret: str) -> ResponseReturnValue:
    """What calendars subscribe to."""
    me, event = _bearer_or_404(secret)
    data = published_calendar(db.session, event, me)
    answer = _unlisted(file_answer(data, ICS, "agenda.ics", shown=True))
    answer.add_etag()
    return answer.make_conditional(request)  # calendars ask every quarter of an hour


def _bearer_or_404(secret: str) -> tuple[Participant, Event]:
    me = find_by_secret(db.session, secret) or abort(404)
    return me, db.session.get_one(Event, me.event_id)


def _unlisted(answer: Response) -> Response:
    """The address is the key: no search engine, no referrer, no stale copy."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
