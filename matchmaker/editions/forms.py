"""Where a new event begins, and what is its own."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.events.forms import DayField, NamedForm
from matchmaker.events.services import LONGEST_SLUG
from matchmaker.forms import options

TEMPLATE, EDITION = "template:", "edition:"


class EditionForm(NamedForm):
    source = RadioField(_("Begin with"), [InputRequired(_("Choose one of these."))])
    slug = StringField(
        _("Address"), [Length(max=LONGEST_SLUG, message=_("At most %(max)d characters."))]
    )
    first_day = DayField(_("First day"), [InputRequired()])

    def offer(self, sources: Iterable[tuple[str, str]]) -> None:
        self.source.choices = options(sources)
