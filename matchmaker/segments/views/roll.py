"""The organiser's list of people: searched, narrowed, sorted, with the columns they chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import desk
from matchmaker.forms import clean_text
from matchmaker.paging import Page, asked_page
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import count_states, organisation_names
from matchmaker.participants.returned import is_any_returned
from matchmaker.segments.bulk import DEEDS
from matchmaker.segments.cells import CELLS, values_of
from matchmaker.segments.columns import COLUMNS, USUAL, Column, sort
from matchmaker.segments.display import chips, shown_fields
from matchmaker.segments.filters import Filter
from matchmaker.segments.forms import RowForm, SegmentForm
from matchmaker.segments.lines import lines_of, words_for
from matchmaker.segments.queries import columns_of, find_segment, found, segments_of
from matchmaker.segments.services import choose_columns
from matchmaker.segments.views.blueprint import arguments, asked_filter, bp, hidden_fields, list_url
from matchmaker.segments.views.choices import offer_choices


@dataclass
class Edited:
    """The row that is being changed where it stands: what is typed, what was seen, and what is
    to be said of it.
    """

    person: Participant
    form: RowForm
    seen: dict[str, str]
    remarks: tuple[str, ...] = ()

    def has(self, column: str) -> bool:
        return any(name in self.form for name in CELLS.get(column, ()))


@bp.route("/participants")
@desk
def index(event_id: str) -> ResponseReturnValue:
    person = db.session.get(Participant, (event_id, clean_text(request.args.get("edit", ""))))
    if person is None:
        return show_list(None)
    seen = values_of(db.session, person)
    return show_list(Edited(person, row_form(shown_columns(), seen), seen))


@bp.route("/participants/columns", methods=["POST"])
@desk
def columns(event_id: str) -> ResponseReturnValue:
    """What this organiser sees of each person from now on."""
    choose_columns(db.session, g.event, g.account, request.form.getlist("columns"))
    return redirect(list_url())


def shown_columns() -> list[Column]:
    codes = columns_of(db.session, g.event.id, g.account.id) or USUAL
    return [COLUMNS[code] for code in codes if code in COLUMNS]


def row_form(columns: list[Column], seen: dict[str, str] | None = None) -> RowForm:
    """With the cells of these columns alone; filled with what is seen, or with what was sent."""
    form = RowForm(data=seen) if seen is not None else RowForm()
    offer_choices(form)
    if seen is not None:
        form.max_meetings.data = int(seen["max_meetings"]) if seen["max_meetings"] else None
    shown = {"name", *(column.code for column in columns)}
    for code, names in CELLS.items():
        if code not in shown:
            for name in names:
                del form[name]
    return form


def show_list(edited: Edited | None) -> ResponseReturnValue:
    wanted, by, language = asked_filter(), request.args.get("sort", ""), current_language()
    columns = shown_columns()
    ids = sort(db.session, g.event.id, found(db.session, g.event.id, wanted), by)
    page = Page.of(ids, asked_page())
    codes = [column.code for column in columns]
    fields = shown_fields(db.session, g.event.id, wanted, language)
    return render_template(
        "segments/index.html",
        page=page.filled(lambda ids: lines_of(db.session, g.event.id, ids)),
        words=words_for(db.session, g.event.id, page.rows, codes, language),
        columns=columns,
        every_column=COLUMNS.values(),
        by=by,
        fields=fields,
        chips=chips(fields, wanted, language),
        wanted=wanted,
        edited=edited,
        cells=CELLS,
        pages_url=lambda number: list_url(page=number),
        deeds=DEEDS.values(),
        organisations=organisation_names(db.session, g.event.id) if edited else (),
        **_around(wanted),
    )


def _around(wanted: Filter) -> dict[str, Any]:
    """What stands round the table."""
    segments = segments_of(db.session, g.event.id)
    chosen = find_segment(db.session, g.event.id, clean_text(request.args.get("segment", "")))
    return {
        "counts": count_states(db.session, g.event.id),
        "has_returned": is_any_returned(db.session, g.event.id),
        "segments": segments,
        "segment": chosen,
        "is_changed": chosen is not None and chosen.filter != wanted.data(),
        "segment_form": SegmentForm(formdata=None),
        "list_url": list_url,
        "arguments": arguments,
        "hidden_fields": hidden_fields,
    }
