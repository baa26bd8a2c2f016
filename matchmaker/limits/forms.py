"""Forms of limits and pauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from matchmaker.events.forms import ChecksField, NamedForm
from matchmaker.forms import Form, options
from matchmaker.languages import isolate
from matchmaker.limits.services import MOST_IN_A_ROW, MOST_MEETINGS

PREFIX = "session_"
KIND_NAMES = {"lunch": _("Lunch"), "prayer": _("Prayer"), "other": _("Another pause")}


def _number(label: Any, most: int) -> IntegerField:
    sentence = _("Give a whole number from %(min)s to %(max)s.")
    checks = [Optional(), NumberRange(1, most, message=sentence)]
    return IntegerField(label, checks, render_kw={"min": 1, "max": most})


class LimitsForm(Form):
    """With a field per session, added by :func:`limits_form`."""

    in_a_row = _number(_("Most meetings in a row"), MOST_IN_A_ROW)
    organisations_once = BooleanField(_("Two organisations meet only once, whoever of them meets"))

    def by_session(self) -> dict[str, int]:
        return {
            name.removeprefix(PREFIX): field.data
            for name, field in self._fields.items()
            if name.startswith(PREFIX) and field.data
        }

    def sessions(self) -> list[Any]:
        return [field for name, field in self._fields.items() if name.startswith(PREFIX)]


def limits_form(
    sessions: Sequence[tuple[str, str]], most: Mapping[str, int], **values: Any
) -> LimitsForm:
    """``sessions``: ids and what they are called."""
    fields = {f"{PREFIX}{name}": _number(isolate(label), MOST_MEETINGS) for name, label in sessions}
    form: LimitsForm = type("LimitsForm", (LimitsForm,), fields)(
        data=values | {f"{PREFIX}{name}": number for name, number in most.items()}
    )
    return form


class PauseForm(NamedForm):
    kind = SelectField(_("Kind"), choices=options(KIND_NAMES.items()))
    by_choice = BooleanField(_("Only for those who choose it in their profile"))
    free = _number(_("Slots that stay free"), MOST_MEETINGS)
    slots = ChecksField(_("Among these slots"))


class OwnPausesForm(Form):
    pauses = ChecksField(_("I take these pauses"))
    in_a_row = _number(_("I want at most so many meetings in a row"), MOST_IN_A_ROW)
