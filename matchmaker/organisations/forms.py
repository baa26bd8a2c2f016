"""Forms of organisations and delegations."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.database import Texts
from matchmaker.forms import Form
from matchmaker.languages import LANGUAGES
from matchmaker.organisations.services import LONGEST, LONGEST_CODE


def _most(count: int) -> Length:
    return Length(max=count, message=_("At most %(max)d characters."))


class OrganisationForm(Form):
    name = StringField(_("Name"), [InputRequired(), _most(LONGEST["name"])])
    kind = StringField(_("Kind of organisation"), [_most(LONGEST["kind"])])
    website = StringField(_("Website"), [_most(LONGEST["website"])])
    street = StringField(_("Street"), [_most(LONGEST["street"])])
    postal_code = StringField(_("Postal code"), [_most(LONGEST["postal_code"])])
    city = StringField(_("City"), [_most(LONGEST["city"])])
    country = SelectField(_("Country"))
    areas_text = StringField(_("Areas of activity"), [_most(1000)])
    description = TextAreaField(_("Description"), [_most(LONGEST["description"])])

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the services."""
        areas = [area.strip() for area in self.data["areas_text"].split(";")]
        fields = (*LONGEST, "country")
        return {name: self.data[name] for name in fields} | {"areas": [a for a in areas if a]}


class DelegationForm(Form):
    code = StringField(_("Code"), [InputRequired(), _most(LONGEST_CODE)])
    name_fr = StringField(_("Name in French"), [_most(200)])
    name_ar = StringField(_("Name in Arabic"), [_most(200)])
    name_en = StringField(_("Name in English"), [_most(200)])

    def names(self) -> Texts:
        return {code: self.data[f"name_{code}"] for code in LANGUAGES}


class LeaderForm(Form):
    address = StringField(_("E-mail address"), [InputRequired(), _most(320)])
