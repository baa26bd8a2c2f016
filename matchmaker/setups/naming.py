"""What parts of a set-up and their rows are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.exports.setup import text_of
from matchmaker.languages import LANGUAGES, pick

PARTS: dict[str, Any] = {
    "event": _("Event"),
    "phase": _("Phases"),
    "session": _("Sessions"),
    "zone": _("Zones"),
    "walk": _("Zones and walking"),
    "place": _("Places"),
    "place_closure": _("Closed slots"),
    "interpreter": _("Interpreters"),
    "interpreter_absence": _("Absences of interpreters"),
    "term": _("Lists"),
    "delegation": _("Delegations"),
    "participation_type": _("Participation types"),
    "question": _("Questions"),
    "question_option": _("Choices of questions"),
    "question_type": _("Questions of types"),
    "request_rules": _("Requests"),
    "barred": _("Who may not ask whom"),
    "time_rules": _("Fixing times"),
    "session_times": _("Fixing times by session"),
    "mail_settings": _("Mails"),
    "look": _("Look"),
    "programme_item": _("Programme"),
    "programme_type": _("For whom the programme is"),
    "segment": _("Segments"),
    "event_limits": _("Rest and limits"),
    "session_limit": _("Limits of sessions"),
    "pause": _("Pauses within sessions"),
    "pause_slot": _("Slots of pauses"),
    "import_title": _("Columns of imports"),
}
NAMED = ("code", "names", "labels", "titles", "name", "title_key")


def part_name(name: str) -> str:
    """A part of a feature that came later is called as in the file."""
    return str(PARTS.get(name, name))


def row_name(values: Mapping[str, Any], key: str) -> str:
    """By what people know it; else its key."""
    for column in NAMED:
        value = values.get(column)
        shown = pick(value, current_language()) if isinstance(value, dict) else value
        if shown:
            return str(shown)
    if "day" in values and "starts" in values:
        return f"{values['day']} {values['starts']:%H:%M}"
    return key


def shown(value: Any) -> str:
    """A value as people read it: texts by language one after the other."""
    if isinstance(value, dict) and set(value) <= set(LANGUAGES):
        return " · ".join(str(value[code]) for code in LANGUAGES if value.get(code)) or "–"
    if isinstance(value, list) and all(isinstance(row, str) for row in value):
        return ", ".join(value) or "–"
    return text_of(value) or "–"
