"""The organisers' page of everything that can be printed and taken away."""

from __future__ import annotations

from typing import Any

from flask import (
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language, speak
from matchmaker.agendas.attendance import attendance_sheet
from matchmaker.agendas.blueprint import ICS, PDF, XLSX, bp, file_answer, pdf_title
from matchmaker.agendas.calendars import event_calendar
from matchmaker.agendas.looks import look_on_paper
from matchmaker.agendas.models import PrintPack
from matchmaker.agendas.preview_views import read_options
from matchmaker.agendas.printed import last_print
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.prints import PRINTS
from matchmaker.agendas.queries import (
    agenda_of,
    agendas_of,
    bookings_of,
    cards_of,
    places_with_card,
)
from matchmaker.agendas.services import JOB, ask_for_pack, pack_path, packs_of
from matchmaker.agendas.sheets import agenda_sheet, card_sheet
from matchmaker.agendas.workbooks import agendas_workbook, meetings_workbook, unplaced_workbook
from matchmaker.clock import moment_text
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import desk, helper
from matchmaker.events.models import Place
from matchmaker.languages import isolate, pick
from matchmaker.participants.models import Participant
from matchmaker.participants.searching import fold
from matchmaker.programme.models import ProgrammeItem
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import published_version
from matchmaker.schedules.unplaced import unplaced_of

HOME = "/organise/<event_id>/print"


@bp.route(HOME)
@desk
def index(event_id: str) -> ResponseReturnValue:
    """What can be printed, and the packs that there are."""
    names = Names(db.session, event_id)
    return render_template(
        "agendas/print.html",
        version=published_version(db.session, event_id),
        packs=packs_of(db.session, event_id),
        people=sorted(names.people.values(), key=lambda who: fold(who.name)),
        places=places_with_card(db.session, event_id),
        prints=PRINTS,
        lasts={kind: _last_text(last_print(db.session, event_id, kind)) for kind in PRINTS},
    )


def _last_text(last: Any) -> str:
    if last is None:
        return ""
    at = moment_text(last.at, g.event.zone, current_language())
    return str(
        _("Printed last: version %(number)s, %(moment)s.", number=last.version, moment=isolate(at))
    )


@bp.route(HOME + "/packs", methods=["POST"])
@helper
def ask(event_id: str) -> ResponseReturnValue:
    """Start printing sheets of a kind."""
    kind = request.form.get("kind", "")
    if kind not in PRINTS:
        abort(404)
    try:
        options = read_options(request.form)
        pack = ask_for_pack(db.session, g.event, kind, g.account.id, **options)
    except Refusal as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("agendas.index", event_id=event_id))
    current_app.extensions["queue"].enqueue(JOB, event_id, pack.id)
    return redirect(url_for("agendas.pack", event_id=event_id, pack_id=pack.id))


@bp.route(HOME + "/packs/<pack_id>")
@helper
def pack(event_id: str, pack_id: str) -> ResponseReturnValue:
    """How far the printing is; loads itself again until it is done."""
    pack = _pack_or_404(pack_id)
    names = Names(db.session, event_id) if pack.void and pack.kind == "agendas" else None
    void = [names.person(row) for row in pack.void] if names else pack.void
    return render_template("agendas/pack.html", pack=pack, prints=PRINTS, void=void)


@bp.route(HOME + "/packs/<pack_id>.pdf")
@helper
def pack_file(event_id: str, pack_id: str) -> ResponseReturnValue:
    found = _pack_or_404(pack_id)
    path = pack_path(current_app.extensions["matchmaker"], found) or abort(404)
    name = f"{found.kind}-{g.event.slug}-v{found.version_number}.pdf"
    return send_file(path, mimetype=PDF, as_attachment=True, download_name=name)


@bp.route(HOME + "/agenda.pdf")
@desk
def one_agenda(event_id: str) -> ResponseReturnValue:
    """One participant's sheet, at once."""
    version = _version_or_404()
    key = (event_id, request.args.get("participant", ""))
    person = db.session.get(Participant, key) or abort(404)
    agenda = agenda_of(db.session, g.event, version, person.id)
    with speak(agenda.language):
        title = pdf_title()
    look = look_on_paper(db.session, event_id)
    return file_answer(print_one("agenda", agenda_sheet(agenda), title, look), PDF, "agenda.pdf")


@bp.route(HOME + "/card.pdf")
@desk
def one_card(event_id: str) -> ResponseReturnValue:
    """One place's card, at once."""
    version = _version_or_404()
    key = (event_id, request.args.get("place", ""))
    place = db.session.get(Place, key) or abort(404)
    cards = cards_of(db.session, g.event, version, [place.id]) or abort(404)
    look = look_on_paper(db.session, event_id)
    return file_answer(print_one("card", card_sheet(cards[0]), place.code, look), PDF, "card.pdf")


@bp.route(HOME + "/programme.pdf")
@desk
def attendance(event_id: str) -> ResponseReturnValue:
    """Who has signed up for an item of the programme, to be ticked at the door."""
    item = db.session.get(ProgrammeItem, (event_id, request.args.get("item", ""))) or abort(404)
    language = current_language()
    sheet = attendance_sheet(db.session, g.event, item, language)
    title = pick(item.titles, language)
    look = look_on_paper(db.session, event_id)
    return file_answer(print_one("list", sheet, title, look), PDF, "programme.pdf")


@bp.route(HOME + "/meetings.xlsx")
@helper
def meetings_as_table(event_id: str) -> ResponseReturnValue:
    bookings = bookings_of(db.session, g.event, _version_or_404())[1]
    return file_answer(meetings_workbook(bookings), XLSX, f"meetings-{g.event.slug}.xlsx")


@bp.route(HOME + "/agendas.xlsx")
@helper
def agendas_as_table(event_id: str) -> ResponseReturnValue:
    agendas = agendas_of(db.session, g.event, _version_or_404())
    return file_answer(agendas_workbook(agendas), XLSX, f"agendas-{g.event.slug}.xlsx")


@bp.route(HOME + "/not-placed.xlsx")
@helper
def unplaced_as_table(event_id: str) -> ResponseReturnValue:
    names = Names(db.session, event_id)
    missing = unplaced_of(db.session, _version_or_404(), names)
    return file_answer(unplaced_workbook(missing, names), XLSX, f"not-placed-{g.event.slug}.xlsx")


@bp.route(HOME + "/meetings.ics")
@helper
def meetings_as_calendar(event_id: str) -> ResponseReturnValue:
    edition, bookings = bookings_of(db.session, g.event, _version_or_404())
    return file_answer(event_calendar(edition, bookings), ICS, f"meetings-{g.event.slug}.ics")


def _version_or_404() -> Version:
    return published_version(db.session, g.event.id) or abort(404)


def _pack_or_404(pack_id: str) -> PrintPack:
    return db.session.get(PrintPack, (g.event.id, pack_id)) or abort(404)
