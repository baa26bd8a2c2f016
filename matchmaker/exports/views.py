"""The page of exports, and the files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from flask import Blueprint, abort, g, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.events.access import helper
from matchmaker.exports import formats, tables
from matchmaker.exports.tables import Source, Table
from matchmaker.segments.filters import Filter
from matchmaker.segments.queries import found

bp = Blueprint("exports", __name__, url_prefix="/organise/<event_id>/exports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, tuple[object, Callable[[Source], Sequence[Table]]]] = {
    "participants": (_("Participants"), lambda source: [tables.participants(source, _only())]),
    "organisations": (_("Organisations"), lambda source: [tables.organisations(source)]),
    "wishes": (_("Wishes"), lambda source: [tables.wishes(source)]),
    "meetings": (_("Published meetings"), lambda source: [tables.meetings(source)]),
    "programme": (
        _("Programme sign-ups"),
        lambda source: [tables.programme(source, request.args.get("item", ""))],
    ),
    "set-up": (_("Set-up"), tables.setup_tables),
    "everything": (_("Everything"), tables.every_table),
}


@bp.route("/")
@helper
def index(event_id: str) -> ResponseReturnValue:
    kinds = [(name, label) for name, (label, _make) in KINDS.items()]
    return render_template("exports/index.html", kinds=kinds)


@bp.route("/<export>.<ending>")
@helper
def file(event_id: str, export: str, ending: str) -> ResponseReturnValue:
    """One list, or several together; of participants those whom the address' filter finds."""
    if export not in KINDS or ending not in ("xlsx", "csv", "json"):
        abort(404)
    made = KINDS[export][1](Source(db.session, g.event, current_language()))
    name = f"{g.event.slug}-{export}"
    if ending == "xlsx":
        return _send(formats.as_xlsx(made, current_language()), f"{name}.xlsx", XLSX)
    if ending == "json":
        return _send(formats.as_json(made), f"{name}.json", "application/json")
    if len(made) == 1:
        return _send(formats.as_csv(made[0]), f"{name}.csv", "text/csv")
    return _send(formats.as_zip(made), f"{name}.zip", "application/zip")


def _only() -> set[str] | None:
    wanted = Filter.asked(request.args)
    return None if wanted.is_empty else set(found(db.session, g.event.id, wanted))


def _send(data: bytes, name: str, mimetype: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name)
