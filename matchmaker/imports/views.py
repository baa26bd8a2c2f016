"""Pages of imports: upload, preview, take over."""

from __future__ import annotations

import io

from flask import Blueprint, abort, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import helper
from matchmaker.imports import display, files, services
from matchmaker.imports.columns import NotAssigned
from matchmaker.imports.forms import TakeOverForm, UploadForm
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.previews import preview_of
from matchmaker.imports.titles import assign, assigned
from matchmaker.participants.consents import count_hidden
from matchmaker.spreadsheets.reading import Table, read_paste, read_table

bp = Blueprint("imports", __name__, url_prefix="/organise/<event_id>/imports")
LATEST = 20


@bp.route("/", methods=["GET", "POST"])
@helper
def index(event_id: str) -> ResponseReturnValue:
    form = UploadForm(kind=request.args.get("kind", "participants"))
    if form.validate_on_submit():
        try:
            row = _keep(form)
            return redirect(url_for(".show", event_id=event_id, import_id=row.id))
        except Refusal as refusal:
            form.refuse(str(refusal))
    latest = db.session.scalars(
        select(Import)
        .where(Import.event_id == event_id, Import.state == "taken")
        .order_by(Import.created_at.desc())
        .limit(LATEST)
    ).all()
    return render_template("imports/index.html", form=form, latest=latest, kinds=KINDS)


@bp.route("/templates/<kind>.xlsx")
@helper
def template(event_id: str, kind: str) -> ResponseReturnValue:
    if kind not in KINDS:
        abort(404)
    data = files.make_template(KINDS[kind], current_language())
    return _send(data, f"{kind}.xlsx")


@bp.route("/<import_id>", methods=["GET", "POST"])
@helper
def show(event_id: str, import_id: str) -> ResponseReturnValue:
    row = _import_or_404(import_id)
    if row.state != "preview":
        hidden = count_hidden(db.session, event_id)
        leads = KINDS[row.kind].leads
        return render_template(
            "imports/over.html", row=row, kinds=KINDS, hidden=hidden,
            leads=leads(db.session, g.event) if leads else None,
            faults=services.faults_of(row), most=display.SHOWN_AFTERWARDS,
        )  # fmt: skip
    form = TakeOverForm()
    if form.validate_on_submit():
        try:
            services.take_over(
                db.session, g.event, row,
                choice=form.choice.data, agreed=form.agreed.data,
                fingerprint=request.form.get("fingerprint", ""),
            )  # fmt: skip
            flash(_("The good rows are imported."))
        except Refusal as refusal:
            flash(str(refusal), "error")
        return redirect(url_for(".show", event_id=event_id, import_id=import_id))
    try:
        plan = preview_of(db.session, g.event, row)
    except NotAssigned:
        return redirect(url_for(".columns", event_id=event_id, import_id=import_id))
    about = KINDS[row.kind].about
    return render_template(
        "imports/preview.html", form=form, row=row, plan=plan, kinds=KINDS, most=display.SHOWN,
        separator=display.separator_text(row.separator),
        about=about(db.session, g.event) if about else "",
    )  # fmt: skip


@bp.route("/<import_id>/columns", methods=["GET", "POST"])
@helper
def columns(event_id: str, import_id: str) -> ResponseReturnValue:
    """Which column is which, said by hand and remembered for the event."""
    row = _import_or_404(import_id)
    if row.state != "preview":
        return redirect(url_for(".show", event_id=event_id, import_id=import_id))
    places = [place for place, _title, _field in assigned(db.session, row)]
    if request.method == "POST":
        try:
            assign(db.session, row, {n: request.form.get(f"column-{n}", "") for n in places})
            preview_of(db.session, g.event, row)
            return redirect(url_for(".show", event_id=event_id, import_id=import_id))
        except Refusal as refusal:
            db.session.rollback()
            flash(str(refusal), "error")
            return redirect(url_for(".columns", event_id=event_id, import_id=import_id))
    return render_template(
        "imports/columns.html", row=row, kind=KINDS[row.kind], columns=assigned(db.session, row),
        samples=display.show_cells(row), titles=display.titles_of(row.kind),
    )  # fmt: skip


@bp.route("/<import_id>/faulty.xlsx")
@helper
def faulty(event_id: str, import_id: str) -> ResponseReturnValue:
    row = _import_or_404(import_id)
    if row.state == "preview":
        faults = services.plan_import(db.session, g.event, row).faults
    else:
        faults = services.faults_of(row) or abort(404)
    data = files.make_faulty(row.header, row.rows["rows"], faults, current_language())
    return _send(data, f"{row.kind}-{_('faulty')}.xlsx")


@bp.route("/<import_id>/drop", methods=["POST"])
@helper
def drop(event_id: str, import_id: str) -> ResponseReturnValue:
    row = _import_or_404(import_id)
    was_taken = row.state == "taken"
    services.drop(db.session, row)
    flash(_("The faulty rows are forgotten.") if was_taken else _("Nothing was imported."))
    return redirect(url_for(".index", event_id=event_id))


def _import_or_404(import_id: str) -> Import:
    return db.session.get(Import, (g.event.id, import_id)) or abort(404)


def _keep(form: UploadForm) -> Import:
    """The table with its preview; where its titles are not known, to be assigned by hand."""
    table, name = _uploaded(form)
    kept = {"kind": form.kind.data, "table": table, "file_name": name}
    try:
        row = services.add_import(db.session, g.event, g.account, **kept)
        preview_of(db.session, g.event, row)
        return row
    except NotAssigned as refusal:
        flash(str(refusal), "error")
        return services.add_unassigned(db.session, g.event, g.account, **kept)


def _uploaded(form: UploadForm) -> tuple[Table, str]:
    """The table of the file, else of the pasted cells."""
    if form.file.data:
        name = form.file.data.filename or ""
        return read_table(form.file.data.read(), name), name
    return read_paste(form.cells.data or ""), ""


def _send(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(data), mimetype=files.XLSX, as_attachment=True, download_name=name)
