"""What a print will look like, before it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.agendas.blueprint import bp
from matchmaker.agendas.looks import look_on_paper
from matchmaker.agendas.printed import last_print
from matchmaker.agendas.printing import draw_sheets
from matchmaker.agendas.prints import PRINTS
from matchmaker.agendas.rosters import Chosen
from matchmaker.agendas.services import published_version_or_refuse
from matchmaker.database import db
from matchmaker.events.access import helper
from matchmaker.languages import LANGUAGES, pick
from matchmaker.organisations.queries import delegations_of
from matchmaker.participation.queries import types_of
from matchmaker.segments.queries import segments_of

SHOWN = 3  # sheets of a preview
WIDTH = 900  # pixels of an A4 sheet


@bp.route("/organise/<event_id>/print/<kind>")
@helper
def preview(event_id: str, kind: str) -> ResponseReturnValue:
    """The options of a print, how many sheets it has, and its first ones."""
    wanted = PRINTS.get(kind) or abort(404)
    version = published_version_or_refuse(db.session, g.event)
    options = read_options(request.args)
    sources = wanted.load(db.session, g.event, version, options["chosen"])
    return render_template(
        "agendas/preview.html",
        wanted=wanted,
        options=options,
        version=version,
        sheets=len(sources),
        shown=range(min(len(sources), SHOWN)),
        last=last_print(db.session, event_id, kind),
        segments=[(row.id, row.name) for row in segments_of(db.session, event_id)],
        types=[(row.code, pick(row.names, current_language())) for row in _types(event_id)],
        delegations=[
            (row.id, pick(row.names, current_language()) or row.code)
            for row in delegations_of(db.session, event_id)
        ],
    )


def _types(event_id: str) -> list[Any]:
    return list(types_of(db.session, event_id))


@bp.route("/organise/<event_id>/print/<kind>/<int:number>.png")
@helper
def picture(event_id: str, kind: str, number: int) -> ResponseReturnValue:
    """The first page of one of the first sheets."""
    wanted = PRINTS.get(kind) or abort(404)
    version = published_version_or_refuse(db.session, g.event)
    options = read_options(request.args)
    sources = wanted.load(db.session, g.event, version, options["chosen"])
    if not 0 <= number < min(len(sources), SHOWN):
        abort(404)
    sheet = wanted.sheet(sources[number], options["language"])
    look = look_on_paper(db.session, event_id)
    drawn = draw_sheets(wanted.template, [sheet], WIDTH, look)
    return Response(drawn[0], content_type="image/png")


def read_options(said: Mapping[str, str]) -> dict[str, Any]:
    """Language, people and whether only what changed, from an address or a form."""
    language = said.get("language", "")
    if language and language not in LANGUAGES:
        abort(404)
    return {
        "language": language,
        "chosen": Chosen(said.get("type", ""), said.get("delegation", ""), said.get("segment", "")),
        "changed_only": bool(said.get("changed")),
    }
