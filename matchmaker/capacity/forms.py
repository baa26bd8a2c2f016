"""How long the engine may look at the capacity."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from matchmaker.capacity.services import LONGEST_SECONDS, SHORTEST_SECONDS
from matchmaker.events.forms import NumberField
from matchmaker.forms import Form


class StudyForm(Form):
    seconds = NumberField(_("Time limit in seconds"), SHORTEST_SECONDS, LONGEST_SECONDS, default=30)
