"""The organiser's page for people who have paper only, and its prints."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.agendas.blueprint import PDF, file_answer
from matchmaker.agendas.looks import Look, look_on_paper
from matchmaker.agendas.printing import print_one, print_sheets
from matchmaker.database import db
from matchmaker.events.access import desk
from matchmaker.forms import outcome
from matchmaker.languages import LANGUAGES
from matchmaker.paper.forms import LinesForm
from matchmaker.paper.lines import Fault, Typed, read_lines
from matchmaker.paper.queries import catalogue_of, numbers_of, without_address
from matchmaker.paper.services import give_numbers, take_over
from matchmaker.paper.sheets import catalogue_sheet, wish_sheet
from matchmaker.wishes.entering import names_of

bp = Blueprint("paper", __name__)
HOME = "/organise/<event_id>/paper"


@bp.route(HOME, methods=["GET", "POST"])
@desk
def index(event_id: str) -> ResponseReturnValue:
    """Type wishes in: first they are shown with names, then taken over."""
    form = LinesForm()
    typed: list[Typed] = []
    faults: list[Fault] = []
    if form.validate_on_submit():
        typed, faults = read_lines(form.data["lines"], numbers_of(db.session, event_id))
        if typed and not faults and form.data["checked"] == form.data["lines"]:
            count = outcome(form, lambda: take_over(db.session, g.event, typed))
            if count is not None:
                flash(ngettext("%(num)s wish is entered.", "%(num)s wishes are entered.", count))
                return redirect(url_for(".index", event_id=event_id))
        form.checked.data = form.data["lines"]
    ids = {wish.wisher for wish in typed} | {wish.wished for wish in typed}
    numbers = numbers_of(db.session, event_id)
    return render_template(
        "paper/index.html",
        form=form, typed=typed, faults=faults,
        names=names_of(db.session, event_id, ids),
        number_of={person: number for number, person in numbers.items()},
        waiting=without_address(db.session, event_id),
    )  # fmt: skip


@bp.route(HOME + "/numbers", methods=["POST"])
@desk
def number(event_id: str) -> ResponseReturnValue:
    """Numbers for those who have none."""
    count = give_numbers(db.session, g.event)
    flash(ngettext("%(num)s number is given.", "%(num)s numbers are given.", count))
    return redirect(url_for(".index", event_id=event_id))


@bp.route(HOME + "/catalogue-<language>.pdf")
@desk
def catalogue(event_id: str, language: str) -> ResponseReturnValue:
    if language not in LANGUAGES:
        abort(404)
    sheet = catalogue_sheet(g.event, catalogue_of(db.session, event_id), language)
    pdf = print_one("catalogue", sheet, sheet["heading"], _look())
    return file_answer(pdf, PDF, f"catalogue-{g.event.slug}-{language}.pdf")


@bp.route(HOME + "/blank-<language>.pdf")
@desk
def blank(event_id: str, language: str) -> ResponseReturnValue:
    if language not in LANGUAGES:
        abort(404)
    sheet = wish_sheet(g.event, language)
    pdf = print_one("wishes", sheet, sheet["heading"], _look())
    return file_answer(pdf, PDF, "wishes.pdf")


@bp.route(HOME + "/sheets.pdf")
@desk
def sheets(event_id: str) -> ResponseReturnValue:
    """One for everybody without an address, each in its person's language; else a blank one."""
    number_of = {person: number for number, person in numbers_of(db.session, event_id).items()}
    made = [
        wish_sheet(g.event, person.language, number_of.get(person.id), person.name)
        for person in without_address(db.session, event_id)
    ]
    made = made or [wish_sheet(g.event, g.event.language)]
    pdf = print_sheets("wishes", made, _("Wish sheets"), _look())
    return file_answer(pdf, PDF, "wish-sheets.pdf")


def _look() -> Look:
    return look_on_paper(db.session, g.event.id)
