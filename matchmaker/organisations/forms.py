"""Forms of organisations and delegations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.database import Texts
from matchmaker.events.forms import ChecksField
from matchmaker.forms import Form, options
from matchmaker.languages import LANGUAGES
from matchmaker.organisations.countries import country_choices
from matchmaker.organisations.services import LONGEST, LONGEST_CODE, Details
from matchmaker.vocabularies.queries import choices_of


def _most(count: int) -> Length:
    return Length(max=count, message=_("At most %(max)d characters."))


class OrganisationForm(Form):
    name = StringField(_("Name"), [InputRequired(), _most(LONGEST["name"])])
    type = SelectField(_("Type of organisation"))
    website = StringField(_("Website"), [_most(LONGEST["website"])])
    street = StringField(_("Street"), [_most(LONGEST["street"])])
    postal_code = StringField(_("Postal code"), [_most(LONGEST["postal_code"])])
    city = StringField(_("City"), [_most(LONGEST["city"])])
    country = SelectField(_("Country"))
    sector = ChecksField(_("Sectors"))
    description = TextAreaField(_("Description"), [_most(LONGEST["description"])])

    def offer(
        self, session: Session, event_id: str, language: str, chosen: Mapping[str, Sequence[str]]
    ) -> None:
        """The lists of the event in the page's words, with what is chosen of them."""
        self.country.choices = options(country_choices(language))
        for kind in ("type", "sector"):
            used = chosen[kind]
            choices = choices_of(session, event_id, kind, language, used)
            single = isinstance(self[kind], SelectField) and not isinstance(self[kind], ChecksField)
            self[kind].choices = options([("", "—"), *choices] if single else choices)
            if not self.is_submitted():
                self[kind].data = (used[0] if used else "") if single else list(used)

    def details(self) -> Details:
        """The keyword arguments of the services, the name aside."""
        said: Any = {name: self.data[name] for name in LONGEST if name != "name"}
        terms = {"type": [self.data["type"]], "sector": self.data["sector"]}
        return cast(Details, {**said, "country": self.data["country"], "terms": terms})


class DelegationForm(Form):
    code = StringField(_("Code"), [InputRequired(), _most(LONGEST_CODE)])
    name_fr = StringField(_("Name in French"), [_most(200)])
    name_ar = StringField(_("Name in Arabic"), [_most(200)])
    name_en = StringField(_("Name in English"), [_most(200)])

    def names(self) -> Texts:
        return {code: self.data[f"name_{code}"] for code in LANGUAGES}


class LeaderForm(Form):
    address = StringField(_("E-mail address"), [InputRequired(), _most(320)])
