"""The forms of the steps of a registration."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from matchmaker.accounts.forms import ADDRESS
from matchmaker.forms import Form
from matchmaker.languages import SPOKEN
from matchmaker.participants.forms import NEEDED, PersonForm, TimesForm, at_most
from matchmaker.participants.question_forms import OneField


def address_field() -> StringField:
    return StringField(
        _("E-mail address"),
        ADDRESS,
        render_kw={"autocomplete": "email", "type": "email", "dir": "ltr"},
    )


class AddressForm(Form):
    email = address_field()


class PersonStepForm(PersonForm):
    email = address_field()

    def said(self) -> dict[str, Any]:
        names = ("first_name", "last_name", "job", "language", "email")
        return {name: self[name].data or "" for name in names}


class OrganisationStepForm(Form):
    organisation = StringField(
        _("Organisation"),
        [NEEDED, at_most(300)],
        render_kw={"autocomplete": "organization", "maxlength": 300},
    )


class ParticipationStepForm(Form):
    type_code = OneField(_("How do you take part?"), [InputRequired(_("Please choose one."))])


class TimesStepForm(TimesForm):
    def said(self) -> dict[str, Any]:
        return {
            "spoken": [code for code in SPOKEN if code in (self.spoken.data or [])],
            "sessions": self.chosen_sessions(),
            "absences": self.absences.data or [],
        }


class ConsentStepForm(Form):
    consent = BooleanField(
        _("I agree to be shown to the other participants"),
        [InputRequired(_("Without this nobody could find you. Tick it to take part."))],
    )
