"""What both modules of pages stand on: their blueprint, and answers that are files."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from matchmaker.agendas import wording
from matchmaker.agendas.sheets import live_address
from matchmaker.clock import instant

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar; charset=utf-8"

bp = Blueprint("agendas", __name__)
for _name in (
    "about_parts", "change_text", "countdown_text", "edition_text", "free_text", "item_kind",
    "item_places", "meeting_text",
    "presence_text",
    "zone_text",
):  # fmt: skip
    bp.add_app_template_global(getattr(wording, _name), _name)
bp.add_app_template_global(live_address)
bp.add_app_template_global(lambda wall, zone: instant(wall, zone).isoformat(), "instant_text")


def file_answer(data: bytes, kind: str, name: str, *, shown: bool = False) -> Response:
    """A download, or a file that the browser may show in its place."""
    answer = Response(data, content_type=kind)
    answer.headers.set("Content-Disposition", "inline" if shown else "attachment", filename=name)
    return answer


def pdf_title() -> str:
    return str(_("Agenda"))
