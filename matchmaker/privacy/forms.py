"""The form of how long an event keeps its people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from matchmaker.events.forms import NumberField
from matchmaker.forms import Form
from matchmaker.privacy.retention import KEEP_DAYS


class RetentionForm(Form):
    keep_days = NumberField(
        _("Days after the last day of the event"), KEEP_DAYS.start, KEEP_DAYS.stop - 1
    )
