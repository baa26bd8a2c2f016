"""The form of a colleague."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Optional

from matchmaker.accounts.forms import ADDRESS
from matchmaker.events.forms import ChecksField
from matchmaker.languages import SPOKEN
from matchmaker.participants.forms import PersonForm
from matchmaker.participants.services import Details


class ColleagueForm(PersonForm):
    email = StringField(_("E-mail address"), [Optional(), *ADDRESS[1:]], render_kw={"dir": "ltr"})
    type_code = SelectField(_("Participation type"))
    spoken = ChecksField(_("Spoken languages"))
    has_agreed = BooleanField(
        _("This person has told me that they agree to be shown to the other participants")
    )

    def details(self) -> Details:
        return {
            "first_name": self.first_name.data or "",
            "last_name": self.last_name.data or "",
            "job": self.job.data or "",
            "language": self.language.data,
            "spoken": [code for code in SPOKEN if code in (self.spoken.data or [])],
            "type_code": self.type_code.data if "type_code" in self else None,
        }
