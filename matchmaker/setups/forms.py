"""A file of a set-up; for a new event also what it is called, and from which day on."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import Length, Optional

from matchmaker.events.forms import DayField, NamedForm
from matchmaker.events.services import LONGEST_SLUG
from matchmaker.forms import Form


class FileForm(Form):
    file = FileField(_("File (JSON, XLSX or ZIP)"))

    def content(self) -> tuple[bytes, str]:
        """Nothing where no file was chosen."""
        if not self.file.data:
            return b"", ""
        return self.file.data.read(), self.file.data.filename or ""


class NewEventForm(NamedForm, FileForm):
    slug = StringField(
        _("Address"), [Length(max=LONGEST_SLUG, message=_("At most %(max)d characters."))]
    )
    first_day = DayField(_("First day"), [Optional()])
