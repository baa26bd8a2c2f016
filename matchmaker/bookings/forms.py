"""Who fixes times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField

from matchmaker.forms import Form, options
from matchmaker.schedules.modes import MODES

MODE_NAMES = {
    "schedule": _("The schedule: people wish, you make a run"),
    "book": _("The participants: who accepts chooses a free time, first come"),
    "both": _("Both: participants book, and a run places the rest around it"),
}
SHORT_NAMES = {
    "": _("As above"),
    "schedule": _("The schedule"),
    "book": _("The participants"),
    "both": _("Both"),
}
PREFIX = "session_"


class ModesForm(Form):
    """With a field per session, added by :func:`modes_form`."""

    mode = RadioField(_("Who fixes times"), choices=options(MODE_NAMES.items()))

    def own(self) -> dict[str, str]:
        return {
            name.removeprefix(PREFIX): field.data
            for name, field in self._fields.items()
            if name.startswith(PREFIX) and field.data in MODES
        }

    def sessions(self) -> list[Any]:
        return [field for name, field in self._fields.items() if name.startswith(PREFIX)]


def modes_form(sessions: Sequence[tuple[str, str]], mode: str, own: Mapping[str, str]) -> ModesForm:
    """``sessions``: ids and what they are called."""
    fields = {
        f"{PREFIX}{name}": SelectField(label, choices=options(SHORT_NAMES.items()), default="")
        for name, label in sessions
    }
    form: ModesForm = type("ModesForm", (ModesForm,), fields)(
        data={"mode": mode} | {f"{PREFIX}{name}": said for name, said in own.items()}
    )
    return form
