"""The list that hangs at the door of a programme item: who has signed up, to be ticked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.agendas.sheets import Sheet, inert
from matchmaker.clock import moment_text
from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.languages import direction, isolate, pick
from matchmaker.organisations.countries import country_name
from matchmaker.participants.queries import Line, find_lines
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.queries import signed_up
from matchmaker.programme.words import when_text, where_text, zone_names


def attendance_sheet(session: Session, event: Event, item: ProgrammeItem, language: str) -> Sheet:
    """Those who attend by name, then those who wait, the longest first."""
    with speak(language):
        attending, waiting = (signed_up(session, item, state) for state in ("attends", "waits"))
        phones = {person.id: person.phone for person in (*attending, *waiting)}
        lines = {line.id: line for line in find_lines(session, event.id, phones)}
        rows = {id_: _row(line, phones[id_], language) for id_, line in lines.items()}
        there = {person.id for person in attending}
        parts = [("", [row for id_, row in rows.items() if id_ in there])]
        if waiting:
            title = str(_("Waiting, the longest first"))
            parts.append((title, [rows[person.id] for person in waiting]))
        return _frame(session, event, item, language) | {
            "about": ngettext("%(num)s person", "%(num)s people", len(attending)),
            "parts": [{"title": title, "rows": rows} for title, rows in parts],
        }


def _frame(session: Session, event: Event, item: ProgrammeItem, language: str) -> Sheet:
    place = where_text(item, zone_names(session, event.id), language)
    printed = isolate(moment_text(now(), event.zone, language))
    columns = ((_("Has come"), 0), (_("Participant"), 3), (_("Organisation"), 3), (_("Phone"), 2))
    return {
        "language": language,
        "direction": direction(language),
        "event": inert(pick(event.names, language)),
        "where": " · ".join(text for text in (when_text(item, language), place) if text),
        "mark": "",
        "footer": _("Printed %(moment)s", moment=printed),
        "title": inert(pick(item.titles, language)),
        "wide": False,
        "columns": [{"label": label, "share": share} for label, share in columns],
        "empty": _("Nobody has signed up yet."),
    }


def _row(line: Line, phone: str, language: str) -> list[dict[str, Any]]:
    country = country_name(line.country, language) if line.country else ""
    return [
        {"box": True, "lines": []},
        _cell(line.name, line.job, strong=True),
        _cell(line.organisation or "", country),
        _cell(phone, ""),
    ]


def _cell(text: str, more: str, *, strong: bool = False) -> dict[str, Any]:
    lines = [{"text": inert(text), "more": inert(more), "strong": strong}] if text or more else []
    return {"box": False, "lines": lines}
