"""When an event writes to its participants."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange

from matchmaker.forms import Form, options

DIGESTS = [
    (0, _("at once, each by itself")),
    (15, _("after a quarter of an hour")),
    (60, _("after an hour")),
    (240, _("after four hours")),
    (1440, _("once a day")),
]


class MailSettingsForm(Form):
    digest_minutes = SelectField(
        _("News that can wait go together"), coerce=int, choices=options(DIGESTS)
    )
    reminder_days = IntegerField(
        _("Days between reminders (0: none)"),
        validators=[InputRequired(), NumberRange(0, 60)],
    )
    writes_day_before = BooleanField(_("Send everybody their agenda on the day before"))
    day_before_at = TimeField(_("At"), validators=[InputRequired()])

    def settings(self) -> dict[str, Any]:
        names = ("digest_minutes", "reminder_days", "writes_day_before", "day_before_at")
        return {name: self.data[name] for name in names}
