"""Forms of organisations and delegations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from matchmaker.database import Texts
from matchmaker.events.forms import ChecksField
from matchmaker.forms import Form, options
from matchmaker.languages import LANGUAGES, SPOKEN, spoken_choices
from matchmaker.organisations.composition import MOST_MEMBERS
from matchmaker.organisations.countries import country_choices
from matchmaker.organisations.models import LISTS, SINGLE
from matchmaker.organisations.services import LONGEST, LONGEST_CODE, Details
from matchmaker.vocabularies.queries import choices_of

SINGLE_LINE = {"dir": "ltr", "inputmode": "url"}


def _most(count: int) -> Length:
    return Length(max=count, message=_("At most %(max)d characters."))


class ProfileForm(Form):
    """What an organisation says of itself. The numbers of members are added per event by
    :func:`with_members`.
    """

    type = SelectField(_("Type of organisation"), default="")
    size = SelectField(_("Size"), default="")
    website = StringField(_("Website"), [_most(LONGEST["website"])], render_kw=SINGLE_LINE)
    street = StringField(_("Street"), [_most(LONGEST["street"])])
    postal_code = StringField(_("Postal code"), [_most(LONGEST["postal_code"])])
    city = StringField(_("City"), [_most(LONGEST["city"])])
    country = SelectField(_("Country"))
    sector = ChecksField(_("Sectors"))
    industry = ChecksField(_("Emerging industries"))
    technology = ChecksField(_("Technology fields"))
    network = ChecksField(_("Member of clusters and networks"))
    label = ChecksField(_("Labels"))
    target_countries = ChecksField(_("Countries aimed at"))
    spoken = ChecksField(_("Languages spoken"))
    service = ChecksField(_("Services to members"))
    description = TextAreaField(_("Description"), [_most(LONGEST["description"])])
    projects = TextAreaField(_("Collaborative projects"), [_most(LONGEST["projects"])])
    stories = TextAreaField(_("Success stories"), [_most(LONGEST["stories"])])
    is_public = BooleanField(_("Name us on the event’s public page"))
    logo = FileField(_("Logo"), render_kw={"accept": "image/png,image/jpeg,image/webp"})
    without_logo = BooleanField(_("Remove the logo"))

    def offer(
        self, session: Session, event_id: str, language: str, chosen: Mapping[str, Sequence[str]]
    ) -> None:
        """The lists of the event in the page's words, with what is chosen of them."""
        countries = country_choices(language)
        self.country.choices = options(countries)
        self.target_countries.choices = options(countries[1:])
        self.spoken.choices = options(spoken_choices(language))
        for kind in LISTS:
            choices = choices_of(session, event_id, kind, language, chosen[kind])
            single = kind in SINGLE
            self[kind].choices = options([("", "—"), *choices] if single else choices)
            if not self.is_submitted():
                self[kind].data = "".join(chosen[kind]) if single else list(chosen[kind])

    def boxes(self, name: str, first: Collection[str] = ()) -> tuple[list[Any], list[Any]]:
        """The boxes of a long list: those ticked or named, and all others."""
        boxes: list[Any] = list(self[name])
        shown = [box for box in boxes if box.checked or box.data in first]
        return shown, [box for box in boxes if box not in shown]

    def member_fields(self) -> list[Any]:
        return [field for field in self if field.name.startswith("members_")]

    def members(self) -> dict[str, int | None]:
        """Type → number."""
        return {field.name.removeprefix("members_"): field.data for field in self.member_fields()}

    def details(self) -> Details:
        """The keyword arguments of the services, the name aside."""
        said: dict[str, Any] = {name: self.data[name] for name in LONGEST if name != "name"}
        said |= {name: self.data[name] for name in ("country", "target_countries", "is_public")}
        said["spoken"] = [code for code in SPOKEN if code in self.data["spoken"]]
        said["terms"] = {
            kind: [self.data[kind]] if kind in SINGLE else self.data[kind] for kind in LISTS
        }
        return cast(Details, said)


class OrganisationForm(ProfileForm):
    """The same for the organiser, who may also rename it."""

    name = StringField(_("Name"), [InputRequired(), _most(LONGEST["name"])])


def with_members(form: type[ProfileForm], types: Iterable[tuple[str, str]]) -> type[ProfileForm]:
    """The form with a number of members for each type of organisation."""
    sentence = _("Give a whole number from %(min)s to %(max)s.")
    fields = {
        f"members_{code}": IntegerField(
            label,
            [Optional(), NumberRange(0, MOST_MEMBERS, message=sentence)],
            render_kw={"min": 0, "max": MOST_MEMBERS},
        )
        for code, label in types
    }
    return type(form.__name__, (form,), fields)


class DelegationForm(Form):
    code = StringField(_("Code"), [InputRequired(), _most(LONGEST_CODE)])
    name_fr = StringField(_("Name in French"), [_most(200)])
    name_ar = StringField(_("Name in Arabic"), [_most(200)])
    name_en = StringField(_("Name in English"), [_most(200)])

    def names(self) -> Texts:
        return {code: self.data[f"name_{code}"] for code in LANGUAGES}


class LeaderForm(Form):
    address = StringField(_("E-mail address"), [InputRequired(), _most(320)])
